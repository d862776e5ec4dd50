"""A table out of a file, as text cells with their row numbers; formulas are never computed."""

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import PurePath
from typing import Any

import python_calamine

from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules

_ZIPPED = frozenset({".xlsx", ".xlsm", ".ods"})
_BINARY = frozenset({".xls", *_ZIPPED})
_CalamineErrors = (
    python_calamine.CalamineError,
    python_calamine.PasswordError,
    python_calamine.XmlError,
    python_calamine.ZipError,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of data: its number as the spreadsheet shows it, and its cells by column title."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    titles: Sequence[str]
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Limits:
    size: int
    unpacked: int
    rows: int
    at_once: int
    batch: int


def limits(on: date) -> Limits:
    """Rule IMPORT-LIMITS."""
    names = ("bytes", "unpacked_bytes", "rows", "rows_at_once", "batch")
    return Limits(*(rules.limit("IMPORT-LIMITS", name, on) for name in names))


def read_sheet(data: bytes, name: str, most: Limits) -> Sheet:
    """The first sheet of a file. Refuses `sheet-type`, `-unreadable`, `-too-large`, `-too-long`, `-empty`."""
    if len(data) > most.size:
        raise Refusal("sheet-too-large", size=len(data), limit=most.size)
    rows = _rows(data, name, most)
    if len(rows) > most.rows + 1:
        raise Refusal("sheet-too-long", limit=most.rows)
    titles = [_title(cell) for cell in rows[0]] if rows else []
    lines = [
        Line(number, _cells(titles, row))
        for number, row in enumerate(rows[1:], start=2)
        if any(_text(cell) for cell in row)
    ]
    if not lines:
        raise Refusal("sheet-empty")
    return Sheet([title for title in titles if title], lines)


def _rows(data: bytes, name: str, most: Limits) -> list[list[Any]]:
    kind = PurePath(name).suffix.lower()
    if kind == ".csv":
        return _csv_rows(data, name, most)
    if kind not in _BINARY:
        raise Refusal("sheet-type", name=name)
    try:
        if kind in _ZIPPED:
            _check_unpacked(data, most)
        book = python_calamine.load_workbook(io.BytesIO(data))
        sheet = book.get_sheet_by_index(0)
        return sheet.to_python(skip_empty_area=False, nrows=most.rows + 2)
    except (*_CalamineErrors, zipfile.BadZipFile, OSError, ValueError, IndexError) as error:
        raise Refusal("sheet-unreadable", name=name) from error


def _check_unpacked(data: bytes, most: Limits) -> None:
    """A small file may unpack to more than fits into memory."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        size = sum(member.file_size for member in packed.infolist())
    if size > most.unpacked:
        raise Refusal("sheet-too-large", size=size, limit=most.unpacked)


def _csv_rows(data: bytes, name: str, most: Limits) -> list[list[Any]]:
    """UTF-8, or the GB 18030 that office software writes here."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            reader = csv.reader(io.StringIO(text, newline=""), strict=True)
            return [row for _, row in zip(range(most.rows + 2), reader, strict=False)]
        except csv.Error as error:
            raise Refusal("sheet-unreadable", name=name) from error
    raise Refusal("sheet-unreadable", name=name)


def _title(cell: object) -> str:
    return _text(cell).replace("*", "").replace("＊", "").strip()


def _cells(titles: Sequence[str], row: Sequence[object]) -> dict[str, str]:
    return {
        title: _text(cell)
        for title, cell in zip(titles, row, strict=False)
        if title and _text(cell)
    }


def _text(cell: object) -> str:
    """A cell as a person reads it: whole numbers without a point, days as 2026-03-02."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return "" if cell is None or isinstance(cell, timedelta) else str(cell).strip()
