"""One search box: premises, buildings, grids, visits, hazards, papers, people; by name, number, pinyin or initials."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fengsui.platform.records import RECORD_TYPES, Record, RecordType
from fengsui.platform.search.queries import FoundPage, search
from fengsui.platform.who import Who
from fengsui.web.desk.actor import actor
from fengsui.web.desk.shell import shell
from fengsui.web.desk.words import state_tag, url_of
from fengsui.web.doors import SUPERVISION, door
from fengsui.web.entry.middleware import Request
from fengsui.web.pages import page
from fengsui.web.ui.shapes import Empty, Tab
from fengsui.web.ui.table import Cell, Column, Group, Pager, Row, Table

_EACH, _AT_ONCE, _WHOLE = 10, 4, 50
# What is shown of each type: what a person reads first, then what tells two of a name apart.
_SHOWN: Mapping[str, Sequence[str]] = {
    "premises": ("name", "address"),
    "building": ("name", "address"),
    "grid": ("name", "number", "place"),
    "hazard": ("title", "number", "premises"),
    "inspection": ("number", "premises"),
    "document": ("number", "title", "party"),
    "post": ("user", "organisation"),
}


@door(SUPERVISION)
@require_GET
def find(request: Request) -> HttpResponse:
    """Each kind in a group, or one kind page by page; while somebody types, the first few of each."""
    who, words = actor(request), request.GET.get("q", "").strip()
    kinds = [RECORD_TYPES[name] for name in _SHOWN if who.kind in RECORD_TYPES[name].readers]
    chosen = next((of for of in kinds if of.name == request.GET.get("kind")), None)
    typing = request.headers.get("HX-Target") == "found"
    table = (
        _one(chosen, who, words, request.GET.get("after", ""))
        if chosen
        else _all(kinds, who, words, _AT_ONCE if typing else _EACH)
    )
    context = {
        "shell": shell(request, "find", search=words),
        "q": words,
        "tabs": _tabs(kinds, chosen, words),
        "table": table,
    }
    return page(request, "desk/find.html", context, parts=("found",))


def _tabs(kinds: list[RecordType[Record]], chosen: RecordType[Record] | None, q: str) -> list[Tab]:
    if not q:
        return []
    every = Tab(_("全部"), _address(q), chosen is None)
    return [every, *(Tab(_(of.title), _address(q, of.name), of is chosen) for of in kinds)]


def _address(q: str, kind: str = "", after: str = "") -> str:
    given = {"q": q, "kind": kind, "after": after}
    kept = {name: value for name, value in given.items() if value}
    return f"{reverse('desk:find')}?{urlencode(kept)}"


def _all(kinds: list[RecordType[Record]], who: Who, words: str, each: int) -> Table:
    found = [(of, search(who, words, of, limit=each)) for of in kinds] if words else []
    groups = [_group(of, hits) for of, hits in found if hits.records]
    return Table(_("查找结果"), _columns(), groups, empty=_nothing(words), keys=True)


def _one(of: RecordType[Record], who: Who, words: str, after: str) -> Table:
    hits = search(who, words, of, after, _WHOLE)
    more = _address(words, of.name, hits.after) if hits.after else ""
    pager = Pager(shown=len(hits.records), next_url=more)
    groups = [_group(of, hits)] if hits.records else []
    return Table(_("查找结果"), _columns(), groups, pager, _nothing(words), keys=True)


def _columns() -> list[Column]:
    return [Column(_("名称")), Column(_("说明")), Column(_("状态"), width="m")]


def _nothing(words: str) -> Empty:
    if not words:
        return Empty(_("要找什么？"), _("输入名称、地址、编号、拼音或首字母。"), icon="search")
    title = _("没有找到“{q}”").format(q=words[:60])
    return Empty(title, _("换一个名称、地址、编号、拼音或首字母再试。"), icon="search")


def _group(of: RecordType[Record], hits: FoundPage) -> Group:
    return Group([_row(of, record) for record in hits.records], _(of.title))


def _row(of: RecordType[Record], record: Record) -> Row:
    said = [str(getattr(record, name)) for name in _SHOWN[of.name]]
    note = "·".join(dict.fromkeys(text for text in said[1:] if text))
    tag = state_tag(of.lifecycle, record.state)
    return Row([Cell(said[0], url_of(of.name, record.id)), Cell(note), Cell(tags=[tag])])
