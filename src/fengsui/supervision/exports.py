"""Hazards as a file."""

from fengsui.platform.jobs.export import Column, Export, export_kind
from fengsui.platform.search.queries import EXPORTED
from fengsui.platform.who import OFFICERS, PostKind
from fengsui.supervision.lifecycle import HAZARD
from fengsui.supervision.queries import hazards_listed

HAZARDS_FILE = export_kind(
    Export(
        name="export-hazards",
        title="火灾隐患",
        columns=(
            Column("编号", lambda row: row.number, 20),
            Column("隐患", lambda row: row.title, 40),
            Column("场所", lambda row: row.premises.name, 36),
            Column("处理", lambda row: row.disposal_title),
            Column("发现时间", lambda row: row.found_at, 18),
            Column("改正期限", lambda row: row.due_on),
            Column("暂定", lambda row: row.provisional),
            Column("状态", lambda row: HAZARD.title(row.state)),
        ),
        rows=lambda who, said: hazards_listed(who, said, EXPORTED),
    ),
    posts=(*OFFICERS, PostKind.PREMISES_MANAGER),
)
