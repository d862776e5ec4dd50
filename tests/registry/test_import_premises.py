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
from fengsui.platform.who import PostKind
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
    assert (mill.premises_class, hotel.brigade_id) == ("unjudged", lead.organisation_id)
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
        (9, "人员密集场所", "公众聚集场所都是人员密集场所（消防法 §73）"),
        (10, "统一社会信用代码", "数字超过 15 位，表格软件已经丢掉末几位"),
        (11, "单位名称", "与第 2 行重复"),
    ]
    assert all(remedy for *_, remedy in faults(job))
    assert (counts(job), Premises.objects.count()) == ((1, 0, 0, 9), 1)


def test_the_sheet_of_faults_has_the_rows_as_they_were_and_no_formula(lead):
    telling = (*BAD[4][:5], "13800000027")
    job = imported(lead, sheet(HOTEL, telling))

    first, row = load_workbook(io.BytesIO(store.result(job))).get_sheet_by_index(0).to_python()
    assert first == [*NAMES, "原表行号", "问题", "怎样改"]
    assert (row[1], row[4], row[5]) == ("=cmd|' /C calc'!A0", "丁街", "")
    assert row[-3:] == ["3", "单位名称：像是公式", "请填写值，不要以等号开头"]


def test_all_or_nothing_writes_nothing_when_one_row_is_wrong(lead):
    job = imported(lead, sheet(HOTEL, BAD[2]), mode="all")

    assert (job.state, Premises.objects.count()) == ("done", 0)
    assert "没有写入" in job.run.words


def test_a_short_table_of_all_or_nothing_is_written_in_one_transaction(lead, monkeypatch):
    monkeypatch.setattr("fengsui.platform.imports.course.PACE.size", lambda: 1)
    job = begun(lead, sheet(HOTEL, MILL), mode="all")
    seen = []
    while step(datetime.now(UTC)):
        seen.append((Premises.objects.count(), Organisation.objects.filter(kind="unit").count()))

    assert set(seen) == {(0, 0), (2, 2)}
    assert Job.objects.get(pk=job.id).state == "done"


def test_a_row_that_becomes_wrong_after_the_check_leaves_all_out(lead):
    job = begun(lead, sheet(HOTEL, MILL), mode="all")
    for _ in range(3):
        step(datetime.now(UTC))
    assert Job.objects.get(pk=job.id).run.checkpoint["stage"] == "write"
    mill = {"name": "面粉厂（西辽河）", "name_key": "西辽河面粉厂"}
    make.premises(make.organisation(), **mill)
    while step(datetime.now(UTC)):
        pass

    after = Job.objects.select_related("run").get(pk=job.id)
    assert (counts(after), Premises.objects.count()) == ((0, 0, 0, 1), 1)
    assert "没有写入" in after.run.words


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


KINDS_TITLES = ("单位名称", "区划代码", "地址", "场所种类", "建筑面积", "客房数", "床位数", "类别")


def kinds_row(name: str, kind: str = "", area: object = "", given: str = "", beds: object = ""):
    return (name, "150502001000", f"{name}街 1 号", kind, area, "", beds, given)


def place(name: str) -> Premises:
    return Premises.objects.get(name=name)


def test_the_rulebook_says_the_class_and_what_is_not_known_is_not_guessed(lead):
    rows = [
        kinds_row("云岭医院", "医院", 30_000, beds=300),
        kinds_row("无名场所"),
        kinds_row("河东医院", "医院"),
    ]

    job = imported(lead, sheet(*rows, titles=KINDS_TITLES))

    assert counts(job) == (3, 0, 0, 0)
    hospital, nameless, unsure = map(place, ("云岭医院", "无名场所", "河东医院"))
    assert (hospital.premises_class, hospital.judged_class) == ("key", "key")
    assert hospital.because[0]["threshold"]
    assert (nameless.premises_class, nameless.missing) == ("unjudged", ["场所种类"])
    assert unsure.premises_class == "unjudged"
    assert unsure.missing


def test_a_class_given_where_nothing_can_be_judged_holds_as_one_that_an_officer_set(lead):
    data = sheet(kinds_row("云岭商城", given="重点单位"), titles=KINDS_TITLES)

    first, again = imported(lead, data), imported(lead, data)

    shop = place("云岭商城")
    assert (shop.premises_class, shop.judged_class) == ("key", "unjudged")
    assert (shop.class_reason, shop.class_source) == ("登记表所列，资料不足以判定", "导入的登记表")
    assert (counts(first), counts(again)) == ((1, 0, 0, 0), (0, 0, 1, 0))


def test_a_clerk_who_may_not_set_a_class_leaves_it_open(lead):
    clerk = make.who(PostKind.WINDOW_CLERK, organisation=make.organisation())

    data = sheet(kinds_row("云岭商城", given="重点单位"), titles=KINDS_TITLES)

    assert (counts(imported(clerk, data)), place("云岭商城").premises_class) == (
        (1, 0, 0, 0), "unjudged",
    )  # fmt: skip
    assert counts(imported(clerk, data)) == (0, 0, 1, 0)


def test_a_class_other_than_the_judged_one_and_an_unknown_one_are_faults(lead):
    rows = [
        kinds_row("云岭医院", "医院", 30_000, "一般单位", 300),
        kinds_row("某商店", given="甲类"),
        kinds_row("某衙门", "衙门"),
    ]

    job = imported(lead, sheet(*rows, titles=KINDS_TITLES))

    assert [(row, column, reason) for row, column, reason, _ in faults(job)] == [
        (2, "类别", "该单位的类别是“重点单位”，表中填的是“一般单位”"),
        (3, "类别", "填写有误"),
        (4, "场所种类", "不认识场所种类“衙门”"),
    ]
    assert not Premises.objects.exists()


