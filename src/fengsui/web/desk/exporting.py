"""The way from a list to its file: which forms it can be had in, under the list's own conditions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fengsui.kernel.ids import new_id
from fengsui.platform.exports.files import CSV, XLSX
from fengsui.platform.exports.jobs import job_name
from fengsui.platform.exports.kinds import EXPORTS
from fengsui.platform.who import Who


@dataclass(frozen=True, slots=True)
class Export:
    """What the menu of a list offers. Each form is a call of its own, so each has its own key."""

    job: str
    key: str
    conditions: Mapping[str, str]
    forms: Sequence[tuple[str, str]]
    imports: bool


def export(kind: str, who: Who, conditions: Mapping[str, str]) -> Export | None:
    """The list as a file, where its package declared one and `who` may have it."""
    declared = EXPORTS.get(kind)
    if declared is None or who.kind not in declared.posts:
        return None
    said = {name: value for name, value in conditions.items() if value}
    forms = ((XLSX, _("Excel 表格（xlsx）")), (CSV, _("文本表格（csv）")))
    return Export(job_name(kind), str(new_id()), said, forms, declared.imports)
