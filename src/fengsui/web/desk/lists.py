"""Rows of the lists made for premises, visits and hazards."""

from collections.abc import Mapping, Sequence

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from fengsui.registry.models import Premises
from fengsui.supervision.lifecycle import HAZARD, INSPECTION
from fengsui.supervision.models import Hazard, Inspection
from fengsui.web.desk.words import state_tag
from fengsui.web.ui.shapes import Empty, TagWord
from fengsui.web.ui.table import Cell, Column, Group, Pager, Row, Table, sorted_columns


def premises(
    found: Sequence[Premises], regions: Mapping[str, str], pager: Pager, address: QueryDict
) -> Table:
    columns = [
        Column(_("单位名称"), sort="name"),
        Column(_("类别"), width="l"),
        Column(_("所在"), width="m"),
        Column(_("责任人"), width="m"),
    ]
    rows = [
        Row(
            [
                Cell(row.name, reverse("desk:premises-page", args=[row.id]), row.address),
                Cell(tags=[TagWord(_(row.class_title)), *_flags(row)]),
                Cell(regions.get(row.region, row.region)),
                Cell(row.responsible_name, note=str(row.responsible_phone)),
            ]
        )
        for row in found
    ]
    empty = Empty(_("没有找到场所"), _("换一个名称再找，或登记新场所。"), icon="building")
    return Table(_("监管对象"), sorted_columns(columns, address), [Group(rows)], pager, empty)


def _flags(row: Premises) -> list[TagWord]:
    small = [TagWord(row.small_category)] if row.small_category else []
    if row.public_assembly:
        return [*small, TagWord(_("公众聚集场所"))]
    return [*small, TagWord(_("人员密集场所"))] if row.crowded else small


def inspections(found: Sequence[Inspection], pager: Pager | None = None) -> Table:
    """Without a pager they stand on the page of their premises."""
    here = pager is None
    columns = [
        Column(_("编号"), width="l"),
        *([] if here else [Column(_("场所"))]),
        Column(_("形式"), width="s"),
        Column(_("检查人员"), width="" if here else "l"),
        Column(_("日期"), width="s"),
        Column(_("状态"), width="s"),
    ]
    rows = [
        Row(
            [
                Cell(row.number, reverse("desk:inspection", args=[row.id])),
                *([] if here else [Cell(row.premises.name)]),
                Cell(_(row.kind_title)),
                Cell(f"{row.lead.user.name}、{row.second.user.name}"),
                Cell(row.planned_on.isoformat()),
                Cell(tags=[state_tag(INSPECTION, row.state)]),
            ]
        )
        for row in found
    ]
    empty = Empty(_("还没有检查"), _("从监管对象的页面安排检查。"), icon="clipboard-check")
    return Table(_("监督检查"), columns, [Group(rows)], pager, empty)


def hazards(
    found: Sequence[Hazard], pager: Pager | None = None, address: QueryDict | None = None
) -> Table:
    """Without a pager they stand on the page of their premises, which need not be named again."""
    here = pager is None
    columns = [
        Column(_("隐患")),
        *([] if here else [Column(_("场所"), width="l")]),
        Column(_("处理"), width="m"),
        Column(_("改正期限"), sort="" if here else "due_on", width="s"),
        Column(_("状态"), width="m"),
    ]
    rows = [
        Row(
            [
                Cell(row.title, reverse("desk:hazard", args=[row.id]), row.number),
                *([] if here else [Cell(row.premises.name)]),
                Cell(_(row.disposal_title)),
                Cell(
                    row.due_on.isoformat() if row.due_on else "",
                    note=_("暂定") if row.provisional else "",
                ),
                Cell(tags=[state_tag(HAZARD, row.state)]),
            ]
        )
        for row in found
    ]
    empty = Empty(
        _("没有这样的隐患"), _("检查中发现的问题经两名检查人员确认后列在这里。"), icon="flag-3"
    )
    headings = sorted_columns(columns, address) if address is not None else columns
    return Table(_("火灾隐患"), headings, [Group(rows)], pager, empty)
