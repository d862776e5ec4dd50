"""Hazards as a file; they are found on visits and never imported."""

from fengsui.platform.exports.jobs import export_kind
from fengsui.platform.exports.kinds import Column, ExportKind, of_record
from fengsui.platform.search.queries import EXPORTED
from fengsui.platform.who import PostKind
from fengsui.supervision.actions.hazard import HAZARDS
from fengsui.supervision.queries import hazards_listed

HAZARDS_FILE = export_kind(
    ExportKind(
        kind="hazards",
        title=HAZARDS.title,
        posts=HAZARDS.readers | {PostKind.CLOCK},
        columns=(
            *of_record(HAZARDS),
            Column("区划代码", lambda row: row.region),
            Column("处理", lambda row: row.disposal_title),
            Column("发现时间", lambda row: row.found_at, 18),
            Column("期限暂定", lambda row: row.provisional),
            Column("消除时间", lambda row: row.closed_at, 18),
        ),
        rows=lambda who, said: hazards_listed(who, said, EXPORTED).select_related("premises"),
    )
)
