"""The page behind the code on a door, and the way for a manager to claim the place."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import perform
from fengsui.platform.calls import Nothing
from fengsui.platform.who import PostKind
from fengsui.platform.words import answer
from fengsui.registry.access import carrying
from fengsui.registry.actions import claim_premises
from fengsui.registry.models import Premises
from fengsui.registry.queries import behind_the_door, claim_of
from fengsui.web.calls import desk_call
from fengsui.web.doors import PUBLIC, door
from fengsui.web.entry.middleware import Request
from fengsui.web.pages import page
from fengsui.web.portal.shell import shell
from fengsui.web.ui.shapes import Fact, TagWord


def _found(code: str) -> Premises:
    premises = behind_the_door(code)
    if premises is None:
        raise Http404
    return premises


@door(PUBLIC)
@require_GET
def premises(request: HttpRequest, code: str) -> HttpResponse:
    """Name, class, and who must answer for what; no name and no number of a person."""
    found = _found(code)
    context = {
        "shell": shell("premises"),
        "premises": found,
        "facts": [
            Fact(_("类别"), tags=[TagWord(_(found.class_title))]),
            Fact(_("监管机构"), found.brigade.name),
        ],
        "claim_url": reverse("portal:claim", args=[code]),
    }
    return page(request, "portal/premises.html", context)


@door({PostKind.PREMISES_MANAGER})
@never_cache
@require_http_methods(["GET", "POST"])
def claim(request: Request, code: str) -> HttpResponse:
    """The one-time code from the officer's paper makes this place one of the manager's."""
    found, error = _found(code), ""
    if request.method == "POST":
        try:
            return _claimed(request, found)
        except Refusal as no:
            error = answer(no).text
    context = {"shell": shell("premises"), "premises": found, "error": error}
    return page(request, "portal/claim.html", context, status=422 if error else 200)


def _claimed(request: Request, premises: Premises) -> HttpResponse:
    now, who = timezone.now(), request.who
    held = claim_of(request.POST.get("claim_code", ""), premises, now)
    if held is None or who is None:
        raise Refusal("claim-invalid")
    perform(claim_premises, held.pk, desk_call(request, carrying(who, held)), Nothing())
    messages.success(request, _("已认领“{name}”。请选择该单位的岗位。").format(name=premises.name))
    return redirect("entry:post")
