"""Tables as they really come: hidden sheets, merged cells, a million empty rows, bombs, odd encodings."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from fengsui.kernel.refusal import Refusal
from fengsui.platform.imports.sheet import Limits, Open, open_sheet, read_sheet

LIMITS = Limits(size=5_000_000, unpacked=100_000_000, rows=1_000, at_once=100, batch=50)


def opened(data: bytes, name: str = "表.xlsx") -> Open:
    return open_sheet(io.BytesIO(data), len(data), name, LIMITS)


def book(fill) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as made:
        fill(made)
    return out.getvalue()


def table(made, *rows, name="表"):
    sheet = made.add_worksheet(name)
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    return sheet


def test_a_hidden_first_sheet_is_passed_over_and_that_is_said():
    def fill(made):
        table(made, ["列"], ["藏"], name="隐藏").hide()
        table(made, ["列"], ["见"], name="登记").activate()

    found = opened(book(fill))

    assert [line.cells for line in found.lines] == [{"列": "见"}]
    assert found.notes == ["第一张工作表“隐藏”是隐藏的，读取的是“登记”"]


def test_merged_cells_have_their_value_in_the_first_row_only_and_that_is_said():
    def fill(made):
        sheet = table(made, ["甲", "乙"], ["", 1], ["", 2])
        sheet.merge_range(1, 0, 2, 0, "并")

    found = opened(book(fill))

    assert [line.cells for line in found.lines] == [{"甲": "并", "乙": "1"}, {"乙": "2"}]
    assert found.notes == ["有合并的单元格：只有左上角的一格有值，其余按没有填写处理"]


def test_a_million_empty_rows_are_no_rows():
    def fill(made):
        sheet = table(made, ["列"], ["头"])
        sheet.write_string(1_000_000, 0, "尾")
        grey = made.add_format({"bg_color": "#eeeeee"})
        for number in range(2, 20_000):
            sheet.write_blank(number, 0, None, grey)

    found = [(line.number, line.cells["列"]) for line in opened(book(fill)).lines]

    assert found == [(2, "头"), (1_000_001, "尾")]


def test_a_formula_counts_as_the_value_that_the_file_keeps_and_text_stays_text():
    def fill(made):
        sheet = table(made, ["数", "文"])
        sheet.write_formula(1, 0, "=1+1", None, 2)
        sheet.write_string(1, 1, "=cmd|' /C calc'!A0")

    (line,) = opened(book(fill)).lines

    assert line.cells == {"数": "2", "文": "=cmd|' /C calc'!A0"}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (150502001000, "150502001000"),
        (123456789012345678, "1.23456789012346E+17"),
        (2.5, "2.5"),
        (True, "是"),
        (45000, "45000"),
        ("2024年5月1日", "2024年5月1日"),
        ("  两边空白  ", "两边空白"),
    ],
)
def test_a_cell_is_read_as_a_person_reads_it(value, text):
    (line,) = opened(book(lambda made: table(made, ["列"], [value]))).lines

    assert line.cells == {"列": text}


def test_a_day_is_a_day():
    def fill(made):
        sheet = table(made, ["日"])
        sheet.write_datetime(1, 0, date(2024, 5, 1), made.add_format({"num_format": "yyyy-mm-dd"}))

    (line,) = opened(book(fill)).lines

    assert line.cells == {"日": "2024-05-01"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_of_every_encoding_in_use(encoding):
    data = '单位名称,地址\r\n"云岭，商务酒店","建国路\n118 号"\r\n𠮷野家,街\r\n'.encode(encoding)

    lines = [line.cells for line in opened(data, "表.csv").lines]

    assert lines == [
        {"单位名称": "云岭，商务酒店", "地址": "建国路\n118 号"},
        {"单位名称": "𠮷野家", "地址": "街"},
    ]


ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="表"><table:table-row><table:table-cell office:value-type="string"><text:p>列</text:p>
</table:table-cell></table:table-row><table:table-row><table:table-cell office:value-type="string">
<text:p>值</text:p></table:table-cell></table:table-row></table:table>
</office:spreadsheet></office:body></office:document-content>"""


def test_an_ods_file():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
        packed.writestr("content.xml", ODS)

    assert [line.cells for line in opened(out.getvalue(), "表.ods").lines] == [{"列": "值"}]


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 101_000_000)

    with pytest.raises(Refusal, match="sheet-too-large"):
        opened(out.getvalue())


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"%PDF-1.7", "表.xlsx", "sheet-unreadable"),
        (b"PK\x03\x04 broken", "表.ods", "sheet-unreadable"),
        (b"<html>", "表.xls", "sheet-unreadable"),
        (b"MZ", "表.exe", "sheet-type"),
        (b"\x80\xff\xff", "表.csv", "sheet-unreadable"),
    ],
)
def test_what_is_no_table_is_refused(data, name, code):
    with pytest.raises(Refusal, match=code):
        read_sheet(data, name, LIMITS)
