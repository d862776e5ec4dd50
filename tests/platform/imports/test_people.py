"""People by table: bad rows are named, good ones go in, doing it again changes nothing."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter
from django.utils import timezone
from python_calamine import load_workbook

from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.models import Certificate, Post, User
from fengsui.platform.imports.importer import importer_of
from fengsui.platform.imports.run import Report, run
from fengsui.platform.imports.sheet import Limits, read_sheet
from fengsui.platform.imports.template import template
from fengsui.platform.ledger.models import Entry
from fengsui.platform.who import CLOCK, PostKind
from tests import make

pytestmark = pytest.mark.django_db

PEOPLE = importer_of("people")
LIMITS = Limits(size=1_000_000, unpacked=10_000_000, rows=1_000, at_once=100, batch=50)
TITLES = [
    "登录名*",
    "姓名*",
    "电话",
    "机构*",
    "岗位*",
    "管辖区划",
    "证件编号",
    "发证日期",
    "有效期至",
]


def xlsx(*rows, titles=TITLES) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for number, row in enumerate([titles, *rows]):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, column, value, days)
            else:
                sheet.write(number, column, value)
    book.close()
    return out.getvalue()


def imported(data: bytes, name="people.xlsx", who=CLOCK, **options) -> Report:
    return run(PEOPLE, read_sheet(data, name, LIMITS), who, timezone.now(), **options)


@pytest.fixture
def brigade():
    return make.organisation(name="科尔沁区大队")


GOOD = (
    ("wuyun", "乌云", 13800000027, "科尔沁区大队", "监督员", "", "蒙消0012",
     date(2024, 5, 1), date(2029, 4, 30)),
    ("bayin", "巴音", "", "科尔沁区大队", "大队长"),
)  # fmt: skip


def test_rows_become_people_with_posts_and_certificates_and_one_entry_a_batch(brigade):
    report = imported(xlsx(*GOOD))

    assert (report.rows, report.new, report.unchanged, report.faults) == (2, 2, 0, [])
    wuyun = User.objects.get(username="wuyun")
    assert (wuyun.name, wuyun.phone.open(), wuyun.has_usable_password()) == (
        "乌云", "13800000027", False,
    )  # fmt: skip
    post = Post.objects.get(user=wuyun)
    assert (post.organisation_id, post.kind, post.region) == (
        brigade.id, "supervisor", brigade.region,
    )  # fmt: skip
    paper = Certificate.objects.get()
    assert (paper.user_id, paper.number, paper.issued_on, paper.valid_until) == (
        wuyun.id, "蒙消0012", date(2024, 5, 1), date(2029, 4, 30),
    )  # fmt: skip
    whats = sorted(Entry.objects.values_list("what", flat=True))
    assert whats == ["certificate.register_certificate", "post.appoint"]


def test_the_same_table_again_changes_nothing(brigade):
    imported(xlsx(*GOOD))
    entries = Entry.objects.count()

    again = imported(xlsx(*GOOD))

    assert (again.new, again.unchanged, again.faults) == (0, 2, [])
    assert Entry.objects.count() == entries
    assert (User.objects.count(), Post.objects.count()) == (2, 2)


BAD = (
    ("Wu Yun", "乌云", "", "科尔沁区大队", "监督员"),
    ("saren", "", "", "科尔沁区大队", "监督员"),
    ("tuya", "图雅", "", "不存在的大队", "监督员"),
    ("tuya", "图雅", "", "科尔沁区大队", "消防员"),
    ("tuya", "图雅", "", "科尔沁区大队", "监督员", "", "蒙消0013", "2024年5月", "2029-04-30"),
    ("tuya", "=1+1", "", "科尔沁区大队", "监督员"),
)


def test_every_bad_row_is_named_and_the_good_ones_go_in(brigade):
    report = imported(xlsx(*BAD, *GOOD))

    assert [(f.row, f.column, f.value, f.reason, f.remedy) for f in report.faults] == [
        (2, "登录名", "Wu Yun", "填写有误", "格式不对，请核对"),
        (3, "姓名", "", "没有填写", "请填写"),
        (4, "机构", "不存在的大队", "没有这个机构，或者不在您的管辖范围内", "请重新选择"),
        (5, "岗位", "消防员", "填写有误", "请从选项中选择"),
        (6, "发证日期", "2024年5月", "填写有误", "请按 年-月-日 填写日期"),
        (7, "姓名", "=1+1", "像是公式", "请填写值，不要以等号开头"),
    ]
    assert (report.new, report.bad) == (2, 6)
    assert set(User.objects.values_list("username", flat=True)) == {"wuyun", "bayin"}


def test_all_or_nothing_writes_nothing_when_one_row_is_wrong(brigade):
    report = imported(xlsx(*GOOD, BAD[2]), all_or_nothing=True)

    assert (report.bad, report.written) == (1, False)
    assert not User.objects.exists()
    assert not Entry.objects.exists()


def test_a_trial_writes_nothing(brigade):
    report = imported(xlsx(*GOOD), dry_run=True)

    assert (report.new, report.written) == (2, False)
    assert not User.objects.exists()
    assert not Entry.objects.exists()


def test_a_row_with_a_bad_certificate_leaves_no_post_behind(brigade):
    make.certificate(make.user(name="别人"), number="蒙消0012")

    report = imported(xlsx(GOOD[0]))

    assert [(f.column, f.reason, f.remedy) for f in report.faults] == [
        ("证件编号", "证件编号 蒙消0012 已登记在别人名下", "请核对")
    ]
    assert not Post.objects.exists()
    assert not User.objects.filter(username="wuyun").exists()


def test_rows_of_one_table_know_each_other(brigade):
    make.organisation(name="系统运行", kind="operator")
    double = ("wuyun", "乌云", "", "系统运行", "安全管理员")

    for options in ({"dry_run": True}, {}):
        report = imported(xlsx(GOOD[0], double, GOOD[0]), **options)
        assert (report.new, report.unchanged) == (1, 1)
        assert [(f.row, f.column) for f in report.faults] == [(3, "岗位")]
        Post.objects.all().delete()
        Certificate.objects.all().delete()
        User.objects.all().delete()


def test_an_officer_imports_what_he_may_appoint(brigade):
    team = make.Team()
    rows = (
        ("baatar", "巴特尔", "", team.brigade.name, "网格员"),
        (*GOOD[1][:3], team.brigade.name, "大队长"),
    )

    report = imported(xlsx(*rows), who=team.head)

    assert (report.new, [(f.row, f.column) for f in report.faults]) == (1, [(3, "岗位")])
    assert User.objects.get(username="baatar").posts.get().kind == PostKind.GRID_WORKER


@pytest.mark.parametrize(
    ("titles", "fault"),
    [
        (["登录名", "姓名", "机构", "职务"], (1, "职务", "没有这一列")),
        (["登录名", "姓名", "机构", "岗位", "岗位"], (1, "岗位", "这一列有两次")),
    ],
)
def test_columns_that_do_not_fit_stop_the_whole_table(brigade, titles, fault):
    report = imported(xlsx(["a"] * len(titles), titles=titles))

    assert fault in [(f.row, f.column, f.reason) for f in report.faults]
    assert not User.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_csv_of_either_encoding(brigade, encoding):
    text = "登录名,姓名,机构,岗位\r\nbayin,巴音,科尔沁区大队,监督员\r\n"

    assert imported(text.encode(encoding), "people.csv").new == 1


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"x" * 1_000_001, "people.xlsx", "sheet-too-large"),
        (b"not a zip", "people.xlsx", "sheet-unreadable"),
        (b"not an ole file", "people.xls", "sheet-unreadable"),
        (b"\xff\xfe\x00", "people.csv", "sheet-unreadable"),
        (b"a", "people.pdf", "sheet-type"),
        ("登录名,姓名\r\n".encode(), "people.csv", "sheet-empty"),
        (b"", "people.csv", "sheet-empty"),
        (b"a\n" * 1_002, "people.csv", "sheet-too-long"),
    ],
)
def test_files_that_cannot_be_read_are_refused(data, name, code):
    with pytest.raises(Refusal, match=code):
        read_sheet(data, name, LIMITS)


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 11_000_000)
    assert len(out.getvalue()) < 1_000_000

    with pytest.raises(Refusal, match="sheet-too-large"):
        read_sheet(out.getvalue(), "people.xlsx", LIMITS)


def test_the_template_reads_back_as_an_empty_table_with_the_allowed_values(brigade):
    book = load_workbook(io.BytesIO(template(PEOPLE, CLOCK)))
    first, second = (book.get_sheet_by_index(at).to_python() for at in (0, 1))

    assert first == [TITLES]
    assert second[0] == ["机构", "岗位"]
    assert "科尔沁区大队" in [row[0] for row in second]
    assert "网格员" in [row[1] for row in second]
    assert "系统时钟" not in [row[1] for row in second]
