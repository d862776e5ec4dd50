"""Data and a typst form to a PDF: the same bytes each time, with no font of the machine."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
import typst

_HERE = Path(__file__).parent
FONTS = _HERE / "fonts"
_MASK = 3
ROOT = _HERE.parents[1]


def render(template: Path, data: Mapping[str, object]) -> bytes:
    """The PDF of `template` filled with `data` (JSON types).

    Deterministic: no clock, no randomness. Raises typst.TypstError for a broken form.
    """
    compiler = _compiler(template)
    inputs = {"data": json.dumps(legible(data), ensure_ascii=False)}
    pdf = compiler.compile(format="pdf", sys_inputs=inputs)
    if not isinstance(pdf, bytes):
        raise TypeError("typst returned no single file")
    return pdf


@lru_cache(maxsize=32)
def _compiler(template: Path) -> typst.Compiler:
    """One compiler a form, with our fonts and no others: they are read once, not per page."""
    return typst.Compiler(input=str(template), root=str(ROOT), font_paths=_fonts())


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


@lru_cache(maxsize=1)
def _printable() -> frozenset[int]:
    """The code points that our fonts have glyphs for (coverage.txt: hexadecimal ranges)."""
    text = (FONTS / "coverage.txt").read_text("ascii")
    ranges = (line.split("-") for line in text.split())
    return frozenset(n for first, last in ranges for n in range(int(first, 16), int(last, 16) + 1))


def unprintable(text: str) -> str:
    """The characters of `text` that no font here can show, each once, in order."""
    return "".join(dict.fromkeys(c for c in text if ord(c) not in _printable()))


def legible(value: Any) -> Any:
    """`value` with every character that cannot be printed as its code, 〔U+1F525〕: seen, never lost."""
    if isinstance(value, str):
        return "".join(c if ord(c) in _printable() else f"〔U+{ord(c):04X}〕" for c in value)
    if isinstance(value, Mapping):
        return {name: legible(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [legible(inner) for inner in value]
    return value


def matrix(text: str) -> list[str]:
    """A QR code as rows of 0 and 1, for the form to draw.

    Trying all eight masks costs as much as typesetting half a page; any mask can be read.
    """
    rows = segno.make(text, error="m", micro=False, mask=_MASK).matrix
    return ["".join("1" if cell else "0" for cell in row) for row in rows]
