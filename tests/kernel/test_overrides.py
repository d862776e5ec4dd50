"""Local overrides of rules, and complaints about rule files at their exact place."""

from datetime import date
from pathlib import Path

import pytest

from fengsui.kernel.refusal import Refusal
from fengsui.kernel.rulebook import Rulebook, shipped_paths

ON = date(2026, 6, 1)
TONGLIAO = "150502000000"


def refusal(call, *args) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call(*args)
    return caught.value


OVERRIDE = """
rules:
  - id: T-18b
    type: deadline
    title: 核查举报（本市承诺）
    start: complaint_received
    n: 2
    unit: wd
    source: 本市承诺
    tag: D
    region: "1505"
    effective_from: 2026-03-01
    text: 本市承诺两个工作日内核查。
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "local.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_local_override_wins_in_its_region_and_from_its_date(tmp_path):
    book = Rulebook.load(shipped_paths(), [written(tmp_path, OVERRIDE)])

    assert book.deadline_rule("T-18b", date(2026, 3, 1), TONGLIAO).n == 2
    assert book.deadline_rule("T-18b", date(2026, 2, 28), TONGLIAO).n == 3
    assert book.deadline_rule("T-18b", date(2026, 3, 1), "150402000000").n == 3
    assert book.deadline_rule("T-18b", date(2026, 3, 1)).n == 3


LOCAL_EVERYWHERE = """
- id: G-CTRLROOM
  type: constraint
  title: 消防控制室值班人数（本地）
  rule: control_room_staff>=3 per shift
  values: {per_shift: 3}
  source: 本地约定
  tag: D
  region: ""
  effective_from: 2026-02-01
  text: 本地约定每班不少于三人。
"""


def test_a_local_override_wins_over_a_shipped_rule_of_a_narrower_region(tmp_path):
    book = Rulebook.load(shipped_paths(), [written(tmp_path, LOCAL_EVERYWHERE)])

    assert book.constraint_rule("G-CTRLROOM", ON, TONGLIAO).values == {"per_shift": 3}


BROKEN = [
    ("region:", "regions:", "regions"),
    ('    region: "1505"\n', "", "region"),
    ("id: T-18b", "id: T-98", "id"),
    ("type: deadline", "type: dead", "type"),
    ("    type: deadline\n", "", "type"),
    ("n: 2", "n: true", "n"),
    ("n: 2", 'n: "2"', "n"),
    ("    n: 2\n", "    n: 0\n", "n"),
    ("unit: wd", "unit: week", "unit"),
    ("tag: D", "tag: sure", "tag"),
    ("    title: 核查举报（本市承诺）\n", "", "title"),
    ("effective_from: 2026-03-01", "effective_from: spring", "effective_from"),
    ("    unit: wd\n", "    unit: wd\n    roll: true\n", ""),
    ("    unit: wd\n", "    unit: wd\n    before: hearing\n", ""),
]


@pytest.mark.parametrize(("old", "new", "field"), BROKEN)
def test_a_broken_override_is_refused_at_its_place_with_a_remedy(tmp_path, old, new, field):
    path = written(tmp_path, OVERRIDE.replace(old, new))

    no = refusal(Rulebook.load, shipped_paths(), [path])

    assert no.code == "rulebook-invalid"
    assert (no.facts["file"], no.facts["index"]) == (str(path), 1)
    assert no.facts["field"] == field
    assert no.facts["problem"]
    assert no.facts["remedy"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("rules: [", "不是合法的 YAML"),
        ("- id: T-1\n  n: 2\n  n: 5", "不是合法的 YAML：第 1 行，字段 n 写了两次"),
        ("rules: 3", "顶层应是规则列表"),
        ("- just a word", "这一条不是字段表"),
    ],
)
def test_a_file_that_is_no_list_of_rules_is_refused(tmp_path, text, problem):
    no = refusal(Rulebook.load, shipped_paths(), [written(tmp_path, text)])

    assert no.code == "rulebook-invalid"
    assert str(no.facts["problem"]).startswith(problem)


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path):
    no = refusal(Rulebook.load, [tmp_path / "none.yaml"])

    assert (no.code, no.facts["file"]) == ("rulebook-invalid", str(tmp_path / "none.yaml"))


def test_two_versions_in_force_on_one_day_are_refused(tmp_path):
    second = OVERRIDE.replace("rules:\n", "").replace("2026-03-01", "2026-05-01")

    no = refusal(Rulebook.load, shipped_paths(), [written(tmp_path, OVERRIDE + second)])

    assert (no.facts["index"], no.facts["field"]) == (2, "effective_from")
    assert "重叠" in str(no.facts["problem"])


def test_a_version_that_begins_when_the_earlier_ends_is_taken(tmp_path):
    first = OVERRIDE.replace("    text:", "    effective_to: 2026-04-30\n    text:")
    second = OVERRIDE.replace("rules:\n", "").replace("2026-03-01", "2026-05-01")
    later = second.replace("n: 2", "n: 1")

    book = Rulebook.load(shipped_paths(), [written(tmp_path, first + later)])

    assert book.deadline_rule("T-18b", date(2026, 4, 30), TONGLIAO).n == 2
    assert book.deadline_rule("T-18b", date(2026, 5, 1), TONGLIAO).n == 1
