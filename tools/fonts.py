"""Make `platform/documents/fonts` again from Debian's packages: same input, same bytes.

    apt-get download texlive-lang-chinese fonts-noto-cjk fonts-noto-core
    for deb in *.deb; do dpkg-deb -x "$deb" unpacked; done
    python tools/fonts.py unpacked

The Fandol faces and Noto Sans Mongolian are copied byte for byte. Characters that a Fandol face
lacks come from two subsets of Noto Serif CJK SC, renamed because they are no longer that font.
`coverage.txt` lists every character that all four Fandol faces, with these fallbacks, can show;
`typeset.py` refuses any other before it calls typst, so that no name loses a character in print.
"""

import argparse
import gzip
import hashlib
import re
import shutil
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

TARGET = Path(__file__).parents[1] / "src/fengsui/platform/documents/fonts"
FANDOL = Path("usr/share/texlive/texmf-dist/fonts/opentype/public/fandol")
FANDOL_LICENCE = Path("usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz")
NOTO_SERIF = Path("usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
NOTO_LICENCE = Path("usr/share/doc/fonts-noto-cjk/copyright")
MONGOLIAN = Path("usr/share/fonts/truetype/noto/NotoSansMongolian-Regular.ttf")

FACES = ("FandolFang-Regular", "FandolSong-Bold", "FandolHei-Regular", "FandolKai-Regular")
SC = 2  # the Simplified Chinese face inside Noto's collection
SYMBOLS = (
    (0x00A0, 0x017F),  # accented Latin, as in foreign names
    (0x2000, 0x2BFF),  # punctuation, units, arrows, circled numbers, boxes, ticks
    (0x3000, 0x30FF),
    (0x3200, 0x33FF),  # ㎡ ㎏ ㈱
    (0xFF00, 0xFFEF),
)
UNIFIED = ((0x4E00, 0x9FFF),)
RARE = ((0x3400, 0x4DBF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))


def main() -> None:
    """Copy, subset, write licences, coverage and checksums."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("unpacked", type=Path, help="where the Debian packages were unpacked")
    source: Path = parser.parse_args().unpacked
    TARGET.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        shutil.copyfile(source / FANDOL / f"{face}.otf", TARGET / f"{face}.otf")
    shutil.copyfile(source / MONGOLIAN, TARGET / MONGOLIAN.name)
    write_fallbacks(source / NOTO_SERIF)
    write_licences(source)
    (TARGET / "coverage.txt").write_text(coverage_text(printable()), "utf-8")
    (TARGET / "SHA256SUMS").write_text(checksums(), "utf-8")


def write_fallbacks(collection: Path) -> None:
    """Everything in Noto that at least one Fandol face lacks: common first, rare in its own file."""
    lacking = characters(TTCollection(str(collection)).fonts[SC]) - held_by_every_face()
    common = lacking & (two_byte_gb18030() | within(SYMBOLS) | within(UNIFIED))
    rare = (lacking & within(RARE)) - common
    write_subset(collection, common, "Fengsui Song")
    write_subset(collection, rare, "Fengsui Song Rare")


def write_subset(collection: Path, wanted: set[int], family: str) -> None:
    """Outlines only: no hinting, no layout tables. The file's date is the source's."""
    options = subset.Options(
        font_number=SC, hinting=False, notdef_outline=True, recalc_timestamp=False, name_IDs=["*"]
    )
    options.drop_tables += ["GSUB", "GPOS", "BASE", "VORG", "vhea", "vmtx"]
    font = subset.load_font(str(collection), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    rename(font, family)
    font.save(TARGET / f"{family.replace(' ', '')}-Regular.otf")


def rename(font: TTFont, family: str) -> None:
    """Give the subset a name of its own; the copyright and licence entries stay."""
    postscript = f"{family.replace(' ', '')}-Regular"
    names = {1: family, 2: "Regular", 3: postscript, 4: family, 6: postscript}
    table = font["name"]
    table.names = [name for name in table.names if name.nameID in {0, 5, 7, 13, 14}]
    for identifier, text in names.items():
        table.setName(text, identifier, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [postscript]
    cff.topDictIndex[0].FullName = family
    cff.topDictIndex[0].FamilyName = family


def write_licences(source: Path) -> None:
    """The licence texts, taken from the packages the fonts come from."""
    with gzip.open(source / FANDOL_LICENCE, "rt", encoding="utf-8") as text:
        (TARGET / "LICENSE-Fandol.txt").write_text(text.read(), "utf-8")
    copyright_file = (source / NOTO_LICENCE).read_text("utf-8")
    opening, ending = r"^ SIL OPEN FONT LICENSE", r"OTHER\s+DEALINGS[^.]*\."
    whole = re.search(f"{opening}.*?{ending}", copyright_file, re.MULTILINE | re.DOTALL)
    if whole is None:
        raise SystemExit(f"{NOTO_LICENCE}: the Open Font License is not where it was")
    lines = [re.sub(r"^ \.?", "", line) for line in whole.group().splitlines()]
    (TARGET / "LICENSE-Noto.txt").write_text("\n".join(lines) + "\n", "utf-8")


def printable() -> set[int]:
    """Characters that show whichever Fandol face a template chooses."""
    fallback = set[int]()
    for path in TARGET.glob("*.[ot]tf"):
        if not path.name.startswith("Fandol"):
            fallback |= characters(TTFont(path))
    faces = [characters(TTFont(TARGET / f"{face}.otf")) | fallback for face in FACES]
    return set.intersection(*faces)


def coverage_text(covered: Iterable[int]) -> str:
    """One `first-last` range in hexadecimal a line."""
    ordered = sorted(covered)
    breaks = [(a, b) for a, b in pairwise(ordered) if b != a + 1]
    firsts = [ordered[0], *(b for _, b in breaks)]
    lasts = [*(a for a, _ in breaks), ordered[-1]]
    return "".join(f"{a:X}-{b:X}\n" for a, b in zip(firsts, lasts, strict=True))


def checksums() -> str:
    """In the form `sha256sum --check` reads."""
    fonts = sorted(TARGET.glob("*.[ot]tf"))
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in fonts
    )


def characters(font: TTFont) -> set[int]:
    """Code points of the font's character map."""
    return set(font.getBestCmap())


def held_by_every_face() -> set[int]:
    """Code points all four Fandol faces have."""
    return set.intersection(*(characters(TTFont(TARGET / f"{face}.otf")) for face in FACES))


def two_byte_gb18030() -> set[int]:
    """What GB 18030 writes in two bytes, without the private use area."""
    pairs = (bytes([a, b]) for a in range(0x81, 0xFF) for b in range(0x40, 0xFF))
    decoded = (pair.decode("gb18030", "ignore") for pair in pairs)
    return {ord(c) for c in decoded if len(c) == 1 and not 0xE000 <= ord(c) <= 0xF8FF}


def within(ranges: Iterable[tuple[int, int]]) -> set[int]:
    """All code points of inclusive ranges."""
    return {point for first, last in ranges for point in range(first, last + 1)}


if __name__ == "__main__":
    main()
