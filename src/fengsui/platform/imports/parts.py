"""A table being imported, as files beside its job: rows in parts, faults in parts, the sheet of faults.

Reading a spreadsheet costs a second or more and cannot begin in the middle; so it is read once and
kept as JSON lines, and every later step opens one small part. The content of each file follows from
the upload and the checkpoint alone: a step that runs again writes the same.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from fengsui.platform.imports.reading import Fault
from fengsui.platform.imports.sheet import Line
from fengsui.platform.jobs import store

RISKY = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet may take for a formula
_INERT = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class Head:
    """What is known once a table has been read."""

    titles: Sequence[str]
    notes: Sequence[str]
    rows: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A row of a part; `twin` is the number of the earlier row about the same thing, or 0."""

    line: Line
    twin: int


def keep(
    folder: Path,
    head: Callable[[int], Head],
    lines: Iterable[Line],
    identity: Callable[[Mapping[str, str]], str],
    size: int,
) -> Head:
    """Write all rows in parts of `size`; the head last, so that a table with a head is whole."""
    seen: dict[str, int] = {}
    part: list[str] = []
    count = 0
    for count, line in enumerate(lines, start=1):
        key = identity(line.cells)
        twin = seen.setdefault(key, line.number) if key else line.number
        kept = [line.number, line.cells, 0 if twin == line.number else twin]
        part.append(json.dumps(kept, ensure_ascii=False))
        if len(part) == size:
            _write(folder, "rows", count // size - 1, part)
            part = []
    if part:
        _write(folder, "rows", count // size, part)
    done = head(count)
    store.write(folder / "head.json", json.dumps(asdict(done)).encode())
    return done


def head(folder: Path) -> Head:
    return Head(**json.loads((folder / "head.json").read_text("utf-8")))


def rows(folder: Path, start: int, most: int, size: int) -> list[Kept]:
    """Up to `most` rows from row `start` (from 0) on, never beyond the end of a part of `size`."""
    path = _path(folder, "rows", start // size)
    if not path.exists():
        return []
    offset = start % size
    lines = path.read_text("utf-8").split("\n")[offset : offset + most]
    return [Kept(Line(number, cells), twin) for number, cells, twin in map(json.loads, lines)]


def keep_faults(folder: Path, start: int, faults: Sequence[Fault]) -> None:
    """The faults of the batch that began at row `start`; of a batch done again, only the last."""
    path = _path(folder, "faults", start)
    if faults:
        texts = [json.dumps(asdict(fault), ensure_ascii=False) for fault in faults]
        store.write(path, "\n".join(texts).encode())
    else:
        path.unlink(missing_ok=True)


def faults(folder: Path) -> Iterator[Fault]:
    """All faults, in the order of the rows."""
    for path in sorted(folder.glob("faults-*.jsonl")):
        for text in path.read_text("utf-8").split("\n"):
            yield Fault(**json.loads(text))


def fault_sheet(folder: Path) -> bytes:
    """The rows that did not go in, as they were, with what is wrong and how to put it right."""
    known = head(folder)
    out = BytesIO()
    book = xlsxwriter.Workbook(out, _INERT)
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    quoted = book.add_format({"num_format": "@", "quote_prefix": True})
    sheet = book.add_worksheet(_("没有导入的行"))
    sheet.freeze_panes(1, 0)
    headings = [*known.titles, _("原表行号"), _("问题"), _("怎样改")]
    sheet.set_column(0, len(headings) - 1, 20, text)
    sheet.write_row(0, 0, headings, bold)
    for place, values in enumerate(_told(folder, known), start=1):
        for column, value in enumerate(values):
            sheet.write_string(place, column, value, quoted if value.startswith(RISKY) else text)
    notes = book.add_worksheet(_("说明"))
    for place, note in enumerate(known.notes):
        notes.write_string(place, 0, note)
    book.close()
    return out.getvalue()


def _told(folder: Path, known: Head) -> Iterator[list[str]]:
    """One line for each bad row: its cells, its number, its problems, its remedies."""
    wanted = _by_row(folder)
    for path in sorted(folder.glob("rows-*.jsonl")):
        for text in path.read_text("utf-8").split("\n"):
            number, cells, _twin = json.loads(text)
            if found := wanted.pop(number, None):
                yield [*(cells.get(t, "") for t in known.titles), str(number), *_said(found)]
    for number, found in sorted(wanted.items()):
        yield [*("" for _title in known.titles), str(number), *_said(found)]


def _by_row(folder: Path) -> dict[int, list[Fault]]:
    found: dict[int, list[Fault]] = {}
    for fault in faults(folder):
        found.setdefault(fault.row, []).append(fault)
    return found


def _said(found: Sequence[Fault]) -> tuple[str, str]:
    problems = [f"{fault.column}：{fault.reason}" for fault in found]
    return "；".join(problems), "；".join(dict.fromkeys(fault.remedy for fault in found))


def _path(folder: Path, what: str, number: int) -> Path:
    return folder / f"{what}-{number:08d}.jsonl"


def _write(folder: Path, what: str, number: int, lines: Sequence[Any]) -> None:
    store.write(_path(folder, what, number), "\n".join(lines).encode())
