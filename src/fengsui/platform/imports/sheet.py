"""A table out of a file, row by row, as text cells with their numbers; formulas are never computed."""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain
from pathlib import PurePath
from typing import IO, Any

import python_calamine
from django.utils.translation import gettext as _

from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules

# At the end of a heading: the house works this column out, an import does not look at it.
READ_ONLY = "（只读）"
# What a spreadsheet may take for a formula; in a CSV such text stands behind a single quote, and so
# does text that begins with a quote itself.
RISKY = ("=", "+", "-", "@", "\t", "\r")
QUOTED = ("'", *RISKY)
_ZIPPED = frozenset({".xlsx", ".xlsm", ".ods"})
_PRECISE = 1e15
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


@dataclass(frozen=True, slots=True)
class Open:
    """A file being read: its headings as they stand, what is to be said of it, and its rows once."""

    titles: Sequence[str]
    notes: Sequence[str]
    lines: Iterator[Line]


def read_sheet(data: bytes, name: str, most: Limits) -> Sheet:
    """A short table at once. Refuses what `open_sheet` refuses."""
    found = open_sheet(io.BytesIO(data), len(data), name, most)
    return Sheet(found.titles, list(found.lines))


def open_sheet(source: IO[bytes], size: int, name: str, most: Limits) -> Open:
    """The first visible sheet of a file of `size` bytes; empty rows are passed over.

    Refuses `sheet-type`, `-unreadable`, `-too-large`, `-empty`; while rows are read `-too-long`.
    """
    if size > most.size:
        raise Refusal("sheet-too-large", size=size, limit=most.size)
    rows, notes = _csv_rows(source, name) if _is_csv(name) else _book_rows(source, name, most)
    titles = [_title(cell) for cell in next(rows, [])]
    lines = _lines(titles, rows, most)
    first = next(lines, None)
    if first is None:
        raise Refusal("sheet-empty")
    return Open([title for title in titles if title], notes, chain([first], lines))


def _lines(titles: Sequence[str], rows: Iterator[Sequence[Any]], most: Limits) -> Iterator[Line]:
    found = 0
    for number, row in enumerate(rows, start=2):
        texts = [_text(cell) for cell in row]
        if not any(texts):
            continue
        found += 1
        if found > most.rows:
            raise Refusal("sheet-too-long", limit=most.rows)
        cells = {title: text for title, text in zip(titles, texts, strict=False) if title and text}
        yield Line(number, cells)


def _is_csv(name: str) -> bool:
    return PurePath(name).suffix.lower() == ".csv"


def _book_rows(
    source: IO[bytes], name: str, most: Limits
) -> tuple[Iterator[Sequence[Any]], list[str]]:
    kind = PurePath(name).suffix.lower()
    if kind not in _BINARY:
        raise Refusal("sheet-type", name=name)
    try:
        if kind in _ZIPPED:
            _check_unpacked(source, most)
        book = python_calamine.load_workbook(source)
        chosen, notes = _chosen(book)
        sheet = book.get_sheet_by_name(chosen)
        if sheet.merged_cell_ranges:
            notes.append(_("有合并的单元格：只有左上角的一格有值，其余按没有填写处理"))
        return iter(sheet.iter_rows()), notes
    except (*_CalamineErrors, zipfile.BadZipFile, OSError, ValueError, IndexError) as error:
        raise Refusal("sheet-unreadable", name=name) from error


def _chosen(book: python_calamine.CalamineWorkbook) -> tuple[str, list[str]]:
    """The name of the first sheet that a person sees. Raises IndexError when there is none."""
    seen = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible == python_calamine.SheetVisibleEnum.Visible
    ]
    first = book.sheet_names[0]
    if seen[0] == first:
        return first, []
    note = _("第一张工作表“{first}”是隐藏的，读取的是“{seen}”")
    return seen[0], [note.format(first=first, seen=seen[0])]


def _check_unpacked(source: IO[bytes], most: Limits) -> None:
    """A small file may unpack to more than fits into memory."""
    with zipfile.ZipFile(source) as packed:
        size = sum(member.file_size for member in packed.infolist())
    source.seek(0)
    if size > most.unpacked:
        raise Refusal("sheet-too-large", size=size, limit=most.unpacked)


def _csv_rows(source: IO[bytes], name: str) -> tuple[Iterator[Sequence[Any]], list[str]]:
    """UTF-8, or the GB 18030 that office software writes here."""
    for encoding in ("utf-8-sig", "gb18030"):
        if _decodes(source, encoding):
            text = io.TextIOWrapper(source, encoding, newline="")
            return _csv_lines(text, name), []
    raise Refusal("sheet-unreadable", name=name)


def _csv_lines(text: io.TextIOWrapper, name: str) -> Iterator[Sequence[Any]]:
    try:
        for row in csv.reader(text, strict=True):
            yield [
                cell[1:] if cell[:1] == "'" and cell[1:].startswith(QUOTED) else cell
                for cell in row
            ]
    except csv.Error as error:
        raise Refusal("sheet-unreadable", name=name) from error
    finally:
        if not text.closed:
            text.detach()  # the file is the caller's to close


def _decodes(source: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    source.seek(0)
    try:
        for block in iter(lambda: source.read(1 << 20), b""):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    source.seek(0)
    return True


def _title(cell: object) -> str:
    return _text(cell).replace("*", "").replace("＊", "").strip()


def _text(cell: object) -> str:
    """A cell as a person reads it: whole numbers without a point, days as 2026-03-02."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return "" if cell is None or isinstance(cell, timedelta) else str(cell).strip()


def _number(cell: float) -> str:
    """Beyond 15 digits a spreadsheet has lost the last ones: then as it shows the number itself."""
    if abs(cell) >= _PRECISE:
        return f"{cell:.14E}"
    return str(int(cell)) if cell.is_integer() else str(cell)
