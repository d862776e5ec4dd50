"""The page behind the code on a door."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fengsui.registry.models import Premises
from fengsui.registry.queries import behind_the_door
from fengsui.web.doors import PUBLIC, door
from fengsui.web.pages import page
from fengsui.web.portal.shell import shell
from fengsui.web.ui.shapes import Fact, TagWord


def found_behind(code: str) -> Premises:
    premises = behind_the_door(code)
    if premises is None:
        raise Http404
    return premises


@door(PUBLIC)
@require_GET
def premises(request: HttpRequest, code: str) -> HttpResponse:
    """Name, class, and who must answer for what; no name and no number of a person."""
    found = found_behind(code)
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
