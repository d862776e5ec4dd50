"""The register out and in again: what nobody changed stays, a mask is never written."""

import csv
import io
from datetime import UTC, datetime

import pytest
import xlsxwriter
from python_calamine import load_workbook

from fengsui.platform.actions import perform
from fengsui.platform.imports import parts
from fengsui.platform.imports.template import template
from fengsui.platform.jobs import store
from fengsui.platform.jobs.actions import Start, start
from fengsui.platform.jobs.models import Job
from fengsui.platform.jobs.step import step
from fengsui.platform.ledger.models import Entry
from fengsui.platform.ledger.verify import verify
from fengsui.registry.importers import PREMISES
from fengsui.registry.models import Premises, Responsible
from tests import make
from tests.registry.test_import_premises import counts, faults, imported, sheet

pytestmark = pytest.mark.django_db

PHONE, OTHER = "13847561234", "13904750008"
TITLES = (
    "单位名称", "区划代码", "地址", "场所种类", "建筑面积", "层数", "在地下", "公众聚集场所", "人员密集场所",
    "与种类不同的理由", "消防安全责任人", "责任人电话", "消防安全管理人", "纬度", "类别",
)  # fmt: skip
PLACES = (
    ("云岭商务酒店", "150502001000", "建国路 118 号", "", "", "", "", "是", "是", "登记表所填", "乌日图那顺", PHONE, "其木格", "43.6123", "重点单位"),
    ("西辽河面粉厂", "150502001000", "粮库街 3 号", "", "1200", "2", "否", "", "", "", "赵刚", OTHER, "", "", ""),
    ("+明仁@超市", "150502001000", "-明仁大街 9 号", "", "", "", "", "", "", "", "", "", "", "", ""),
)  # fmt: skip


@pytest.fixture
def lead():
    make.region()
    who = make.who(organisation=make.organisation())
    imported(who, sheet(*PLACES, titles=TITLES))
    assert Premises.objects.count() == len(PLACES)
    return who


def exported(who, form="xlsx") -> bytes:
    said = Start(kind="export-premises", arguments={"_format": form})
    made = perform(start, None, make.call(who), said).made
    while step(datetime.now(UTC)):
        pass
    return store.result(Job.objects.get(pk=made))


def table(data):
    return load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def changed(data: bytes, *edits: tuple[str, str, str]) -> bytes:
    """The file as a person edits it: (name of the unit, heading, what to write there)."""
    head, *lines = table(data)
    for name, title, text in edits:
        (line,) = (line for line in lines if line[1] == name)
        line[head.index(title)] = text
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        made = book.add_worksheet()
        for number, line in enumerate([head, *lines]):
            made.write_row(number, 0, line)
    return out.getvalue()


def standing():
    """The register, every column; sealed values compare by what they hold."""
    return list(Premises.objects.order_by("code").values())


def test_the_headings_are_those_of_the_template_and_then_what_is_read_only(lead):
    wanted = (
        load_workbook(io.BytesIO(template(PREMISES, lead))).get_sheet_by_index(0).to_python()[0]
    )

    head = table(exported(lead))[0]

    assert head[: len(wanted)] == wanted
    assert len(head) > len(wanted)
    assert all(title.endswith("（只读）") for title in head[len(wanted) :])


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_nobody_changed_stays_as_it_is(lead, form):
    before, entries = standing(), Entry.objects.filter(what__startswith="premises.").count()

    job = imported(lead, exported(lead, form), name=f"监管对象.{form}")

    assert (counts(job), faults(job)) == ((0, 0, 3, 0), [])
    assert standing() == before
    assert Entry.objects.filter(what__startswith="premises.").count() == entries
    notes = parts.head(store.folder(job.id)).notes
    assert [note for note in notes if "只读的列，导入时不看：状态（只读）" in note]


def test_one_address_edited_is_exactly_one_change(lead):
    data = changed(exported(lead), ("云岭商务酒店", "地址*", "建国路 120 号"))
    before = {row["name"]: row for row in standing()}

    job = imported(lead, data)

    after = {row["name"]: row for row in standing()}
    assert (counts(job), faults(job)) == ((0, 1, 2, 0), [])
    differing = {
        (name, field)
        for name, row in after.items()
        for field, value in row.items()
        if value != before[name][field]
    }
    by_itself = {"version", "entry_id", "address_key"}
    assert {(n, f) for n, f in differing if f not in by_itself} == {("云岭商务酒店", "address")}
    assert not Responsible.objects.filter(name__contains="*").exists()
    assert [said for said in verify().wrong if "registry." in said] == []


def test_the_file_holds_no_phone_and_no_name_of_a_person(lead):
    for form in ("xlsx", "csv"):
        text = str(table(exported(lead))) if form == "xlsx" else exported(lead, form).decode()
        for said in (PHONE, OTHER, "乌日图那顺", "赵刚", "其木格"):
            assert said not in text
        assert "138****1234" in text


def test_a_new_number_beside_a_masked_name_and_a_new_name_beside_a_masked_number(lead):
    data = changed(
        exported(lead),
        ("云岭商务酒店", "责任人电话", "13847560001"),
        ("西辽河面粉厂", "消防安全责任人", "钱卫东"),
    )

    job = imported(lead, data)

    hotel, mill = Premises.objects.exclude(name__startswith="+").order_by("code")
    assert (counts(job), faults(job)) == ((0, 2, 1, 0), [])
    assert (hotel.responsible_name, hotel.responsible_phone.open()) == ("乌日图那顺", "13847560001")
    assert (mill.responsible_name, mill.responsible_phone.open()) == ("钱卫东", OTHER)


def test_a_mask_that_is_not_that_of_the_register_is_refused_and_nothing_is_written(lead):
    before = standing()
    data = changed(
        exported(lead),
        ("云岭商务酒店", "责任人电话", "139****0000"),
        ("西辽河面粉厂", "消防安全责任人", "钱*"),
    )

    job = imported(lead, data)

    assert counts(job) == (0, 0, 1, 2)
    assert {fault[1:3] for fault in faults(job)} == {
        ("责任人电话", "带星号的内容不是原文"),
        ("消防安全责任人", "带星号的内容不是原文"),
    }
    assert standing() == before


def test_a_new_place_cannot_be_registered_with_masks(lead):
    row = ("新城旅馆", "150502001000", "新城路 1 号", "赵**", "138****0000")
    titles = ("单位名称", "区划代码", "地址", "消防安全责任人", "责任人电话")

    job = imported(lead, sheet(row, titles=titles))

    assert counts(job) == (0, 0, 0, 1)
    assert Premises.objects.count() == len(PLACES)


def test_an_entry_that_was_merged_goes_out_and_in_unchanged(lead):
    first, second = Premises.objects.order_by("code")[:2]
    Premises.objects.filter(pk=second.pk).update(state="merged", merged_into=first)

    job = imported(lead, exported(lead))

    assert counts(job) == (0, 0, 3, 0)


def test_a_quote_in_a_csv_is_taken_off_once(lead):
    name = "'明仁'书店"
    imported(lead, sheet((name, "150502001000", "'=9 号"), titles=("单位名称", "区划代码", "地址")))

    data = exported(lead, "csv")

    (line,) = (
        line for line in csv.reader(io.StringIO(data.decode("utf-8-sig"))) if "书店" in line[1]
    )
    assert (line[1], line[3]) == (f"'{name}", "''=9 号")
    assert counts(imported(lead, data, name="x.csv")) == (0, 0, 4, 0)
