"""The shells of the phone. A shell knows the place and the person; the records come through the API.

A shell holds nothing of the record it is about, so that a phone may keep it; whether the record exists
for this person is still asked here, so that a hidden one is 404 as everywhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django.views.i18n import JavaScriptCatalog

from fengsui.platform.declared import ACTIONS
from fengsui.platform.who import PostKind, Who
from fengsui.registry.queries import premises_page
from fengsui.supervision import queries
from fengsui.web.desk.shell import shell
from fengsui.web.desk.words import url_of
from fengsui.web.doors import PEOPLE, PUBLIC, SUPERVISION, door
from fengsui.web.entry.middleware import Request
from fengsui.web.pages import page
from fengsui.web.ui.shell import NavItem

# The one answer to "is there such a record for this person?", by type of record.
_READS: Mapping[str, Callable[[Who, UUID], object | None]] = {
    "premises": premises_page,
    "inspection": queries.inspection_page,
    "hazard": queries.hazard_page,
}
_REGISTRARS = (PostKind.SUPERVISOR, PostKind.BRIGADE_HEAD, PostKind.WINDOW_CLERK)

words = door(PUBLIC)(JavaScriptCatalog.as_view(packages=["fengsui.web.field"]))
"""The catalogue that the modules' `gettext` reads; empty in Chinese, the language of the source."""


def _nav(who: Who, current: str) -> list[NavItem]:
    items = [NavItem(_("我的待办"), reverse("field:worklist"), "checklist", current == "worklist")]
    if who.kind in SUPERVISION:
        here = current == "finder"
        items.append(NavItem(_("找单位"), reverse("field:finder"), "search", here))
    if who.kind in _REGISTRARS:
        items.append(NavItem(_("登记场所"), reverse("field:premises-new"), "plus"))
    items.append(NavItem(_("未发送"), reverse("field:unsent"), "send", current == "unsent"))
    items.append(NavItem(_("办公端"), reverse("desk:worklist"), "layout-dashboard"))
    return items


def _place(request: Request, kind: str, title: str, desk: str, **given: Any) -> HttpResponse:
    """One shell: which module fills it, with what, and where the same stands on the desk."""
    who = request.who
    if who is None:
        raise Http404
    frame = replace(shell(request, ""), nav=_nav(who, kind), home_url=reverse("field:worklist"))
    context = {
        "shell": frame,
        "place": kind,
        "title": title,
        "desk_url": desk,
        "back_url": "" if kind == "worklist" else given.pop("back", reverse("field:worklist")),
        "unsent_url": reverse("field:unsent"),
        "given": {"kind": who.kind.value, "post": str(who.post_id), **given},
    }
    return page(request, "field/place.html", context)


def _must_exist(request: Request, kind: str, record_id: UUID) -> None:
    if request.who is None or _READS[kind](request.who, record_id) is None:
        raise Http404


@door(PEOPLE)
@require_GET
def worklist(request: Request) -> HttpResponse:
    """What I must do today, the overdue first."""
    return _place(request, "worklist", _("我的待办"), reverse("desk:worklist"))


@door(PEOPLE)
@require_GET
def unsent(request: Request) -> HttpResponse:
    """What waits on this phone, and what was sent and refused."""
    return _place(request, "unsent", _("未发送"), reverse("desk:worklist"))


@door(SUPERVISION)
@require_GET
def finder(request: Request) -> HttpResponse:
    """Find a premises by its name."""
    may = request.who is not None and request.who.kind in _REGISTRARS
    return _place(request, "finder", _("找单位"), reverse("desk:premises"), registers=may)


@door(_REGISTRARS)
@require_GET
def premises_new(request: Request) -> HttpResponse:
    """Enter a premises on the spot."""
    what = "premises.register_premises"
    desk = reverse("desk:create", args=[what])
    back = reverse("field:finder")
    return _place(request, "act", _("登记场所"), desk, action=what, back=back)


@door(SUPERVISION)
@require_GET
def premises(request: Request, record_id: UUID) -> HttpResponse:
    _must_exist(request, "premises", record_id)
    desk, back = url_of("premises", record_id), reverse("field:finder")
    return _place(request, "premises", _("监管对象"), desk, id=str(record_id), back=back)


@door(SUPERVISION)
@require_GET
def inspection(request: Request, record_id: UUID) -> HttpResponse:
    """A visit: the checklist one question a screen, and the way to its end."""
    _must_exist(request, "inspection", record_id)
    desk = url_of("inspection", record_id)
    return _place(request, "inspection", _("监督检查"), desk, id=str(record_id))


@door(SUPERVISION)
@require_GET
def hazard(request: Request, record_id: UUID) -> HttpResponse:
    _must_exist(request, "hazard", record_id)
    return _place(request, "hazard", _("火灾隐患"), url_of("hazard", record_id), id=str(record_id))


@door(SUPERVISION)
@require_GET
def act(request: Request, what: str, record_id: UUID) -> HttpResponse:
    """The form of any action on a record, or of a creation that starts from one."""
    declared = ACTIONS.get(what)
    if declared is None or declared.inner:
        raise Http404
    start, begun = declared.begins or (declared.of, "")
    if start.name not in _READS or declared.creates != bool(begun):
        raise Http404
    _must_exist(request, start.name, record_id)
    desk = _desk_form(what, begun, record_id)
    back = reverse(f"field:{start.name}", args=[record_id])
    given = {"action": what, "id": str(record_id), "type": start.name, "begins": begun}
    return _place(request, "act", declared.title, desk, back=back, **given)


def _desk_form(what: str, begun: str, record_id: UUID) -> str:
    if begun:
        return f"{reverse('desk:create', args=[what])}?{begun}={record_id}"
    return reverse("desk:act", args=[what, record_id])
