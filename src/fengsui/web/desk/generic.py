"""Lists and record pages of every declared type, drawn from its declaration.

What people use all day has pages made for it (views.py); all else is shown by this module. A type's
`readers` see its pages, others 403; which records lie in them is `visible(who)`.
"""

from collections.abc import Callable, Container
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as n
from django.views.decorators.http import require_GET

from fengsui.platform.accounts.models import User
from fengsui.platform.actions import actions_of
from fengsui.platform.fields import Sealed
from fengsui.platform.keyset import first_of
from fengsui.platform.records import RECORD_TYPES, Record, RecordType, Shown
from fengsui.platform.who import ENFORCERS, OFFICERS, REGISTRARS, PostKind, Who
from fengsui.web.desk import register
from fengsui.web.desk.actor import actor
from fengsui.web.desk.brigade import HEADS
from fengsui.web.desk.exporting import export
from fengsui.web.desk.panels import panels_of
from fengsui.web.desk.shell import shell
from fengsui.web.desk.words import (
    buttons,
    creation_url,
    entries,
    papers,
    path_from,
    pictures,
    place_of,
    reveal_url,
    state_tag,
    url_of,
)
from fengsui.web.doors import CARERS, PEOPLE, SUPERVISION, door
from fengsui.web.entry.middleware import Request
from fengsui.web.pages import page
from fengsui.web.people.doors import READERS
from fengsui.web.ui.shapes import ActionLink, Crumb, Empty, Fact
from fengsui.web.ui.table import Cell, Column, Group, Pager, Row, Table

PAGE_SIZE = 50


def type_at(plural: str, who: Who) -> RecordType[Any]:
    """The type behind an address. 404 when there is none, 403 when it does not exist for `who`."""
    of = next((known for known in RECORD_TYPES.values() if known.plural == plural), None)
    if of is None:
        raise Http404
    if who.kind not in of.readers:
        raise PermissionDenied
    return of


@door(PEOPLE)
@require_GET
def record_list(request: Request, plural: str) -> HttpResponse:
    """Records of a type, newest first, perhaps of one state."""
    who = actor(request)
    of = type_at(plural, who)
    state = request.GET.get("state", "")
    found = _page_of(of, who, request.GET.get("after", ""), state)
    context = {
        "shell": shell(request, of.plural),
        "title": _(of.title),
        "states": _states(of, state),
        "creations": creations(of, who),
        "beside": beside(of, who),
        "export": export(of.plural, who, {"state": state}),
        "table": _table(of, who, found, state),
    }
    return page(request, "desk/list.html", context)


def _page_of(of: RecordType[Any], who: Who, after: str, state: str) -> list[Record]:
    rows: QuerySet[Record] = of.read(who)
    if state:
        rows = rows.filter(state=state)
    if last := place_of(after):
        rows = rows.filter(id__lt=last)
    return first_of(rows.order_by("-id"), PAGE_SIZE)


def _states(of: RecordType[Any], chosen: str) -> list[tuple[str, str, bool]]:
    states = [(state.value, of.lifecycle.title(state)) for state in of.lifecycle.states]
    if len(states) < 2:
        return []
    return [("", _("全部"), not chosen)] + [
        (value, _(title), value == chosen) for value, title in states
    ]


def creations(of: RecordType[Any], who: Who) -> list[ActionLink]:
    """What makes a record of this type out of nothing, as far as `who` may."""
    return [
        ActionLink(_(made.title), creation_url(made), icon="plus")
        for made in actions_of(of)
        if made.creates and not made.inner and not made.begins and who.kind in made.posts
    ]


def beside(of: RecordType[Any], who: Who) -> list[ActionLink]:
    """Pages about all records of a type together."""
    return [
        ActionLink(_(title), reverse(address, args=arguments))
        for name, posts, title, address, arguments in _BESIDE
        if name == of.name and who.kind in posts
    ]


_BESIDE: tuple[tuple[str, Container[PostKind], str, str, list[str]], ...] = (
    ("premises", REGISTRARS, n("导入"), "people:import-table", ["premises"]),
    ("grid", REGISTRARS, n("导入"), "people:import-table", ["grids"]),
    ("household", REGISTRARS, n("导入"), "people:import-table", ["households"]),
    ("premises", OFFICERS, n("建筑"), "desk:list", ["buildings"]),
    ("premises", SUPERVISION, n("重点单位申报"), "desk:list", ["key-declarations"]),
    ("premises", SUPERVISION, n("电子送达确认书"), "desk:list", ["delivery-confirmations"]),
    ("document", ENFORCERS, n("号段"), "desk:list", ["number-blocks"]),
    ("document", HEADS, n("文号核对"), "desk:numbers", []),
    ("number_block", ENFORCERS, n("文书"), "desk:list", ["documents"]),
    ("number_block", HEADS, n("文号核对"), "desk:numbers", []),
    ("post", READERS, n("人员"), "people:people", []),
    ("certificate", READERS, n("人员"), "people:people", []),
    ("grid", CARERS, n("网格员指派"), "desk:list", ["grid-assignments"]),
    ("grid_assignment", CARERS, n("网格"), "desk:list", ["grids"]),
    ("household", CARERS, n("按电话查找"), "desk:household-phone", []),
    ("household", CARERS, n("网格"), "desk:list", ["grids"]),
)


