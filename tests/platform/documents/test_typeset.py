"""Typesetting: our fonts only, the same bytes each time, no character lost, a code that can be read."""

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
import segno
import typst
from PIL import Image
from pypdf import PdfReader

from fengsui.platform.documents import typeset
from fengsui.platform.documents.kinds import DOCUMENT_KINDS

HOUSE = Path(typeset.__file__).parent / "house.typ"
PROBE = """#import "/platform/documents/house.typ": *
#form("试纸")[#data.text]"""
DATA = {
    "number": "通消试字〔2026〕第0001号",
    "archive": "监督检查",
    "digest": "0" * 64,
    "agency": {"name": "通辽市消防救援支队"},
    "qr": typeset.matrix("https://example.org/d/1"),
    "text": "",
}


@pytest.fixture
def probe(tmp_path, monkeypatch):
    """A form of nothing but the house's page, inside the root that forms live in."""
    (tmp_path / "platform/documents").mkdir(parents=True)
    (tmp_path / "platform/documents/house.typ").write_text(HOUSE.read_text("utf-8"), "utf-8")
    (tmp_path / "probe.typ").write_text(PROBE, "utf-8")
    monkeypatch.setattr(typeset, "ROOT", tmp_path)
    return tmp_path / "probe.typ"


def words(pdf):
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def fonts_of(pdf):
    return set(re.findall(rb"/BaseFont ?/[A-Z]+\+([A-Za-z-]+)", pdf))


def test_rare_characters_and_mongolian_names_are_printed(probe):
    text = "牤牛河乌云·其其格㎡①ᠮᠣᠩᠭᠣᠯ"

    pdf = typeset.render(probe, DATA | {"text": text})

    assert text in words(pdf)


def test_no_font_is_used_that_is_not_ours(probe):
    pdf = typeset.render(probe, DATA | {"text": "牤㎡ᠮ消防ABC123"})

    assert fonts_of(pdf)
    assert all(
        name.startswith((b"Fandol", b"Fengsui", b"NotoSansMongolian")) for name in fonts_of(pdf)
    )


def test_the_house_page_names_only_fonts_that_are_there():
    families = set(typeset._fonts().families())
    named = set(re.findall(r'"((?:Fandol|Fengsui|Noto)[^"]*)"', HOUSE.read_text("utf-8")))

    assert named <= families


def test_what_no_font_can_show_is_printed_as_its_code(probe):
    assert typeset.unprintable("着火🔥了🔥") == "🔥"

    pdf = typeset.render(probe, DATA | {"text": "着火🔥了"})

    assert "着火〔U+1F525〕了" in words(pdf)


def test_the_same_data_gives_the_same_bytes(probe):
    first = typeset.render(probe, DATA | {"text": "一"})
    typeset._compiler.cache_clear()

    assert typeset.render(probe, DATA | {"text": "一"}) == first


@pytest.mark.parametrize("name", sorted(DOCUMENT_KINDS))
def test_every_kind_of_paper_says_where_it_is_filed_and_by_what_power(name):
    kind = DOCUMENT_KINDS[name]

    assert kind.template.exists()
    assert kind.archive in {
        "行政许可", "监督检查", "重点单位", "重大火灾隐患", "火灾调查",
        "行政处罚", "行政强制", "执法救济", "刑事执法",
    }  # fmt: skip
    assert {"number", "archive", "power"} <= set(kind.form.model_fields)


def test_the_code_on_the_page_is_the_code_that_was_made(probe):
    """Each module of the picture, sampled at its centre, is that of an independent encoding."""
    text = "https://example.org/d/0123456789abcdef0123456789abcdef"
    compiler = typst.Compiler(input=str(probe), root=str(probe.parent), font_paths=typeset._fonts())
    data = json.dumps(DATA | {"qr": typeset.matrix(text)}, ensure_ascii=False)
    picture = compiler.compile(format="png", ppi=288, sys_inputs={"data": data})
    assert isinstance(picture, bytes)

    expected = segno.make(text, error="m", micro=False, mask=3).matrix
    seen = sampled(Image.open(BytesIO(picture)).convert("L"), len(expected))

    assert seen == [[bool(cell) for cell in row] for row in expected]


def sampled(picture, count):
    """The code's modules: it is the dark square that starts furthest up on the left margin."""
    margin = round(2.8 / 2.54 * 288)
    size = round(1.7 / 2.54 * 288)
    column = [picture.getpixel((margin + 3, y)) < 128 for y in range(picture.height)]
    top = column.index(True)
    unit = size / count
    return [
        [
            picture.getpixel((int(margin + (x + 0.5) * unit), int(top + (y + 0.5) * unit))) < 128
            for x in range(count)
        ]
        for y in range(count)
    ]
