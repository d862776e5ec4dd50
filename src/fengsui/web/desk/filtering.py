"""What stands above a list: filters that stay in the address, and one's own saved sets of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengsui.kernel.refusal import Refusal
from fengsui.platform.keyset import KeysetPage, Order, page_of
from fengsui.platform.regions.queries import children
from fengsui.platform.savedviews import store
from fengsui.platform.who import Who
from fengsui.platform.words import answer
from fengsui.web.desk.actor import actor
from fengsui.web.desk.shell import shell
from fengsui.web.doors import SUPERVISION, door
from fengsui.web.entry.middleware import Request
from fengsui.web.pages import page
from fengsui.web.ui.shapes import SavedView
from fengsui.web.ui.table import Pager

_PAGES = {"premises": "desk:premises", "inspections": "desk:inspections", "hazards": "desk:hazards"}
_LEVELS = 5


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
        return self.choice("region", _("区划"), _regions(self.text("region") or who.region, who))

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


def _regions(code: str, who: Who) -> list[tuple[str, str]]:
    return [(region.code, region.name) for region in children(code)]


def above(request: Request, asked: Asked, plural: str, filters: list[Filter]) -> dict[str, object]:
    """The context of filters and saved views for `desk/list.html`."""
    who = actor(request)
    mine = store.views_of(who.user_id, plural) if who.user_id else []
    present = store.kept_query(urlencode(asked.conditions()))
    here = reverse(_PAGES[plural])
    views = [SavedView(v.title, f"{here}?{v.query}", v.query == present) for v in mine]
    return {
        "filters": filters,
        "kept": [(name, asked.text(name)) for name in ("sort",) if asked.text(name)],
        "clear_url": here if asked.conditions() else "",
        "views": views,
        "view_id": next((v.id for v in mine if v.query == present), None),
        "save_url": reverse("desk:view-save", args=[plural]),
        "address": present,
    }


@door(SUPERVISION)
@require_POST
def save(request: Request, plural: str) -> HttpResponse:
    """Keep the present filters under a name."""
    who = actor(request)
    given = request.POST
    try:
        if plural not in _PAGES or who.user_id is None:
            raise Refusal("not-found", type=_("列表"))
        view = store.save_view(who.user_id, plural, given.get("title", ""), given.get("address", ""))
    except Refusal as no:
        status, text = answer(no)
        context = {"shell": shell(request, plural), "text": text}
        return page(request, "desk/refused.html", context, status=status)
    return redirect(f"{reverse(_PAGES[plural])}?{view.query}")


@door(SUPERVISION)
@require_POST
def remove(request: Request, view_id: int) -> HttpResponse:
    """Forget one of one's own views; what is no view of mine is left alone."""
    who = actor(request)
    view = store.remove_view(who.user_id, view_id) if who.user_id else None
    return redirect(_PAGES[view.page] if view else "desk:worklist")
