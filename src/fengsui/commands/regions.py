"""A table of administrative divisions, read wholly or not at all."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from fengsui.kernel.refusal import Refusal
from fengsui.platform.regions.models import CODE_LENGTH
from fengsui.platform.regions.store import replace_regions

COLUMNS = ("code", "level", "kind", "name", "parent")
_LEVELS = frozenset("12345")
_LONGEST = {"kind": 40, "name": 80}


def load(path: Path) -> int:
    """Add or exchange divisions; how many. Refuses `regions-invalid` with row and column."""
    return replace_regions(read(path))


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a table, all of them right. Refuses `regions-invalid`."""
    rows = _table(path)
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=2):
        for column, problem in _problems(row):
            raise _wrong(number, column, problem)
        if row["code"] in seen:
            raise _wrong(number, "code", f"与第 {seen[row['code']]} 行重复")
        seen[row["code"]] = number
    return [{name: row[name] for name in COLUMNS} for row in rows]


def _table(path: Path) -> list[dict[str, str]]:
    """Rows under a header that has every column."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            rows, header = list(table), table.fieldnames or ()
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _wrong(1, path.name, f"读不出来，应当是 UTF-8 编码的 CSV（{error}）") from error
    for column in COLUMNS:
        if column not in header:
            raise _wrong(1, column, "缺少这一列")
    if not rows:
        raise _wrong(2, "code", "表中没有数据行")
    return rows


def _is_code(text: str) -> bool:
    return len(text) == CODE_LENGTH and text.isascii() and text.isdigit()


def _problems(row: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    for column in COLUMNS:
        if row.get(column) is None:
            yield column, "这一行缺少这一列"
            return
    if not _is_code(str(row["code"])):
        yield "code", "不是十二位代码"
    if row["parent"] and not _is_code(str(row["parent"])):
        yield "parent", "不是十二位代码"
    if row["level"] not in _LEVELS:
        yield "level", "应当是 1（省）到 5（村）"
    if not str(row["name"]).strip():
        yield "name", "没有名称"
    for column, longest in _LONGEST.items():
        if len(str(row[column])) > longest:
            yield column, f"超过 {longest} 个字"


def _wrong(row: int, column: str, problem: str) -> Refusal:
    return Refusal("regions-invalid", row=row, column=column, problem=problem)
