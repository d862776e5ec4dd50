"""What the keepers of access look at: the ledger's entries about it, and the door's own log."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fengsui.platform.ledger.queries import entries_before
from fengsui.platform.signin import queries
from fengsui.web.desk.actor import actor
from fengsui.web.desk.shell import shell
from fengsui.web.doors import door
from fengsui.web.entry.account import devices
from fengsui.web.entry.middleware import Request
from fengsui.web.pages import page
from fengsui.web.people import lists
from fengsui.web.people.doors import KEEPERS

# Appointments, papers, first starts, phones, keys of machines; and whoever opened a personal value.
ABOUT_ACCESS = (
    "post.",
    "certificate.",
    "organisation.",
    "ticket.",
    "phone.",
    "api_key.",
    ".reveal",
)


@door(KEEPERS)
@require_GET
def access(request: Request) -> HttpResponse:
    found = entries_before(ABOUT_ACCESS, _id(request.GET.get("before", "")))
    context = {
        "shell": shell(request, "access"),
        "title": _("访问审计"),
        "note": _("台账中有关任命、证件、登录凭据、密钥和查看个人信息的记录，不含业务内容"),
        "table": lists.access(found, "/desk/access/"),
    }
    return page(request, "people/log.html", context)


def _id(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""


@door(KEEPERS)
@require_GET
def sign_ins(request: Request) -> HttpResponse:
    """Who is signed in, and what happened at the door."""
    who, before = actor(request), request.GET.get("before", "")
    running = [] if before else queries.signed_in_now(who, timezone.now())
    context = {
        "shell": shell(request, "sign-ins"),
        "title": _("登录记录"),
        "note": _("登录、失败、锁定、第二因素、终止；按规则库的天数保存"),
        "running": devices(running, "", names=True, ends=False) if running else None,
        "table": lists.events(queries.events_before(who, before), "/desk/sign-ins/"),
    }
    return page(request, "people/log.html", context)
