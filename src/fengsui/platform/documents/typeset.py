"""Data and a typst form to a PDF: the same bytes each time, with no font of the machine."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

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
    pdf = compiler.compile(format="pdf", sys_inputs={"data": json.dumps(data, ensure_ascii=False)})
    if not isinstance(pdf, bytes):
        raise TypeError("typst returned no single file")
    return pdf


@lru_cache(maxsize=32)
def _compiler(template: Path) -> typst.Compiler:
    """One compiler a form: fonts are read once, not per page."""
    return typst.Compiler(
        input=str(template), root=str(ROOT), font_paths=[str(FONTS)], ignore_system_fonts=True
    )


def matrix(text: str) -> list[str]:
    """A QR code as rows of 0 and 1, for the form to draw.

    Trying all eight masks costs as much as typesetting half a page; any mask can be read.
    """
    rows = segno.make(text, error="m", micro=False, mask=_MASK).matrix
    return ["".join("1" if cell else "0" for cell in row) for row in rows]
