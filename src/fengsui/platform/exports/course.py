"""The steps of an export: some rows each, the newest first, then the file."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.exports import files
from fengsui.platform.exports.kinds import ExportKind, plain
from fengsui.platform.jobs import queries
from fengsui.platform.jobs.kinds import Step, Work


def step(kind: ExportKind, work: Work) -> Step:
    """The next step. Arguments: the list's own conditions, and `_format`: xlsx (if not said) or csv.

    Refuses `export-type`, `export-too-long`.
    """
    part = int(work.checkpoint.get("part", 0))
    total = work.total if part else _counted(kind, work)
    form = form_of(work)
    found = _page(kind, work)
    if not found:
        name = f"{work.job_id}.{form}"
        files.put_together(work.folder / name, kind, form, work.folder, part, work.done)
        words = _("文件已生成，共 {rows} 行").format(rows=work.done)
        return Step(work.checkpoint, work.done, work.done, words, more=False, result=name)
    files.keep_part(work.folder, part, form, _lines(kind, found), work.done)
    done = work.done + len(found)
    checkpoint = {"part": part + 1, "after": str(found[-1].pk)}
    return Step(checkpoint, done, max(total, done), _("已读取 {rows} 行").format(rows=done))


def form_of(work: Work) -> str:
    form = work.arguments.get("_format") or files.XLSX
    if form not in files.MEDIA:
        raise Refusal("export-type", name=form)
    return str(form)


def _counted(kind: ExportKind, work: Work) -> int:
    total = kind.rows(work.who, work.arguments).count()
    if form_of(work) == files.XLSX and total > files.SHEET_ROWS:
        raise Refusal("export-too-long", count=total, most=files.SHEET_ROWS)
    return total


def _page(kind: ExportKind, work: Work) -> list[Any]:
    size = queries.limits(rules.local_day(datetime.now(UTC)))["export_rows_a_step"]
    rows = kind.rows(work.who, work.arguments)
    if after := work.checkpoint.get("after"):
        rows = rows.filter(pk__lt=UUID(after))
    return list(rows.order_by("-pk")[:size])


def _lines(kind: ExportKind, found: list[Any]) -> Iterator[list[str]]:
    for row in found:
        yield [plain(column.value(row)) for column in kind.columns]
