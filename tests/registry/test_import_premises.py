"""The register by table: bad rows are named, good ones go in, doing it again changes nothing."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import load_workbook

from benchmarks import register
from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.models import Organisation
from fengsui.platform.actions import perform
from fengsui.platform.calls import Nothing
from fengsui.platform.imports import parts
from fengsui.platform.imports.jobs import keep_upload
from fengsui.platform.imports.kinds import KINDS
from fengsui.platform.jobs import store
from fengsui.platform.jobs.actions import Start, cancel, start
from fengsui.platform.jobs.models import Job
from fengsui.platform.jobs.step import step
from fengsui.platform.ledger.models import Entry
from fengsui.registry.access import premises_for
from fengsui.registry.models import Premises
from tests import make

pytestmark = pytest.mark.django_db

KIND = KINDS["premises"]
NAMES = (
    "单位编码",
    "单位名称",
    "统一社会信用代码",
    "区划代码",
    "地址",
    "责任人电话",
    "公众聚集场所",
    "人员密集场所",
)
CREDIT = "91350100M000100Y43"  # the worked example of GB 32100-2015
HOTEL = ("", "云岭商务酒店", CREDIT, "150502001000", "建国路 118 号", "13800000027", "是", "是")
MILL = ("", "西辽河面粉厂", "", "150502001000", "粮库街 3 号", "", "", "")


@pytest.fixture
def lead():
    make.region()
    return make.who(organisation=make.organisation())


def sheet(*rows, titles=NAMES) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        table = book.add_worksheet()
        for number, row in enumerate([titles, *rows]):
            table.write_row(number, 0, row)
    return out.getvalue()


def begun(who, data: bytes, mode="", name="登记表.xlsx") -> Job:
    said = {"name": name, "mode": mode, "_upload": keep_upload([data])}
    form = Start(kind="import-premises", arguments=said)
    return Job.objects.get(pk=perform(start, None, make.call(who), form).made)


def imported(who, data: bytes, mode="", name="登记表.xlsx") -> Job:
    job = begun(who, data, mode, name)
    while step(datetime.now(UTC)):
        pass
    return Job.objects.select_related("run").get(pk=job.id)


def counts(job: Job) -> tuple[int, ...]:
    return tuple(job.run.checkpoint[name] for name in ("new", "changed", "same", "bad"))


def faults(job: Job) -> list[tuple[object, ...]]:
    return [(f.row, f.column, f.reason, f.remedy) for f in parts.faults(store.folder(job.id))]


def test_rows_become_places_with_their_units_and_codes(lead):
    job = imported(lead, sheet(HOTEL, MILL))

    assert (job.state, counts(job)) == ("done", (2, 0, 0, 0))
    hotel, mill = Premises.objects.order_by("code")
    assert (hotel.code, mill.code) == ("1505020000001", "1505020000002")
    assert (hotel.name, hotel.responsible_phone.open(), hotel.public_assembly) == (
        "云岭商务酒店", "13800000027", True,
    )  # fmt: skip
    assert (hotel.unit.name, hotel.unit.credit_code) == ("云岭商务酒店", CREDIT)
    assert (mill.premises_class, hotel.brigade_id) == ("ordinary", lead.organisation_id)
    assert Entry.objects.filter(what="premises.enter_premises").count() == 1


def test_the_same_table_again_changes_nothing(lead):
    imported(lead, sheet(HOTEL, MILL))
    written = Entry.objects.filter(what__startswith="premises.").count()

    again = imported(lead, sheet(HOTEL, MILL))

    assert counts(again) == (0, 0, 2, 0)
    assert (Premises.objects.count(), Organisation.objects.filter(kind="unit").count()) == (2, 2)
    assert Entry.objects.filter(what__startswith="premises.").count() == written


def test_a_row_with_a_code_puts_right_what_it_says_and_leaves_the_rest(lead):
    imported(lead, sheet(HOTEL))
    moved = ("1505020000001", "云岭大酒店", "", "150502001000", "建国路 120 号", "", "是", "是")

    job = imported(lead, sheet(moved))

    place = Premises.objects.get()
    assert counts(job) == (0, 1, 0, 0)
    assert (place.name, place.address, place.version) == ("云岭大酒店", "建国路 120 号", 2)
    assert (place.credit_code, place.responsible_phone.open()) == (CREDIT, "13800000027")


BAD = (
    ("1505029999999", *MILL[1:]),
    ("", "甲", "91350100M000100Y44", "150502001000", "甲街"),
    ("", "乙商店", "", "999999999999", "乙街"),
    ("", "丙商店", "", "150502001000", "丙街", "电话"),
    ("", "=cmd|' /C calc'!A0", "", "150502001000", "丁街"),
    ("", "戊商店", "", "", "戊街"),
    ("", "己商店", "", "150502001000", "己街", "", "是", "否"),
    ("", "庚商店", 911501020000000012, "150502001000", "庚街"),
    HOTEL,
)


def test_every_bad_row_is_named_and_the_good_ones_go_in(lead):
    job = imported(lead, sheet(HOTEL, *BAD))

    assert [(row, column, reason) for row, column, reason, _ in faults(job)] == [
        (3, "单位编码", "没有编码为 1505029999999 的单位，或者不在您的管辖范围内"),
        (4, "单位名称", "填写有误"),
        (4, "统一社会信用代码", "填写有误"),
        (5, "区划代码", "区划代码 999999999999 不在区划表中"),
        (6, "责任人电话", "填写有误"),
        (7, "单位名称", "像是公式"),
        (8, "区划代码", "没有填写"),
        (9, "", "填写有误"),
        (10, "统一社会信用代码", "数字超过 15 位，表格软件已经丢掉末几位"),
        (11, "单位名称", "与第 2 行重复"),
    ]
    assert all(remedy for *_, remedy in faults(job))
    assert (counts(job), Premises.objects.count()) == ((1, 0, 0, 9), 1)


def test_the_sheet_of_faults_has_the_rows_as_they_were_and_no_formula(lead):
    job = imported(lead, sheet(HOTEL, BAD[4]))

    first, row = load_workbook(io.BytesIO(store.result(job))).get_sheet_by_index(0).to_python()
    assert first == [*NAMES, "原表行号", "问题", "怎样改"]
    assert row[1] == "=cmd|' /C calc'!A0"
    assert row[-3:] == ["3", "单位名称：像是公式", "请填写值，不要以等号开头"]


def test_all_or_nothing_writes_nothing_when_one_row_is_wrong(lead):
    job = imported(lead, sheet(HOTEL, BAD[2]), mode="all")

    assert (job.state, Premises.objects.count()) == ("done", 0)
    assert "没有写入" in job.run.words


def test_all_or_nothing_shows_nothing_until_all_is_in(lead, monkeypatch):
    monkeypatch.setattr("fengsui.platform.imports.course.PACE.size", lambda: 1)
    job = begun(lead, sheet(HOTEL, MILL), mode="all")
    seen = []
    while step(datetime.now(UTC)):
        units = Organisation.objects.filter(kind="unit")
        seen.append((Premises.objects.count(), premises_for(lead).count(), units.count()))

    assert (1, 0, 1) in seen
    assert (2, 0, 2) in seen
    assert seen[-1] == (2, 2, 2)
    assert Job.objects.get(pk=job.id).state == "done"


def test_a_trial_writes_nothing(lead):
    job = imported(lead, sheet(HOTEL, BAD[2]), mode="try")

    assert (counts(job), Premises.objects.count()) == ((1, 0, 0, 1), 0)


def test_what_is_in_stays_in_when_the_job_is_cancelled_and_resuming_doubles_nothing(
    lead, monkeypatch
):
    monkeypatch.setattr("fengsui.platform.imports.course.PACE.size", lambda: 1)
    job = begun(lead, sheet(HOTEL, MILL))
    for _ in range(2):
        step(datetime.now(UTC))
    perform(cancel, job.id, make.call(lead), Nothing())

    assert step(datetime.now(UTC)) is False
    assert Premises.objects.count() == 1
    assert "取消后已导入的行保留" in Job.objects.get(pk=job.id).run.words
    again = imported(lead, sheet(HOTEL, MILL))
    assert (counts(again), Premises.objects.count()) == ((1, 0, 1, 0), 2)


def test_columns_in_any_order_unknown_ones_reported_and_ignored(lead):
    titles = ("地址*", "单位名称*", "备注", "区划代码*")

    job = imported(lead, sheet(("建国路", "云岭商务酒店", "好", "150502001000"), titles=titles))

    head = json.loads((store.folder(job.id) / "head.json").read_text("utf-8"))
    assert (counts(job), head["notes"]) == ((1, 0, 0, 0), ["没有用到的列：备注"])


def test_a_missing_column_stops_the_whole_table(lead):
    job = imported(lead, sheet(("云岭商务酒店", "150502001000"), titles=("单位名称", "区划代码")))

    assert faults(job) == [(1, "地址", "缺少这一列", "请按模板补上")]
    assert not Premises.objects.exists()


def test_only_places_within_reach_go_in(lead):
    make.region("150503001000", name="别处街道")
    row = ("", "别处商店", "", "150503001000", "别处街")

    assert [(column, reason) for _, column, reason, _ in faults(imported(lead, sheet(row)))] == [
        ("区划代码", "别处街道不在您的管辖范围内")
    ]


def test_a_file_that_cannot_be_read_fails_the_job_in_words(lead):
    job = imported(lead, b"%PDF-1.7", name="登记表.xlsx")

    assert (job.state, job.error[:12]) == ("failed", "文件“登记表.xlsx”")


def test_two_thousand_rows_of_the_register_for_measuring_are_all_good(lead, tmp_path: Path):
    for region in register.REGIONS:
        make.region(region)
    register.write(tmp_path / "r.xlsx", 2_000, seed=1)

    job = imported(lead, (tmp_path / "r.xlsx").read_bytes())

    assert (counts(job), Premises.objects.count()) == ((2_000, 0, 0, 0), 2_000)
    assert Premises.objects.values("code").distinct().count() == 2_000


def test_a_post_that_keeps_no_register_cannot_import_it(lead):
    manager = make.who(kind="premises_manager")
    with pytest.raises(Refusal, match="forbidden"):
        begun(manager, sheet(HOTEL))
