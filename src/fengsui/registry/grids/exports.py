"""Grids and households as files; what is personal stands masked, as on the pages."""

from fengsui.platform.exports.jobs import export_kind
from fengsui.platform.exports.kinds import ExportKind, of_state, of_table, read_only, state_of
from fengsui.platform.who import PostKind
from fengsui.registry.grids.actions.grids import GRIDS
from fengsui.registry.grids.actions.households import HOUSEHOLDS
from fengsui.registry.grids.importers import GRID_TABLE, HOUSEHOLD_TABLE
from fengsui.registry.grids.models import Grid, Household, because_title

GRIDS_FILE = export_kind(
    ExportKind(
        kind="grids",
        title=GRID_TABLE.title,
        posts=GRIDS.readers | {PostKind.CLOCK},
        columns=(
            *of_table(GRID_TABLE, Grid, {}),
            read_only("所在村、社区", lambda row: row.place, 32),
            read_only("设立日期", lambda row: row.opened_on),
            read_only("停用日期", lambda row: row.retired_on),
            read_only("状态", state_of(GRIDS)),
        ),
        rows=of_state(GRIDS.read),
        imports=True,
    )
)

HOUSEHOLDS_FILE = export_kind(
    ExportKind(
        kind="households",
        title=HOUSEHOLD_TABLE.title,
        posts=HOUSEHOLDS.readers,
        columns=(
            *of_table(
                HOUSEHOLD_TABLE,
                Household,
                {
                    "区划代码": lambda row: row.region,
                    "网格编号": lambda row: row.grid.number,
                    "风险户编号": lambda row: row.id,
                    "told": lambda row: row.scope.given or None,
                    "giver": lambda row: row.consent_giver,
                    "manner": lambda row: row.consent_manner,
                    "health": lambda row: row.consent_health or None,
                    "contact": lambda row: row.consent_contact or None,
                    "another": None,
                },
            ),
            read_only("网格名称", lambda row: row.grid.name, 24),
            read_only("状态", state_of(HOUSEHOLDS)),
            read_only("注销原因", lambda row: because_title(row.closed_because)),
        ),
        rows=of_state(HOUSEHOLDS.read),
        imports=True,
    )
)
