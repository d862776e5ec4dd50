"""A table of administrative divisions, read wholly or not at all."""

import csv
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from fengsui.kernel.refusal import Refusal
from fengsui.platform.regions.models import CODE_LENGTH
from fengsui.platform.regions.store import replace_regions

COLUMNS = ("code", "level", "kind", "name", "parent")


def load(path: Path) -> int:
    """Add or exchange divisions; how many. Refuses `regions-invalid` with row and column."""
    return replace_regions(read(path))


def count(path: Path) -> int:
    """How many a table would add or exchange. Refuses `regions-invalid`."""
    return len(read(path))


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
    """Column and what is wrong with it; the first one is said."""
    for column in COLUMNS:
        text = row.get(column)
        if text is None:
            yield column, "这一行缺少这一列"
        elif not _CHECKS[column](text):
            yield column, _PROBLEMS[column]


_CHECKS: Mapping[str, Callable[[str], bool]] = {
    "code": _is_code,
    "level": lambda text: text in {"1", "2", "3", "4", "5"},
    "kind": lambda text: len(text) <= 40,
    "name": lambda text: 0 < len(text.strip()) <= 80,
    "parent": lambda text: not text or _is_code(text),
}
_PROBLEMS = {
    "code": "不是十二位代码",
    "level": "应当是 1（省）到 5（村）",
    "kind": "超过 40 个字",
    "name": "没有名称，或超过 80 个字",
    "parent": "不是十二位代码",
}


def _wrong(row: int, column: str, problem: str) -> Refusal:
    return Refusal("regions-invalid", row=row, column=column, problem=problem)
