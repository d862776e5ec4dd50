"""The register as a file that can be imported again."""

from fengsui.platform.exports.jobs import export_kind
from fengsui.platform.exports.kinds import ExportKind, of_table, read_only, state_of
from fengsui.platform.search.queries import EXPORTED
from fengsui.platform.who import OFFICERS, PostKind
from fengsui.registry.actions import PREMISES_TYPE
from fengsui.registry.importers import PREMISES
from fengsui.registry.models import Premises
from fengsui.registry.queries import premises_listed


def _because(row: Premises) -> str:
    """The thresholds that decided, each with its source."""
    return "；".join(f"{one['threshold']}（{one['source']}）" for one in row.because)


PREMISES_FILE = export_kind(
    ExportKind(
        kind="premises",
        title=PREMISES.title,
        posts=frozenset({*OFFICERS, PostKind.PREMISES_MANAGER, PostKind.CLOCK}),
        columns=(
            *of_table(
                PREMISES,
                Premises,
                {"单位编码": lambda row: row.code, "not_duplicate": None},
            ),
            read_only("状态", state_of(PREMISES_TYPE)),
            read_only("规则判定类别", lambda row: row.judged_title),
            read_only("判定日期", lambda row: row.judged_on),
            read_only("界定标准", _because, 32),
            read_only("还缺的资料", lambda row: row.missing, 32),
            read_only("另定类别的理由", lambda row: row.class_reason, 32),
            read_only("另定类别的依据", lambda row: row.class_source, 32),
            read_only("危险等级", lambda row: row.hazard_grade),
        ),
        rows=lambda who, said: premises_listed(who, said, EXPORTED),
        imports=True,
    )
)
