"""What the commands promise to somebody else's script: help, usage, one line of error, no traceback."""

import argparse
import json
import re
import subprocess
import sys

import pytest

from fengsui import cli
from tests.commands.places import place


def commands(parser, path=()):
    """Every command and group with its parser."""
    yield path, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                yield from commands(inner, (*path, name))


ALL = [(path, parser) for path, parser in commands(cli._parser())]


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A directory without an installation."""
    monkeypatch.setenv("FENGSUI_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("FENGSUI_DATABASE_URL", raising=False)
    return tmp_path


def file(home, text, name="问.json"):
    path = home / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def refused(capsys, *words):
    """The one line of a command that must refuse."""
    assert cli.main(words) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1, said.err
    return said.err.strip()


@pytest.mark.parametrize(("path", "parser"), ALL, ids=[" ".join(path) for path, _ in ALL])
def test_every_command_has_an_example_in_its_help(path, parser):
    assert " ".join(["例：fengsui", *path]) in parser.format_help().replace("\n", " ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "缺少 COMMAND。用法见 fengsui --help"),
        ("rule", "缺少 COMMAND。用法见 fengsui rule --help"),
        ("rule show", "缺少 id。用法见 fengsui rule show --help"),
        (
            "rule show T-20b --on 2026-02-30",
            "--on：“2026-02-30”不是日期，应写成 2026-03-02。用法见 fengsui rule show --help",
        ),
        (
            "deadline T-18b --from 明天",
            "--from：“明天”不是时刻，应写成 2026-09-30T10:00 或者 2026-09-30。用法见 fengsui deadline --help",
        ),
        ("rule list --speed", "不认识 --speed。用法见 fengsui --help"),
        ("demo --year soon", "--year 的值 'soon' 不对。用法见 fengsui demo --help"),
        (
            "demo --year 2022 --until today",
            "--until 不能与 --year 同用。用法见 fengsui demo --help",
        ),
        ("deadline T-18b --from", "--from 后面缺少内容。用法见 fengsui deadline --help"),
        (
            "judge major-hazard --standard GB35181-2017 --place , --elements 6.1",
            "--place：请至少写一项。用法见 fengsui judge major-hazard --help",
        ),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(words, said, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(words.split())

    assert (ended.value.code, capsys.readouterr().err) == (2, f"{said}\n")


def test_a_reader_that_leaves_early_gets_no_traceback(home):
    listing = subprocess.Popen(
        [sys.executable, "-m", "fengsui.cli", "rule", "list"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert listing.stdout
    listing.stdout.close()
    _, said = listing.communicate()

    assert said == b""


QUESTIONS = {
    "judge premises": ("--file", "场所"),
    "judge penalty": ("--case", "案件"),
    "frame encode": ("", "报文"),
    "draw verify": ("", "抽取包"),
}


@pytest.mark.parametrize("command", QUESTIONS)
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "第 1 行第 1 个字符处写错"),
        ('{\n "on": }', "第 2 行第 8 个字符处写错"),
        ("[]", "最外层应是一个对象 {…}"),
        ("[" * 100_000, "层层嵌套过深"),
        ('{"on": ' + "9" * 5_000 + "}", "有位数过多的数"),
        ('{"on": "2026-03-02", "on": "2026-03-03"}', "字段 on 写了两次"),
    ],
    ids=["empty", "broken", "list", "nested", "digits", "twice"],
)
def test_what_is_no_json_object_is_named_with_its_place(command, text, why, home, capsys):
    option = [word for word in QUESTIONS[command][:1] if word]
    asked = file(home, text)

    said = refused(capsys, *command.split(), *option, asked)

    assert said == f"文件 {asked} 不是合格的 JSON：{why}。"


def test_a_file_that_cannot_be_read_says_why(home, capsys):
    ask = ("judge", "premises", "--file")

    assert refused(capsys, *ask, str(home / "无")).endswith("读不到：没有这个文件。请核对路径。")
    assert refused(capsys, *ask, str(home)).endswith("读不到：这是一个目录。请核对路径。")
    in_gbk = file(home, '{"kind": "商场"}'.encode("gbk"))
    assert "第 11 个字节起不是 UTF-8 文字，请另存为 UTF-8" in refused(capsys, *ask, in_gbk)


def test_all_missing_facts_are_named_at_once(home, capsys):
    nothing = file(home, "{}")

    assert refused(capsys, "judge", "premises", "--file", nothing) == (
        "缺少字段 on、region、kind，请填写。"
    )
    assert refused(capsys, "judge", "penalty", "--case", nothing) == (
        "案件字段 on、party、code：缺少。请对照说明改正。"
    )


def test_yes_is_no_area(home, capsys):
    facts = {"on": "2026-03-02", "region": "150502", "kind": "商场", "area_m2": True}

    said = refused(capsys, "judge", "premises", "--file", file(home, json.dumps(facts)))

    assert said == "建筑面积（㎡）（字段 area_m2）的值 True 不对，请填写不小于零的数。"


@pytest.mark.parametrize(
    "words",
    [
        "judge major-hazard --standard GB35181-2017 --place 人员密集场所 --elements 6.4",
        "frame decode 4040",
    ],
)
def test_commands_that_print_json_anyway_take_json_too(words, home, capsys):
    cli.main(words.split())
    plain = capsys.readouterr().out

    cli.main([*words.split(), "--json"])

    assert capsys.readouterr().out == plain
    assert json.loads(plain)


def test_a_frame_is_hex_or_hex_in_json(home, capsys):
    beat = file(home, '{"ok": true, "heartbeat": true, "source": "010203040506"}')

    assert cli.main(["frame", "encode", beat]) == 0
    plain = capsys.readouterr().out.strip()
    assert cli.main(["frame", "encode", beat, "--json"]) == 0

    assert (plain, json.loads(capsys.readouterr().out)) == (
        "404001020304050600002323",
        {"hex": plain},
    )


@pytest.mark.parametrize(
    ("given", "lines", "code"),
    [
        (b"", 0, 1),
        (b"\n  \r\n", 0, 1),
        (b"4040\r\n\n\xff\xfe\n" + "４０４０".encode() + b"\n3430343\n", 4, 0),
    ],
    ids=["nothing", "blank lines", "noise"],
)
def test_frames_are_read_line_by_line_whatever_they_hold(given, lines, code, home):
    command = [sys.executable, "-m", "fengsui.cli", "frame", "decode", "-"]

    done = subprocess.run(command, input=given, capture_output=True, check=False)

    said = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert (done.returncode, len(said)) == (code, lines)
    assert not any(one["ok"] for one in said)
    assert done.stderr.decode().splitlines() == (
        [] if lines else ["标准输入中没有报文。请每行写一帧的十六进制。"]
    )


def test_rules_are_listed_with_value_unit_source_tag_and_validity(home, capsys):
    assert cli.main(["rule", "list", "--on", "2026-03-02"]) == 0
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}

    assert lines["T-18b"].endswith("3 个工作日（规定18；2012-11-01 至今）")
    assert "[VP]" in lines["T-18b"]
    assert "每 1 日至少一次" in lines["F-PAT-KEY"]
    assert "14 周岁" in lines["CHILD"]
    assert "fine_unit 30000、fine_person 2000" in lines["G-HEAR"]
    assert "由承办人确定的" in lines["T-20a"]


def test_a_rule_of_one_region_is_listed_and_shown(home, capsys):
    assert cli.main(["rule", "list", "--on", "2026-03-02"]) == 0
    listed = capsys.readouterr().out
    assert cli.main(["rule", "show", "PREMISES-KEY", "--on", "2026-03-02", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)

    assert re.search(r"PREMISES-KEY .*2009-05-01 至今，区划 15）", listed)
    assert len(re.findall(r"^PREMISES-SMALL ", listed, re.MULTILINE)) == 2
    assert (shown["id"], shown["region"]) == ("PREMISES-KEY", "15")


def test_a_rule_with_two_numbers_says_how_it_is_asked(home, capsys):
    said = refused(capsys, "deadline", "T-25", "--from", "2026-09-30")

    assert said == "没有规则 T-25。它有几个期限，请分别查 T-25a、T-25b。"


def test_hours_run_from_a_moment_not_from_a_day(home, capsys):
    said = refused(capsys, "deadline", "T-18a", "--from", "2026-10-01")

    assert "请写明起算时刻" in said


@pytest.mark.parametrize("rule", ["T-18b", "T-18a", "P-67", "P-SUIT"])
def test_the_end_of_all_calendars_is_refused_in_words(rule, home, capsys):
    said = refused(capsys, "deadline", rule, "--from", "9999-12-31T10:00", "--provisional")

    assert said.startswith(f"规则 {rule} 从 9999-12-31 起算，超出了公元")


def test_a_year_loaded_here_counts_here(tmp_path):
    notice = tmp_path / "2027.yaml"
    notice.write_text(
        "{year: 2027, version: 2027-1, source: 国务院办公厅通知（试验）, tag: VP, holidays: ["
        "{name: 元旦, from: 2027-01-01, to: 2027-01-03, work: []},"
        "{name: 春节, from: 2027-02-05, to: 2027-02-11, work: [2027-02-13]},"
        "{name: 清明节, from: 2027-04-05, to: 2027-04-05, work: []},"
        "{name: 劳动节, from: 2027-05-01, to: 2027-05-05, work: []},"
        "{name: 端午节, from: 2027-06-09, to: 2027-06-09, work: []},"
        "{name: 中秋节, from: 2027-09-15, to: 2027-09-15, work: []},"
        "{name: 国庆节, from: 2027-10-01, to: 2027-10-07, work: []}]}",
        "utf-8",
    )
    ask = ("deadline", "T-18b", "--from", "2026-12-31", "--json")
    with place(tmp_path, "home") as there:
        there.did("init")
        assert "2027 年的放假安排还没有载入" in there.refused(*ask)

        loaded = json.loads(there.did("calendar", "load", str(notice), "--json"))
        counted = json.loads(there.did(*ask))

    assert loaded == {"year": 2027, "deadlines_moved": 0, "loaded": True}
    assert counted["deadline"] == "2027-01-06T23:59:59+08:00"
    assert not counted["provisional"]


def test_regions_are_only_looked_at_in_a_dry_run(tmp_path):
    table = tmp_path / "区划.csv"
    table.write_text("code,level,kind,name,parent\n150500000000,2,地级,通辽市,\n", "utf-8")
    with place(tmp_path, "home") as there:
        there.did("init")

        tried = json.loads(there.did("import", "regions", str(table), "--dry-run", "--json"))
        assert tried == {"rows": 1, "written": False}
        assert there.ask("SELECT count(*) FROM regions_region") == [(0,)]

        done = json.loads(there.did("import", "regions", str(table), "--json"))
        assert done == {"rows": 1, "written": True}
        assert there.ask("SELECT count(*) FROM regions_region") == [(1,)]

        assert there.refused("import", "regions") == "没有文件“”。请核对路径。"
        there.did("import", "regions", "--template", str(tmp_path / "空.csv"))
        head = (tmp_path / "空.csv").read_text("utf-8-sig")
        assert head == "code,level,kind,name,parent\n"


def test_a_house_that_is_not_there_is_said_in_one_line(tmp_path):
    with place(tmp_path, "home") as there:
        checked = there.fengsui("check")
        assert (checked.returncode, checked.stderr) == (1, "")
        assert f"没有目录 {there.home}  → 核对 FENGSUI_HOME，或运行 fengsui init" in checked.stdout

        said = there.refused("key", "list", FENGSUI_DATABASE_URL="mysql://x")
        assert said == "FENGSUI_DATABASE_URL：mysql:// 不支持；请用 sqlite:/// 或 postgresql://"

        there.home.mkdir()
        (there.home / "fengsui.toml").write_text("hosts = [")
        assert f"{there.home / 'fengsui.toml'} 不是合格的 TOML" in there.refused("key", "list")

        unwritable = there.refused("init", FENGSUI_HOME="/proc/nowhere", FENGSUI_DATABASE_URL="")
        assert unwritable.startswith("/proc/nowhere 不能用")


def test_proof_of_what_was_never_entered_is_not_a_matter_of_waiting(tmp_path):
    with place(tmp_path, "home") as there:
        there.did("init")

        said = there.refused("ledger", "proof", "01990000-0000-7000-8000-000000000000")

    assert said == "台账中没有记录 01990000-0000-7000-8000-000000000000。请核对编号。"
