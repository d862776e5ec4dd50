"""Grids and households as files; what is personal stands masked, as on the pages."""

from collections.abc import Callable

from fengsui.platform.jobs.export import Column, Export, export_kind
from fengsui.platform.who import OFFICERS, PostKind
from fengsui.registry.grids.lifecycle import GRID, HOUSEHOLD
from fengsui.registry.grids.models import Household
from fengsui.registry.grids.queries import grids_listed, households_listed
from fengsui.registry.grids.rules import TITLES


def _masked(name: str) -> Callable[[Household], str]:
    return lambda row: str(getattr(row, name))


GRIDS_FILE = export_kind(
    Export(
        name="export-grids",
        title="网格",
        columns=(
            Column("网格编号", lambda row: row.number),
            Column("网格名称", lambda row: row.name, 28),
            Column("所在村、社区", lambda row: row.place, 32),
            Column("区划代码", lambda row: row.region),
            Column("设立日期", lambda row: row.opened_on),
            Column("停用日期", lambda row: row.retired_on),
            Column("状态", lambda row: GRID.title(row.state)),
        ),
        rows=lambda who, said: grids_listed(who),
    ),
    posts=(*OFFICERS, PostKind.GRID_WORKER),
)

HOUSEHOLDS_FILE = export_kind(
    Export(
        name="export-households",
        title="风险户",
        columns=(
            Column("风险户", str, 24),
            Column("种类", lambda row: "、".join(row.kinds), 28),
            Column("网格", lambda row: str(row.grid), 28),
            Column("区划代码", lambda row: row.region),
            *(Column(title, _masked(name), 20) for name, title in TITLES.items()),
            Column("同意日期", lambda row: row.consented_on),
            Column("状态", lambda row: HOUSEHOLD.title(row.state)),
        ),
        rows=lambda who, said: households_listed(who),
    ),
    posts=(*OFFICERS, PostKind.GRID_WORKER),
)