CHECKED = (*NAMES, "已核对，不是重复登记")


def test_what_looks_registered_already_waits_until_somebody_has_looked(lead):
    imported(lead, sheet(HOTEL))
    twin = ("", "云岭 商务酒店", "", "150502001000", "建国路 118 号", "", "是", "是")

    doubt = imported(lead, sheet(twin))
    looked = imported(lead, sheet((*twin, "是"), titles=CHECKED))

    assert [(row, column, reason) for row, column, reason, _ in faults(doubt)] == [
        (2, "单位名称", "可能已经登记过：云岭商务酒店（建国路 118 号）")
    ]
    assert (counts(doubt), counts(looked)) == ((0, 0, 0, 1), (1, 0, 0, 0))


def test_two_rows_of_one_credit_code_are_one_place_until_somebody_has_looked(lead):
    branch = ("", "云岭酒店二店", CREDIT, "150502001000", "明仁大街 9 号", "", "是", "是")

    doubt = imported(lead, sheet(HOTEL, branch), mode="try")

    assert [(row, reason) for row, _, reason, _ in faults(doubt)] == [
        (3, "可能已经登记过：本表第 2 行")
    ]


SAME_PLACE = [
    pytest.param("云岭商务酒店餐厅", "建国路118", id="one address, and its name holds the other"),
    pytest.param("商务酒店", "建国路 118 号", id="one address, and its name is held by the other"),
    pytest.param("云岭 商务酒店（有限公司）", "明仁大街 9 号", id="one name"),
    pytest.param("某街道云岭商务酒店", "明仁大街 9 号", id="one name behind the street's"),
]


@pytest.mark.parametrize("mode", ["", "try", "all"])
@pytest.mark.parametrize(("name", "address"), SAME_PLACE)
def test_rows_of_one_table_that_look_like_one_place_wait_until_somebody_has_looked(
    lead, mode, name, address
):
    make.region("150502002000", name="某街道")
    first = ("", "云岭商务酒店", "", "150502002000", "建国路 118 号")
    second = ("", name, "", "150502002000", address)

    doubt = imported(lead, sheet(first, second), mode)

    assert [(row, column, reason) for row, column, reason, _ in faults(doubt)] == [
        (3, "单位名称", "可能已经登记过：本表第 2 行")
    ]
    assert Premises.objects.count() == (1 if mode == "" else 0)


def test_rows_far_apart_in_a_table_are_compared_too(lead, monkeypatch):
    monkeypatch.setattr("fengsui.platform.imports.course.limit", lambda _name: 1)
    second = ("", "云岭商务酒店餐厅", "", "150502001000", "建国路118")

    doubt = imported(lead, sheet(HOTEL, MILL, second), mode="all")

    assert [(row, reason) for row, _, reason, _ in faults(doubt)] == [
        (4, "可能已经登记过：本表第 2 行")
    ]
    assert not Premises.objects.exists()


def test_neighbours_and_namesakes_elsewhere_are_places_of_their_own(lead):
    make.region("150503001000", name="别处街道")
    make.organisation(name="别处大队", region="150503000000")
    detachment = make.who(
        organisation=make.organisation(region="150500000000"), region="150500000000"
    )
    rows = [
        ("", "云岭商务酒店", "", "150502001000", "建国路 118 号"),
        ("", "草原饭庄", "", "150502001000", "建国路 118 号"),
        ("", "云岭商务酒店餐厅", "", "150502001000", "明仁大街 9 号"),
        ("", "云岭商务酒店", "", "150503001000", "建国路 118 号"),
    ]

    assert counts(imported(detachment, sheet(*rows))) == (4, 0, 0, 0)


PEOPLE = ("单位编码", "单位名称", "区划代码", "地址", "消防安全责任人", "责任人电话")


def test_who_answers_is_a_fact_and_a_number_goes_with_its_person(lead):
    row = ("云岭商务酒店", "150502001000", "建国路 118 号")
    imported(lead, sheet(("", *row, "张伟", "13800000027"), titles=PEOPLE))
    code = Premises.objects.get().code

    job = imported(lead, sheet((code, *row, "李娜", ""), titles=PEOPLE))

    hotel = Premises.objects.get()
    assert counts(job) == (0, 1, 0, 0)
    assert [(one.name, one.phone.open()) for one in hotel.persons.order_by("id")] == [
        ("张伟", "13800000027"), ("李娜", ""),
    ]  # fmt: skip
    assert (hotel.responsible_name, bool(hotel.responsible_phone)) == ("李娜", False)


def test_the_rows_and_the_upload_are_nowhere_in_clear_on_the_disk(lead, settings):
    text = "单位名称,区划代码,地址,消防安全责任人,责任人电话\n云岭商务酒店,150502001000,甲街,张伟,13800000027\n丙,1,乙街,李娜,13800000028\n"
    waiting = set((Path(settings.HOME) / "imports").glob("*"))
    begun(lead, text.encode(), name="表.csv")
    while step(datetime.now(UTC)):
        left = [path for path in Path(settings.HOME).rglob("*") if path.is_file()]
        held = b"".join(path.read_bytes() for path in left)
        assert b"13800000027" not in held
        assert "张伟".encode() not in held
        assert b"13800000028" not in held
    assert set((Path(settings.HOME) / "imports").iterdir()) <= waiting
