"""One search box: premises, visits, hazards and papers by name or number."""

from collections.abc import Sequence

from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fengsui.platform.records import RECORD_TYPES, Record, RecordType
from fengsui.platform.who import Who
from fengsui.web.desk.actor import actor
from fengsui.web.desk.shell import shell
from fengsui.web.desk.words import state_tag, url_of
from fengsui.web.doors import SUPERVISION, door
from fengsui.web.entry.middleware import Request
from fengsui.web.pages import page
from fengsui.web.ui.shapes import Empty
from fengsui.web.ui.table import Cell, Column, Group, Row, Table

_EACH = 10
# By which columns a type is found; the first one is what a person reads.
_BY: dict[str, Sequence[str]] = {
    "premises": ("name__icontains", "address__icontains", "credit_code__istartswith"),
    "grid": ("name__icontains", "place__icontains", "number__istartswith"),
    "inspection": ("number__icontains", "premises__name__icontains"),
    "hazard": ("title__icontains", "number__icontains", "premises__name__icontains"),
    "document": ("number__icontains", "party__icontains"),
}


@door(SUPERVISION)
@require_GET
def find(request: Request) -> HttpResponse:
    """The newest few of each kind; nothing is asked of the database for an empty question."""
    who, words = actor(request), request.GET.get("q", "").strip()[:60]
    context = {
        "shell": shell(request, "find", search=words),
        "q": words,
        "table": _table(who, words),
    }
    return page(request, "desk/find.html", context)


def _table(who: Who, words: str) -> Table:
    groups = [_group(RECORD_TYPES[name], who, words) for name in _BY if words]
    columns = [Column(_("名称")), Column(_("说明")), Column(_("状态"), width="m")]
    hint = (
        _("换一个名称、地址或编号的一部分再试。") if words else _("输入名称、地址或编号的一部分。")
    )
    empty = Empty(
        _("没有找到“{q}”").format(q=words) if words else _("要找什么？"), hint, icon="search"
    )
    return Table(
        _("查找结果"), columns, [group for group in groups if group.rows], empty=empty, keys=True
    )


def _group(of: RecordType[Record], who: Who, words: str) -> Group:
    wanted = Q()
    for column in _BY[of.name]:
        wanted |= Q(**{column: words})
    if who.kind not in of.readers:
        return Group([])
    rows = of.read(who).filter(wanted).order_by("-id")[:_EACH]
    return Group([_row(of, record) for record in rows], _(of.title))


def _row(of: RecordType[Record], record: Record) -> Row:
    said = [str(getattr(record, name.split("__")[0])) for name in _BY[of.name]]
    note = "·".join(dict.fromkeys(text for text in said[1:] if text))
    tag = state_tag(of.lifecycle, record.state)
    return Row([Cell(said[0], url_of(of.name, record.id)), Cell(note), Cell(tags=[tag])])
