"""Lists as Excel files: read in steps as their owner sees them, put together at the end.

Cells are inert: no formula, no link is made of what people typed, and text that a spreadsheet could
take for a formula is marked as text. Personal fields come masked, as they stand on pages.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import xlsxwriter
from django.db.models import QuerySet

from fengsui.kernel.refusal import Refusal
from fengsui.platform import durable, rules
from fengsui.platform.jobs import queries
from fengsui.platform.jobs.kinds import JobKind, Step, Work, job_kind
from fengsui.platform.who import PostKind, Who

SHEET_ROWS = 1_048_575  # what one sheet of the format holds, beside its heading
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    value: Callable[[Any], object]
    width: int = 16


@dataclass(frozen=True, slots=True)
class Export:
    """A list that can be had as a file. `rows(who, arguments)` is the same read that its page uses."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Callable[[Who, Mapping[str, Any]], QuerySet[Any]]


def export_kind(export: Export, posts: Iterable[PostKind]) -> JobKind:
    """Declare the job that makes the file of a list."""
    return job_kind(
        JobKind(
            name=export.name,
            posts=frozenset(posts),
            title=lambda _arguments: f"导出{export.title}",
            step=lambda work: _step(export, work),
        )
    )


def _step(export: Export, work: Work) -> Step:
    """First the parts, each a page of rows kept as JSON lines; when there are none left, the sheet."""
    part = int(work.checkpoint.get("part", 0))
    total = work.total if part else _counted(export, work)
    size = queries.limits(rules.local_day(datetime.now(UTC)))["export_rows_a_step"]
    found = _page(export, work, size)
    if not found:
        name = f"{work.job_id}.xlsx"
        durable.write(work.folder / name, workbook(export, _lines(work.folder, part)))
        return Step(work.checkpoint, work.done, work.done, "文件已生成", more=False, result=name)
    lines = [json.dumps([_plain(c.value(row)) for c in export.columns]) for row in found]
    durable.write(_part(work.folder, part), "\n".join(lines).encode())
    done = work.done + len(found)
    checkpoint = {"part": part + 1, "after": str(found[-1].pk)}
    return Step(checkpoint, done, max(total, done), f"已读取 {done} 行")


def _counted(export: Export, work: Work) -> int:
    """Refuses `export-too-long`."""
    total = export.rows(work.who, work.arguments).count()
    if total > SHEET_ROWS:
        raise Refusal("export-too-long", count=total, most=SHEET_ROWS)
    return total


def _page(export: Export, work: Work, size: int) -> list[Any]:
    rows = export.rows(work.who, work.arguments)
    if after := work.checkpoint.get("after"):
        rows = rows.filter(pk__lt=UUID(after))
    return list(rows.order_by("-pk")[:size])


def _part(folder: Path, number: int) -> Path:
    return folder / f"part-{number:06d}.jsonl"


def _lines(folder: Path, parts: int) -> Iterator[list[str]]:
    for number in range(parts):
        with _part(folder, number).open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(rules.CHINA).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def workbook(export: Export, lines: Iterable[Sequence[str]]) -> bytes:
    """The file; row by row, so that memory does not grow with the list."""
    out = BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    bold, text = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
    sheet = book.add_worksheet(export.title)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(export.columns):
        sheet.set_column(place, place, min(column.width, _WIDEST))
        sheet.write_string(0, place, column.title, bold)
    for number, line in enumerate(lines, start=1):
        for place, value in enumerate(line):
            sheet.write_string(number, place, value, text if value.startswith(_RISKY) else None)
    book.close()
    return out.getvalue()
