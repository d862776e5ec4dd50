"""What stands above a list: filters that stay in the address, and one's own saved sets of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengsui.kernel.refusal import Refusal
from fengsui.platform.keyset import KeysetPage, Order, page_of
from fengsui.platform.regions.models import region_asked
from fengsui.platform.regions.queries import ancestors, children
from fengsui.platform.savedviews import store
from fengsui.platform.who import Who
from fengsui.platform.words import answer
from fengsui.web.desk.actor import actor
from fengsui.web.doors import SUPERVISION, door
from fengsui.web.entry.middleware import Request
from fengsui.web.ui.shapes import SavedView
from fengsui.web.ui.table import Pager

_PAGES = {"premises": "desk:premises", "inspections": "desk:inspections", "hazards": "desk:hazards"}


@dataclass(frozen=True)
class Filter:
    """One field above a list. `kind`: search, date, select."""

    name: str
    title: str
    value: str
    kind: str = "select"
    choices: Sequence[tuple[str, str]] = ()


class Asked:
    """What the address of a list says."""

    def __init__(self, request: Request) -> None:
        self.said: Mapping[str, str] = {name: request.GET[name] for name in request.GET}

    def text(self, name: str) -> str:
        return self.said.get(name, "")

    def search(self, title: str = "") -> Filter:
        title = title or _("名称、编号、拼音")
        return Filter("q", title, self.text("q"), "search")

    def day(self, name: str, title: str) -> Filter:
        return Filter(name, title, self.text(name), "date")

    def choice(self, name: str, title: str, titles: Iterable[tuple[str, object]]) -> Filter:
        choices = [(value, _(str(word))) for value, word in titles]
        return Filter(name, title, self.text(name), "select", choices)

    def region(self, who: Who) -> Filter:
        """The region of the post or the one chosen, and what lies right under it."""
        chosen = self.text("region")
        inside = chosen if region_asked(chosen) else who.region
        offered = {
            region.code: region.name for region in (*ancestors(inside)[-1:], *children(inside))
        }
        return self.choice("region", _("区划"), offered.items())

    def page(self, rows: Any, sortable: Sequence[str] = ()) -> KeysetPage[Any]:
        order = Order.asked(self.text("sort"), sortable)
        return page_of(rows, order, self.text("after"), self.text("before"))

    def pager(self, found: KeysetPage[Any]) -> Pager:
        return Pager(
            shown=len(found.rows),
            previous_url=self._address("before", found.before),
            next_url=self._address("after", found.after),
        )

    def conditions(self) -> dict[str, str]:
        """What narrows and sorts, without the place of the page."""
        placed = ("after", "before")
        return {name: text for name, text in self.said.items() if text and name not in placed}

    def _address(self, way: str, place: str) -> str:
        return f"?{urlencode({**self.conditions(), way: place})}" if place else ""


def above(request: Request, asked: Asked, plural: str, filters: list[Filter]) -> dict[str, object]:
    """The context of filters and saved views for `desk/list.html`."""
    who = actor(request)
    mine = store.views_of(who.user_id, plural) if who.user_id else []
    present = store.kept_query(urlencode(asked.conditions()))
    here = reverse(_PAGES[plural])
    views = [SavedView(v.title, f"{here}?{v.query}", v.query == present) for v in mine]
    return {
        "filters": [field for field in filters if field.kind != "select" or field.choices],
        "kept": [(name, asked.text(name)) for name in ("sort",) if asked.text(name)],
        "clear_url": here if asked.conditions() else "",
        "views": views,
        "remove_url": next(
            (reverse("desk:view-remove", args=[v.id]) for v in mine if v.query == present), ""
        ),
        "save_url": reverse("desk:view-save", args=[plural]),
        "address": present,
    }


@door(SUPERVISION)
@require_POST
def keep_view(request: Request, plural: str) -> HttpResponse:
    """Keep the present filters under a name."""
    who, given = actor(request), request.POST
    if plural not in _PAGES or who.user_id is None:
        raise Http404
    query = given.get("address", "")
    try:
        query = store.save_view(who.user_id, plural, given.get("title", ""), query).query
    except Refusal as no:
        messages.error(request, answer(no).text)
    return redirect(f"{reverse(_PAGES[plural])}?{store.kept_query(query)}")


@door(SUPERVISION)
@require_POST
def forget_view(request: Request, view_id: int) -> HttpResponse:
    """Forget one of one's own views; somebody else's is not there."""
    who = actor(request)
    view = store.remove_view(who.user_id, view_id) if who.user_id else None
    if view is None:
        raise Http404
    return redirect(_PAGES[view.page])
