"""An empty installation is made wholly or not at all; regions come in whole tables."""

import pytest

from tests.commands.places import place

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
        "init", "--regions", table(tmp_path, HEADER + rows), "--admins", "wang,li_,zhao"
    )

    kinds = (
        "SELECT u.username, p.kind FROM accounts_post p JOIN accounts_user u ON u.id = p.user_id"
    )
    assert sorted(empty.ask(kinds)) == [
        ("li_", "security_admin"),
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
    assert said.count("首次密码") == 3


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


@pytest.mark.parametrize("admins", ["a,b", "wang,wang,li_", "Wang,li_,zhao", "system"])
def test_wrong_administrators_are_refused_before_anything_is_made(empty, admins):
    assert "--admins" in empty.refused("init", "--admins", admins)
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
