"""A table as a file, made in pieces: each step writes some rows, at the end they are put together.

So no step is long and nothing is ever held as a whole, however many rows there are. Cells are inert:
always text, never a formula or a link; what a spreadsheet could take for one is marked as text.
"""

import csv
import io
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from fengsui.platform import durable
from fengsui.platform.exports.kinds import Column, ExportKind
from fengsui.platform.imports.sheet import QUOTED, RISKY

XLSX, CSV = "xlsx", "csv"
MEDIA = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
}
SHEET_ROWS = 1_048_575  # what one sheet of the format holds, beside its heading
_SHEET = "xl/worksheets/sheet1.xml"
_BOM = "\ufeff".encode()
# What XML cannot hold is written as the format writes it; text that looks like that is told apart.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_NEVER = re.compile("[\ufffe\uffff]")
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_FAST = 3  # rows are mostly tags: more effort makes the file hardly smaller


def media_of(name: str) -> str:
    """The media type of a file that a job made."""
    return MEDIA[Path(name).suffix.removeprefix(".")]


def keep_part(
    folder: Path, number: int, form: str, lines: Iterable[Sequence[str]], first: int
) -> None:
    """Rows from the `first` (from 0) on, as they will stand in the file."""
    text = _csv(lines) if form == CSV else _rows(lines, first)
    durable.write(_part(folder, number), text.encode())


def put_together(
    path: Path, kind: ExportKind, form: str, folder: Path, parts: int, rows: int
) -> None:
    """The whole file out of its parts."""
    with durable.replacing(path) as file:
        if form == CSV:
            _csv_file(file, kind.columns, folder, parts)
        else:
            _book(file, kind, folder, parts, rows)


def _part(folder: Path, number: int) -> Path:
    return folder / f"part-{number:06d}"


def _append(file: IO[bytes], folder: Path, parts: int) -> None:
    for number in range(parts):
        with _part(folder, number).open("rb") as part:
            shutil.copyfileobj(part, file)


def _csv(lines: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([_quoted(text) for text in line] for line in lines)
    return out.getvalue()


def _quoted(text: str) -> str:
    """The importer takes the quote off again."""
    return f"'{text}" if text.startswith(QUOTED) else text


def _csv_file(file: IO[bytes], columns: Sequence[Column], folder: Path, parts: int) -> None:
    file.write(_BOM)
    file.write(_csv([[column.title for column in columns]]).encode())
    _append(file, folder, parts)


def _rows(lines: Iterable[Sequence[str]], first: int) -> str:
    """`<row>` elements; the heading is row 1. Styles are those of `_frame`."""
    return "".join(_row(line, number) for number, line in enumerate(lines, start=first + 2))


def _row(line: Sequence[str], number: int) -> str:
    cells = [_cell(text, place, number) for place, text in enumerate(line) if text]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(text: str, place: int, number: int) -> str:
    style = _QUOTED_STYLE if text.startswith(RISKY) else _TEXT_STYLE
    space = ' xml:space="preserve"' if text != text.strip() else ""
    where = f"{_LETTERS[place]}{number}"
    return f'<c r="{where}" s="{style}" t="inlineStr"><is><t{space}>{_escaped(text)}</t></is></c>'


def _escaped(text: str) -> str:
    text = _ESCAPED.sub("_x005F_", text).translate(_MARKUP)
    return _NEVER.sub("\ufffd", _CONTROL.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text))


_LETTERS = [xl_col_to_name(place) for place in range(200)]
# The formats of a book are numbered as they are first used: the heading, text, text behind a quote.
_TEXT_STYLE, _QUOTED_STYLE = 2, 3


def _frame(kind: ExportKind) -> bytes:
    """The file with its heading, its styles and one row that uses each, to be taken out again."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False})
    heading = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1})
    text = book.add_format({"num_format": "@"})
    quoted = book.add_format({"num_format": "@", "quote_prefix": True})
    sheet = book.add_worksheet(kind.title)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(kind.columns):
        sheet.set_column(place, place, column.width, text)
        sheet.write_string(0, place, column.title, heading)
    sheet.write_string(1, 0, "text", text)
    sheet.write_string(1, 1, "quoted", quoted)
    notes = book.add_worksheet(_("说明"))
    notes.set_column(0, 0, 90)
    for place, note in enumerate(_notes(kind)):
        notes.write_string(place, 0, note)
    book.close()
    return out.getvalue()


def _notes(kind: ExportKind) -> Iterator[str]:
    yield _("带星号的个人信息（如 138****0000）是掩码，完整内容不离开系统。")
    if kind.imports:
        yield _("这份表改后可以再导入：没有改的行不变，掩码表示不改，空格表示不改。")
        yield _("标题带“（只读）”的列由系统算出，导入时不看。")


def _book(file: IO[bytes], kind: ExportKind, folder: Path, parts: int, rows: int) -> None:
    frame = zipfile.ZipFile(io.BytesIO(_frame(kind)))
    with frame, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_FAST) as book:
        for member in frame.namelist():
            if member == _SHEET:
                _sheet(book, frame.read(member).decode(), folder, parts, rows)
            else:
                book.writestr(member, frame.read(member))


def _sheet(book: zipfile.ZipFile, frame: str, folder: Path, parts: int, rows: int) -> None:
    """Our rows in the place of the frame's one, and the true extent of the sheet."""
    head, sample, tail = re.split(r'(<row r="2".*?</row>)', frame, maxsplit=1)
    if re.findall(r' s="(\d+)"', sample) != [str(_TEXT_STYLE), str(_QUOTED_STYLE)]:
        raise ValueError(sample)
    head = re.sub(r'(<dimension ref="A1:[A-Z]+)\d+', rf"\g<1>{rows + 1}", head)
    with book.open(_SHEET, "w", force_zip64=True) as sheet:
        sheet.write(head.encode())
        _append(sheet, folder, parts)
        sheet.write(tail.encode())
