"""Paper for a premises: the sheet on its door, and the claim code for its manager."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from fengsui.kernel.ids import new_id
from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import perform
from fengsui.platform.signin.secrets import code_digest, new_paper_code
from fengsui.platform.who import REGISTRARS
from fengsui.platform.words import answer
from fengsui.registry.actions import Issuing, issue_claim_code
from fengsui.registry.models import Premises
from fengsui.registry.queries import managers_of, premises_page
from fengsui.web.calls import desk_call
from fengsui.web.desk.actor import actor
from fengsui.web.desk.shell import shell
from fengsui.web.desk.words import place_of
from fengsui.web.doors import SUPERVISION, door
from fengsui.web.entry.middleware import Request
from fengsui.web.entry.steps import qr
from fengsui.web.pages import page
from fengsui.web.ui.shapes import Crumb


def _found(request: Request, record_id: UUID | None) -> Premises:
    found = premises_page(actor(request), record_id) if record_id else None
    if found is None:
        raise Http404
    return found


def _frame(request: Request, premises: Premises, title: str) -> dict[str, object]:
    address = f"{settings.PUBLIC_URL}/p/{premises.door_code}" if premises.door_code else ""
    return {
        "shell": shell(request, "premises"),
        "premises": premises,
        "crumbs": [
            Crumb(_("监管对象"), reverse("desk:premises")),
            Crumb(premises.name, reverse("desk:premises-page", args=[premises.id])),
            Crumb(title),
        ],
        "address": address,
        "picture": qr(address) if address else "",
    }


@door(SUPERVISION)
@require_GET
def sheet(request: Request, record_id: UUID) -> HttpResponse:
    """What hangs on the door: the name and the code of its public page."""
    found = _found(request, record_id)
    return page(request, "desk/door-sheet.html", _frame(request, found, _("门牌码")))


@door(REGISTRARS)
@never_cache
@require_http_methods(["GET", "POST"])
def issue(request: Request) -> HttpResponse:
    """A new claim code. It is on the page that answers and nowhere else."""
    found = _found(request, place_of(request.GET.get("premises", "")))
    context = _frame(request, found, _("认领码"))
    context |= {"managers": managers_of(found), "key": str(new_id()), "secret": ""}
    if request.method == "GET":
        return page(request, "desk/claim-code.html", context)
    secret = new_paper_code()
    form = Issuing(
        premises=found.pk, digest=code_digest(secret), replaces="replaces" in request.POST
    )
    try:
        done = perform(issue_claim_code, None, desk_call(request, actor(request)), form)
    except Refusal as no:
        messages.error(request, answer(no).text)
        return page(request, "desk/claim-code.html", context, status=answer(no).status)
    # A form sent twice made one code, and that one is no longer known here.
    context |= {
        "secret": "" if done.replayed else secret,
        "ended": done.result["ended"],
        "valid_until": parse_datetime(str(done.result["valid_until"])),
    }
    return page(request, "desk/claim-code.html", context)
