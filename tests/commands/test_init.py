"""An empty installation is made wholly or not at all; regions come in whole tables."""

import json
import re

import pytest

from tests.commands.places import place

KINDS = "SELECT u.username, p.kind FROM accounts_post p JOIN accounts_user u ON u.id = p.user_id"
HEADER = "code,level,kind,name,parent\n"


@pytest.fixture
def empty(tmp_path):
    with place(tmp_path, "home") as there:
        yield there


def table(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "区划.csv"
    path.write_bytes(text.encode(encoding))
    return str(path)


def test_an_installation_has_three_administrators_keys_and_a_certificate(empty, tmp_path):
    rows = "150500000000,2,地级,通辽市,150000000000\n150502000000,3,区,科尔沁区,150500000000\n"

    said = empty.did(
        "init", "--regions", table(tmp_path, HEADER + rows), "--admins", "wang,li.na,zhao"
    )

    assert sorted(empty.ask(KINDS)) == [
        ("li.na", "security_admin"),
        ("wang", "system_admin"),
        ("zhao", "audit_admin"),
    ]
    assert empty.ask("SELECT count(*) FROM regions_region") == [(2,)]
    assert {path.name for path in (empty.home / "tls").iterdir()} == {
        "ca.crt",
        "ca.key",
        "server.crt",
        "server.key",
    }
    assert f"手机、电脑须安装 {empty.home / 'tls' / 'ca.crt'}" in said


def test_each_administrator_gets_a_link_that_is_shown_once_and_no_password(empty):
    said = empty.did("init", "--admins", "wang,li.na,zhao")

    links = re.findall(
        r"^(\S+管理员) (\S+)：http://127\.0\.0\.1:8000/start/([\w-]{43})$", said, re.MULTILINE
    )
    assert [link[:2] for link in links] == [
        ("系统管理员", "wang"),
        ("安全管理员", "li.na"),
        ("审计管理员", "zhao"),
    ]
    assert len({secret for *_, secret in links}) == 3
    passwords = [str(password) for (password,) in empty.ask("SELECT password FROM accounts_user")]
    assert all(password.startswith("!") for password in passwords)
    assert "/start/" in empty.did("start-link", "li.na")


def test_a_program_reads_what_was_made_as_json(empty):
    made = json.loads(empty.did("init", "--admins", "wang,li.na,zhao", "--json"))
    link = json.loads(empty.did("start-link", "wang", "--json"))

    assert (made["home"], made["authority"]) == (str(empty.home), f"{empty.home}/tls/ca.crt")
    assert [(one["username"], one["post"]) for one in made["administrators"]] == [
        ("wang", "system_admin"), ("li.na", "security_admin"), ("zhao", "audit_admin"),
    ]  # fmt: skip
    links = [one["link"] for one in (*made["administrators"], link)]
    assert all(re.search(r"/start/[\w-]{43}$", one) for one in links)
    assert (len(set(links)), link["username"]) == (4, "wang")
    assert json.loads(empty.did("recount", "--json")) == {"premises": 0}
    assert json.loads(empty.did("search", "rebuild", "--json"))["grids"] == 0


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("code,level,kind,name\n", "第 1 行“parent”列：缺少这一列"),
        (HEADER, "第 2 行“code”列：表中没有数据行"),
        (HEADER + "1505,2,地级,通辽市,\n", "第 2 行“code”列：不是十二位代码"),
        (HEADER + "150500000000,9,地级,通辽市,\n", "第 2 行“level”列：应当是 1"),
        (HEADER + "150500000000,2,地级,,\n", "第 2 行“name”列：没有名称"),
        (HEADER + "150500000000,2\n", "第 2 行“kind”列：这一行缺少这一列"),
        (HEADER + "150500000000,2,地级,通辽市,15\n", "第 2 行“parent”列：不是十二位代码"),
        (HEADER + "150500000000,2,地级,通辽市,\n" * 2, "第 3 行“code”列：与第 2 行重复"),
    ],
)
def test_a_wrong_table_names_row_and_column_and_nothing_is_made(empty, tmp_path, text, named):
    assert named in empty.refused("init", "--regions", table(tmp_path, text))
    assert empty.listing() == []


def test_a_table_in_another_encoding_is_said(empty, tmp_path):
    path = table(tmp_path, HEADER + "150500000000,2,地级,通辽市,\n", "gbk")

    assert "应当是 UTF-8" in empty.refused("init", "--regions", path)
    assert empty.listing() == []


@pytest.mark.parametrize("admins", ["wang", "a,b", "a,b,c", "wang,wang,zhao", "wang,Li Na,zhao"])
def test_wrong_administrators_are_refused_before_anything_is_made(empty, admins):
    assert "请写三个不同的登录名" in empty.refused("init", "--admins", admins)
    assert empty.listing() == []


def test_a_certificate_without_its_key_takes_everything_back(empty, tmp_path):
    certificate = tmp_path / "x.crt"
    certificate.write_text("x")

    assert "要一起给" in empty.refused("init", "--certificate", str(certificate))
    assert empty.listing() == []


def test_a_second_init_is_refused_and_touches_nothing(empty):
    empty.did("init")
    before = empty.ask("SELECT id FROM accounts_user ORDER BY id")

    assert "不是空目录" in empty.refused("init")
    assert empty.ask("SELECT id FROM accounts_user ORDER BY id") == before


def test_regions_are_imported_whole_or_not(empty, tmp_path):
    empty.did("init")
    good = HEADER + "150500000000,2,地级,通辽市,150000000000\n"

    empty.refused("import", "regions", table(tmp_path, good + "15,3,区,科尔沁区,150500000000\n"))
    assert empty.ask("SELECT count(*) FROM regions_region") == [(0,)]

    assert empty.did("import", "regions", table(tmp_path, good)) == "区划 1 条\n"
    assert empty.ask("SELECT name FROM regions_region") == [("通辽市",)]
