"""A table being imported, as files beside its job: rows in parts, faults in parts, the sheet of faults.

Reading a spreadsheet costs a second or more and cannot begin in the middle; so it is read once and
kept as JSON lines, and every later step opens one small part. The content of each file follows from
the upload and the checkpoint alone: a step that runs again writes the same. Rows are concealed: what
they say of people is nowhere on the disk in clear.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter
from django.utils.translation import gettext as _

from fengsui.platform import durable
from fengsui.platform.fields import concealed, disclosed
from fengsui.platform.imports.reading import Fault
from fengsui.platform.imports.sheet import RISKY, Line

if TYPE_CHECKING:
    from fengsui.platform.imports.kinds import TableKind

_INERT = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


_JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False)


@dataclass(frozen=True, slots=True)
class Head:
    """What is known once a table has been read; `clear` are the titles that a report may repeat."""

    titles: Sequence[str]
    clear: Sequence[str]
    notes: Sequence[str]
    rows: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A row of a part; `twin` is the number of the earlier row about the same thing, or 0; `like`
    that of one that may be about the same; `nth` counts those that nothing tells apart."""

    line: Line
    twin: int
    like: int
    nth: int


def keep(
    folder: Path,
    head: Callable[[int], Head],
    lines: Iterable[Line],
    kind: "TableKind",
    size: int,
) -> Head:
    """Write all rows in parts of `size`; the head last, so that a table with a head is whole."""
    seen: dict[str, int] = {}
    shared: dict[str, int] = {}
    around: dict[str, list[tuple[str, int]]] = {}
    counts: Counter[str] = Counter()
    part: list[str] = []
    count = 0
    for count, line in enumerate(lines, start=1):
        key = kind.identity(line.cells)
        twin = seen.setdefault(key, line.number) if key else line.number
        like = [shared.setdefault(sign, line.number) for sign in kind.alike(line.cells)]
        like += _near(around, *kind.near(line.cells), line.number)
        counts[kind.counted(line.cells)] += 1
        earlier = (0 if one == line.number else one for one in (twin, min(like, default=0)))
        kept = [line.number, line.cells, *earlier, counts[kind.counted(line.cells)]]
        part.append(_JSON.encode(kept))
        if len(part) == size:
            _write(folder, "rows", count // size - 1, part)
            part = []
    if part:
        _write(folder, "rows", count // size, part)
    done = head(count)
    durable.write(folder / "head.json", json.dumps(asdict(done)).encode())
    return done


def _near(
    around: dict[str, list[tuple[str, int]]], place: str, name: str, number: int
) -> list[int]:
    """Earlier rows at the place whose name holds this one, or is held by it."""
    if not place or not name:
        return []
    there = around.setdefault(place, [])
    found = [earlier for other, earlier in there if other in name or name in other]
    there.append((name, number))
    return found


def head(folder: Path) -> Head:
    return Head(**json.loads((folder / "head.json").read_text("utf-8")))


def rows(folder: Path, start: int, most: int, size: int) -> list[Kept]:
    """Up to `most` rows from row `start` (from 0) on, never beyond the end of a part of `size`."""
    path = _path(folder, "rows", start // size)
    if not path.exists():
        return []
    offset = start % size
    lines = _opened(path, path.stat().st_mtime_ns)[offset : offset + most]
    return [
        Kept(Line(number, cells), *earlier) for number, cells, *earlier in map(json.loads, lines)
    ]


def keep_faults(folder: Path, start: int, faults: Sequence[Fault]) -> None:
    """The faults of the batch that began at row `start`; of a batch done again, only the last."""
    path = _path(folder, "faults", start)
    if faults:
        texts = [json.dumps(asdict(fault), ensure_ascii=False) for fault in faults]
        durable.write(path, concealed("\n".join(texts).encode()))
    else:
        path.unlink(missing_ok=True)


def faults(folder: Path) -> Iterator[Fault]:
    """All faults, in the order of the rows."""
    for path in sorted(folder.glob("faults-*.jsonl")):
        for text in _texts(path):
            yield Fault(**json.loads(text))


def fault_sheet(folder: Path) -> bytes:
    """The rows that did not go in, as they were but for what is personal, with what is wrong and how
    to put it right."""
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
        for text in _texts(path):
            number, cells, *_rest = json.loads(text)
            if found := wanted.pop(number, None):
                shown = (cells.get(t, "") if t in known.clear else "" for t in known.titles)
                yield [*shown, str(number), *_said(found)]
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
    durable.write(_path(folder, what, number), concealed("\n".join(lines).encode()))


@lru_cache(maxsize=1)
def _opened(path: Path, _written: int) -> list[str]:
    """The part that is being imported: its batches follow one another."""
    return _texts(path)


def _texts(path: Path) -> list[str]:
    return disclosed(path.read_bytes()).decode().split("\n")
