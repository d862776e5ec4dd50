"""The page behind the code on a door, and the way for a manager to claim the place."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from fengsui.kernel.ids import new_id
from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import perform
from fengsui.platform.who import PostKind
from fengsui.platform.words import answer
from fengsui.registry.actions import Claiming, claim_premises
from fengsui.registry.models import Premises
from fengsui.registry.queries import behind_the_door
from fengsui.web.calls import desk_call
from fengsui.web.doors import PUBLIC, door
from fengsui.web.entry.middleware import Request
from fengsui.web.forms import read
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
        said = request.POST.copy()
        said["door"] = code
        form, wrong = read(Claiming, said, {})
        try:
            if isinstance(form, Claiming):
                return _claimed(request, found, form)
            error = " ".join(wrong.values())
        except Refusal as no:
            error = answer(no).text
    context = {
        "shell": shell("premises"),
        "premises": found,
        "error": error,
        "typed": request.POST.get("code", ""),
        "key": request.POST.get("key", "") or str(new_id()),
    }
    return page(request, "portal/claim.html", context, status=422 if error else 200)


def _claimed(request: Request, premises: Premises, form: Claiming) -> HttpResponse:
    if request.who is None:
        raise Http404
    perform(claim_premises, None, desk_call(request, request.who), form)
    messages.success(request, _("已认领“{name}”。请选择该单位的岗位。").format(name=premises.name))
    return redirect("entry:post")
