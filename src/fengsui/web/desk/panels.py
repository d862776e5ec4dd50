"""What a record's page shows beside its own fields: lists of what belongs to it, by its type."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from fengsui.platform.actions import Action, open_to
from fengsui.platform.records import Record, record_type_of
from fengsui.platform.who import Who
from fengsui.registry.grids import queries
from fengsui.registry.grids.actions import assign_worker, record_consent
from fengsui.registry.grids.lifecycle import ASSIGNMENT, CHANGE_TITLES, Change, GridState
from fengsui.registry.grids.models import Assignment, Consent, Grid, Household
from fengsui.web.desk.words import address_of, state_tag, url_of
from fengsui.web.ui.shapes import ActionLink, Empty, TagWord
from fengsui.web.ui.table import Cell, Column, Group, Row, Table


@dataclass(frozen=True)
class Panel:
    """A list under a heading, with what is to be said beside it and the way to add to it."""

    title: str
    table: Table
    note: str = ""
    link: ActionLink | None = None


def panels_of(name: str, record: Record, who: Who) -> Sequence[Panel]:
    """The lists of a type that has any."""
    make = _PANELS.get(name)
    return make(record, who) if make else ()


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""


def _table(title: str, columns: Sequence[Column], rows: Sequence[Row], empty: Empty) -> Table:
    return Table(title, columns, [Group(rows)], empty=empty)


def _grid(record: Grid, who: Who) -> Sequence[Panel]:
    past = _past(record)
    living = [_households(record, who)] if record.state == GridState.IN_USE else []
    return [_workers(record, who), *living, *([past] if past else [])]


def _workers(record: Grid, who: Who) -> Panel:
    columns = [Column(_("姓名")), Column(_("起止"), width="l"), Column(_("状态"), width="s")]
    rows = [_worker(row) for row in queries.assignments_of(record)]
    empty = Empty(_("还没有网格员"), _("点“指派网格员”，从辖区的网格员岗位中选择。"), icon="user")
    table = _table(_("网格员"), columns, rows, empty)
    return Panel(_("网格员"), table, link=_link(assign_worker, record, who))


def _span(row: Assignment) -> str:
    if row.until_on is None:
        return _("{first} 至今").format(first=row.from_on)
    return _("{first} 至 {last}").format(first=row.from_on, last=row.until_on)


def _link(action: Action[Any], record: Record, who: Who) -> ActionLink | None:
    """The way to an action that starts from this record, if it is open to `who`."""
    if action not in open_to(record, record_type_of(type(record)), who):
        return None
    return ActionLink(_(action.title), address_of(action, record))


def _worker(row: Assignment) -> Row:
    post = row.post
    return Row(
        [
            Cell(post.user.name, url_of("grid_assignment", row.id), post.organisation.name),
            Cell(_span(row)),
            Cell(tags=[state_tag(ASSIGNMENT, row.state)]),
        ]
    )


def _households(record: Grid, who: Who) -> Panel:
    found, count = queries.households_in(who, record)
    rows = [household_row(row) for row in found]
    empty = Empty(_("没有登记风险户"), _("走访中发现需要关爱的家庭，点“登记风险户”。"), icon="home")
    note = _("共 {n} 户").format(n=count) if count else ""
    if count > len(found):
        note = _("共 {n} 户，先列 {m} 户，其余见“风险户”列表").format(n=count, m=len(found))
    return Panel(_("风险户"), _table(_("风险户"), household_columns(), rows, empty), note)


def household_columns() -> list[Column]:
    return [
        Column(_("风险户")),
        Column(_("姓名"), width="s"),
        Column(_("电话"), width="m"),
        Column(_("住址"), width="m"),
    ]


def household_row(row: Household, where: bool = False) -> Row:
    """One household, masked; without consent it says so. `where` adds its grid."""
    missing = [] if row.consented_on else [TagWord(_("未取得同意"), "warn")]
    kinds = "、".join(row.kinds)
    note = f"{kinds}·{row.grid.name}" if where else kinds
    return Row(
        [
            Cell(str(row), url_of("household", row.id), note, tags=missing),
            Cell(str(row.name)),
            Cell(str(row.phone)),
            Cell(str(row.address)),
        ]
    )


def _past(record: Grid) -> Panel | None:
    """Where it came from, what it was called, what became of it; nothing for a grid without a past."""
    origins, following = queries.successions(record)
    namings = queries.namings_of(record)
    rows = [
        _line(row.on, _became(row.change, _("由此而来")), str(row.old), url_of("grid", row.old_id))
        for row in origins
    ]
    if len(namings) > 1:
        rows += [_line(row.since_on, _("名称"), f"{row.name}（{row.number}）") for row in namings]
    rows += [
        _line(row.on, _became(row.change, _("成为")), str(row.new), url_of("grid", row.new_id))
        for row in following
    ]
    columns = [Column(_("日期"), width="s"), Column(_("变化"), width="m"), Column(_("网格"))]
    return Panel(_("沿革"), _table(_("沿革"), columns, rows, Empty(""))) if rows else None


def _became(change: str, way: str) -> str:
    return f"{_(CHANGE_TITLES[Change(change)])}·{way}"


def _line(on: date, what: str, text: str, url: str = "") -> Row:
    return Row([Cell(_day(on)), Cell(what), Cell(text, url)])


def _household(record: Household, who: Who) -> Sequence[Panel]:
    return [_consents(record, who), _placements(record)]


def _consents(record: Household, who: Who) -> Panel:
    columns = [
        Column(_("日期"), width="s"),
        Column(_("告知同意")),
        Column(_("范围"), width="l"),
        Column(_("登记人"), width="s"),
    ]
    rows = [_consent(row) for row in queries.consents_of(record)]
    empty = Empty(
        _("还没有告知同意"),
        _("取得同意以前，不登记姓名、电话、住址等任何个人信息。"),
        icon="shield-check",
    )
    table = _table(_("告知同意"), columns, rows, empty)
    return Panel(_("告知同意"), table, link=_link(record_consent, record, who))


def _consent(row: Consent) -> Row:
    if not row.given:
        text, scope = _("撤回同意，个人信息已删除"), "—"
    else:
        text = f"{_(row.giver_title)}·{_(row.manner_title)}"
        extra = [
            name
            for name, agreed in ((_("健康信息"), row.health), (_("联系人"), row.contact))
            if agreed
        ]
        scope = "、".join([_("基本信息"), *extra])
    return Row([Cell(_day(row.on)), Cell(text), Cell(scope), Cell(row.by_name)])


def _placements(record: Household) -> Panel:
    columns = [Column(_("起"), width="s"), Column(_("网格")), Column(_("登记人"), width="s")]
    rows = [
        Row(
            [
                Cell(_day(row.since_on)),
                Cell(str(row.grid), url_of("grid", row.grid_id), row.grid.place),
                Cell(row.by_name),
            ]
        )
        for row in queries.placements_of(record)
    ]
    return Panel(_("所属网格"), _table(_("所属网格"), columns, rows, Empty("")))


_PANELS: Mapping[str, Callable[[Any, Who], Sequence[Panel]]] = {
    "grid": _grid,
    "household": _household,
}
