"""People out and in again: who is there already stays, a masked phone is never written."""

import csv
import io

import pytest

from fengsui.platform.accounts.importers import PEOPLE
from fengsui.platform.accounts.models import Post, User
from fengsui.platform.imports.run import run
from fengsui.platform.imports.sheet import limits, read_sheet
from fengsui.platform.who import CLOCK, PostKind
from tests import make
from tests.platform.test_exports import content, exported

pytestmark = pytest.mark.django_db
PHONE = "13847561234"


@pytest.fixture
def keeper():
    brigade = make.organisation(name="科尔沁区大队")
    user = make.user(name="王磊", phone=PHONE, username="wang.lei")
    make.post(user=user, organisation=brigade)
    make.certificate(user)
    operator = make.organisation(name="系统运行", kind="operator", region="0" * 12)
    return make.who(PostKind.SECURITY_ADMIN, organisation=operator)


def imported(data: bytes):
    sheet = read_sheet(data, "人员.csv", limits(make.NOON.date()))
    return run(PEOPLE, sheet, CLOCK, make.NOON)


def edited(data: bytes, **said: str) -> bytes:
    """The row of 王磊, with this put in."""
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    (row,) = (row for row in rows if row["登录名*"] == "wang.lei")
    out = io.StringIO()
    made = csv.DictWriter(out, list(row))
    made.writeheader()
    made.writerow(row | said)
    return out.getvalue().encode()


def test_who_is_there_already_stays_and_what_is_read_only_is_said(keeper):
    data = content(exported(keeper, "people", "csv"))
    before = list(Post.objects.order_by("id").values())

    report = imported(data)

    assert PHONE.encode() not in data
    assert (report.new, report.unchanged, report.faults) == (0, Post.objects.count(), [])
    assert report.notes == ["只读的列，导入时不看：任职日期（只读）、状态（只读）、代理（只读）"]
    assert list(Post.objects.order_by("id").values()) == before
    assert User.objects.get(username="wang.lei").phone.open() == PHONE


def test_a_new_person_cannot_be_made_with_a_masked_phone(keeper):
    data = content(exported(keeper, "people", "csv"))
    new = {"登录名*": "li.na", "姓名*": "李娜", "证件编号": "", "发证日期": "", "有效期至": ""}

    masked = imported(edited(data, **new))
    assert [(f.column, f.reason) for f in masked.faults] == [("电话", "带星号的内容不是原文")]
    assert not User.objects.filter(username="li.na").exists()

    clear = imported(edited(data, **new, 电话="13800000027"))
    assert (clear.new, clear.faults) == (1, [])
    assert User.objects.get(username="li.na").phone.open() == "13800000027"