def _table(of: RecordType[Any], who: Who, found: list[Record], state: str) -> Table:
    names = [field for field in of.shown if field.name in of.listed]
    columns = [Column(_(field.title)) for field in names] + [Column(_("状态"), width="m")]
    rows = [Row([*_cells(of, names, record), _state_cell(of, record)]) for record in found]
    kept = f"&state={state}" if state else ""
    more = f"?after={found[-1].id}{kept}" if len(found) == PAGE_SIZE else ""
    empty = Empty(_("没有{what}").format(what=_(of.title)), _next_step(of, who, state))
    pager = Pager(shown=len(found), next_url=more)
    return Table(_(of.title), columns, [Group(rows)], pager, empty)


def _next_step(of: RecordType[Any], who: Who, state: str) -> str:
    """What to do where nothing is listed."""
    if state:
        return _("换一个状态再看。")
    made = creations(of, who)
    return (
        _("需要时点右上角的“{what}”。").format(what=made[0].title)
        if made
        else _("有了以后会列在这里。")
    )


def _cells(of: RecordType[Any], names: list[Shown], record: Record) -> list[Cell]:
    """The first column leads to the record."""
    texts = [text_of(record, field) for field in names]
    first = Cell(texts[0] or "—", url_of(of.name, record.id))
    return [first, *(Cell(text) for text in texts[1:])]


def _state_cell(of: RecordType[Any], record: Record) -> Cell:
    return Cell(tags=[state_tag(of.lifecycle, record.state)])


@door(PEOPLE)
@require_GET
def record_page(request: Request, plural: str, record_id: UUID) -> HttpResponse:
    """One record: state and path, what may be done, facts, papers, files, history."""
    who = actor(request)
    of = type_at(plural, who)
    record = of.read(who).filter(pk=record_id).first()
    if record is None:
        raise Http404
    main, others = buttons(record, of, who)
    context = {
        "shell": shell(request, of.plural),
        "title": of.label(record),
        "crumbs": [
            Crumb(_(of.title), reverse("desk:list", args=[plural])),
            Crumb(of.label(record)),
        ],
        "states": [state_tag(of.lifecycle, record.state)],
        "main": main,
        "actions": others,
        "steps": path_from(of.lifecycle, record.state),
        "facts": facts(of, record, who),
        "tables": [_TABLES[of.name](record, who)] if of.name in _TABLES else [],
        "papers": papers(record),
        "pictures": pictures(record),
        "entries": entries(record),
        "panels": panels_of(of.name, record, who),
    }
    return page(request, "desk/record.html", context)


# What a record of a type holds, as a list under its facts.
_TABLES: dict[str, Callable[[Any, Who], tuple[str, Table]]] = {"building": register.in_building}


def facts(of: RecordType[Any], record: Record, who: Who) -> list[Fact]:
    """The declared fields with their Chinese titles; empty ones are left out."""
    shown = [fact_of(of, record, field, who) for field in of.shown]
    about = _about(record, who)
    return [fact for fact in (*shown, about) if fact is not None]


def fact_of(of: RecordType[Any], record: Record, field: Shown, who: Who) -> Fact | None:
    text = text_of(record, field)
    if not text:
        return None
    value = getattr(record, field.name)
    if isinstance(value, Sealed):
        return Fact(_(field.title), text, reveal_url=reveal_url(of, record, field.name, who))
    return Fact(_(field.title), text, url_of_row(value, who), wide=isinstance(value, list | dict))


def url_of_row(value: object, who: Who) -> str:
    """Where a row that a field points to has its page, if `who` may look at such pages."""
    if isinstance(value, User):
        return reverse("people:person", args=[value.id]) if who.kind in READERS else ""
    for of in RECORD_TYPES.values():
        if isinstance(value, of.model) and who.kind in of.readers:
            return url_of(of.name, value.id)
    return ""


def _about(record: Record, who: Who) -> Fact | None:
    """What a task or a paper is about."""
    name, about = getattr(record, "about_type", ""), getattr(record, "about_id", None)
    if name not in RECORD_TYPES or about is None:
        return None
    of = RECORD_TYPES[name]
    return Fact(_("所涉记录"), _(of.title), url_of(name, about) if who.kind in of.readers else "")


def text_of(record: Record, field: Shown) -> str:
    """A value in the words of a page; sealed ones as their mask."""
    value = getattr(record, field.name)
    if field.told is not None:
        return field.told(value)
    if field.words and value in field.words:
        return _(str(field.words[value]))
    return _plain(value)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, dict):
        return "、".join(f"{key} {word}" for key, word in value.items())
    if isinstance(value, list):
        return "、".join(str(item) for item in value)
    if isinstance(value, date | Model):
        return str(value)
    return str(value)
