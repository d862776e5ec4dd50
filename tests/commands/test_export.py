"""`export KIND OUT`: a whole file or none, the same that `import` takes back."""

import csv
import io
import json

import pytest

from tests.commands.places import place

HEAD = "code,level,kind,name,parent\n"
REGIONS = (
    "150500000000,2,地级,通辽市,150000000000\n"
    "150502000000,3,区,科尔沁区,150500000000\n"
    "150502001000,4,街道,科尔沁街道,150502000000\n"
    "150502001001,5,社区,明仁社区,150502001000\n"
)
GRIDS = "区划代码,网格编号,网格名称\n150502001001,01,明仁一网格\n150502001001,02,@明仁二网格\n"


@pytest.fixture
def filled(tmp_path):
    regions, grids = tmp_path / "区划.csv", tmp_path / "网格.csv"
    regions.write_text(HEAD + REGIONS, "utf-8")
    grids.write_text(GRIDS, "utf-8")
    with place(tmp_path, "home") as there:
        there.did("init", "--regions", str(regions), "--admins", "wang,li.na,zhao")
        there.did("import", "grids", str(grids))
        yield there


@pytest.mark.parametrize("name", ["网格.xlsx", "网格二.CSV"])
def test_what_goes_out_comes_in_again_and_changes_nothing(filled, tmp_path, name):
    said = json.loads(filled.did("export", "grids", str(tmp_path / name), "--json"))

    again = json.loads(filled.did("import", "grids", str(tmp_path / name), "--json"))

    assert (said["kind"], said["rows"], said["file"]) == ("grids", 2, str(tmp_path / name))
    assert said["columns"][:3] == ["区划代码*", "网格编号*", "网格名称*"]
    assert (again["new"], again["changed"], again["unchanged"], again["bad"]) == (0, 0, 2, 0)
    assert [note for note in again["notes"] if note.startswith("只读的列，导入时不看：")]
    assert [path.name for path in tmp_path.iterdir() if "export" in path.name] == []


def test_a_file_that_is_there_is_left_alone(filled, tmp_path):
    out = tmp_path / "网格.xlsx"
    out.write_text("别人的文件")

    assert "已经存在，没有覆盖" in filled.refused("export", "grids", str(out))
    assert out.read_text() == "别人的文件"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("grid", "x.xlsx"), "没有“grid”的导出；可以导出的有：grids、hazards、households、people、premises"),
        (("grids", "x.ods"), "文件名请以 .xlsx 或 .csv 结尾"),
        (("households", "x.xlsx"), "命令行本身看不到风险户。请加 --post"),
        (("households", "x.xlsx", "--post", "wang"), "系统管理员不能办理“导出风险户”"),
        (("grids", "x.xlsx", "--post", "nobody"), "nobody"),
        (("grids", "there/is/none/x.xlsx"), "No such file or directory"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_in_one_line_and_leaves_nothing(filled, tmp_path, words, said):
    kind, name, *more = words

    assert said in filled.refused("export", kind, str(tmp_path / name), *more)
    assert not (tmp_path / name).exists()


def test_people_go_out_with_a_bar_and_one_line_of_words(filled, tmp_path):
    done = filled.fengsui("export", "people", str(tmp_path / "人员.csv"))

    lines = list(csv.reader(io.StringIO((tmp_path / "人员.csv").read_text("utf-8-sig"))))
    assert sorted(line[0] for line in lines[1:]) == ["li.na", "wang", "zhao"]
    assert done.stdout == f"已导出人员 3 行到 {tmp_path / '人员.csv'}\n"
