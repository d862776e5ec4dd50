"""Must, may or must not: law.md 3.2 in its order, the amounts of 1.3 and 1.5, the gates of 3.3 and 3.4."""

import pytest

from fengsui.enforcement import cases
from fengsui.enforcement.rules import judge
from fengsui.kernel.refusal import Refusal
from fengsui.kernel.rulebook import shipped_rulebook

BOOK = shipped_rulebook()


def judged(code="60-3", party="unit", age=None, fine=None, **over):
    proposed = {"fine": fine, **over.pop("proposed", {})}
    said = {
        "on": "2026-03-02",
        "party": {"kind": party, "age": age},
        "code": code,
        "facts_established": True,
        "harm": "serious",
        "proposed": proposed,
    }
    return judge(*cases.settled(cases.read(said | over), BOOK))


@pytest.mark.parametrize(
    ("over", "outcome", "ground"),
    [
        ({}, "punish", "消防法60(1)(三)"),
        ({"party": "person", "age": 13, "limitation_passed": True}, "must_not", "行政处罚法30"),
        ({"party": "person", "age": 14}, "punish", "消防法60(1)(三)"),
        ({"limitation_passed": True, "facts_established": False}, "must_not", "行政处罚法36"),
        ({"facts_established": False}, "must_not", "行政处罚法57(1)(三)"),
        ({"no_fault_proved": True}, "must_not", "行政处罚法33(2)"),
        ({"minor": True, "corrected_in_time": True, "harm": "none"}, "must_not", "行政处罚法33(1)"),
        ({"minor": True, "corrected_in_time": True, "harm": "slight"}, "punish", "消防法60(1)(三)"),
        ({"minor": True, "harm": "none"}, "punish", "消防法60(1)(三)"),
        (
            {"first": True, "corrected_in_time": True, "harm": "slight"},
            "may_not",
            "行政处罚法33(1)",
        ),
        ({"first": True, "corrected_in_time": True}, "punish", "消防法60(1)(三)"),
        ({"first": True, "harm": "slight"}, "punish", "消防法60(1)(三)"),
    ],
)
def test_the_first_test_that_holds_decides(over, outcome, ground):
    found = judged(**over)

    assert (found.outcome, found.ground) == (outcome, ground)


# law.md 1.5, the whole table.
TIERS = """
58-1-4a unit 30000 111000 219000 300000
60-1 unit 5000 18500 36500 50000
61-1 unit 5000 18500 36500 50000
65-2 unit 5000 18500 36500 50000
65-2 person 500 950 1550 2000
66 unit 1000 2200 3800 5000
69-1a unit 50000 65000 85000 100000
69-1a person 10000 22000 38000 50000
HB47-6 unit 2000 4400 7600 10000
TS26 unit 20000 23000 27000 30000
TS27 unit 10000 13000 17000 20000
TS27 person 5000 6500 8500 10000
"""


@pytest.mark.parametrize("row", [row.split() for row in TIERS.strip().splitlines()])
def test_the_tiers_of_discretion(row):
    code, party, *bounds = row
    edges = [int(bound) for bound in bounds]

    found = {
        grade: judged(code, party, crowded=True, ordered_and_overdue=True, grade=grade)
        for grade in ("较轻", "一般", "严重")
    }

    assert found["一般"].range == (edges[0], edges[3])
    assert [found[grade].graded_range for grade in ("较轻", "一般", "严重")] == [
        (edges[0], edges[1]),
        (edges[1], edges[2]),
        (edges[2], edges[3]),
    ]


@pytest.mark.parametrize(
    ("over", "hearing", "government"),
    [
        ({"code": "58-1-4a", "fine": 30000}, True, False),
        ({"code": "60-1", "fine": 29999}, False, False),
        ({"code": "60-1", "fine": 30000}, True, False),
        ({"code": "69-1a", "party": "person", "fine": 1999}, False, False),
        ({"code": "69-1a", "party": "person", "fine": 2000}, True, False),
        ({"proposed": {"stop_business": True}}, True, False),
        ({"proposed": {"stop_business": True, "large_impact": True}}, True, True),
        ({"proposed": {"large_impact": True}}, False, False),
    ],
)
def test_the_gates(over, hearing, government):
    gates = judged(**over).gates

    assert gates == {
        "hearing": hearing,
        "legal_review": hearing,
        "collective": hearing,
        "government_reply": government,
    }


@pytest.mark.parametrize(
    ("over", "procedure"),
    [
        ({"party": "person", "fine": 200}, "summary"),
        ({"party": "person", "fine": 201}, "ordinary"),
        ({"party": "person", "proposed": {"warning": True}}, "summary"),
        ({"code": "TS28", "fine": 3000}, "summary"),
        ({"code": "TS28", "fine": 3001}, "ordinary"),
        ({"fine": 5000}, "ordinary"),
        ({}, "ordinary"),
    ],
)
def test_the_procedure(over, procedure):
    assert judged(**over).procedure == procedure


@pytest.mark.parametrize(
    ("over", "reason", "source"),
    [
        ({"code": "60-1", "party": "person"}, "不处罚个人", "消防法60(1)(一)"),
        ({"code": "60-6"}, "人员密集场所", "消防法60(1)(六)"),
        ({"code": "60-7"}, "通知", "消防法60(1)(七)"),
        ({"code": "66"}, "逾期", "消防法66"),
        ({"code": "67", "party": "person"}, "逾期", "消防法67"),
        ({"code": "65-2", "crowded": True}, "逾期", "消防法65(2)"),
        ({"code": "HB47-7"}, "拒不改正", "部令5号47(七)"),
        ({"code": "58-1-1"}, "住房和城乡建设", "消防法58(1)(一)"),
        ({"code": "68", "party": "person", "crowded": True}, "公安", "消防法70(1)"),
        ({"fine": 4999}, "减轻", "行政处罚法32"),
        ({"fine": 50001}, "上限", "消防法60(1)(三)"),
        ({"fine": 20000, "grade": "较轻"}, "档次", "行政处罚法34"),
        ({"code": "61-1", "fine": 5000}, "一并", "消防法61(1)"),
        (
            {
                "code": "61-1",
                "fine": 5000,
                "proposed": {"stop_business": True, "large_impact": True},
            },
            "人民政府",
            "消防法70(4)",
        ),
    ],
)
def test_what_stands_in_the_way_is_said_with_its_article(over, reason, source):
    blocked = judged(**over).blocked

    assert [one.source for one in blocked] == [source]
    assert reason in blocked[0].reason


def test_an_overdue_order_opens_the_way():
    assert judged("66", fine=2000, ordered_and_overdue=True).blocked == ()


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"code": "99"}, "unknown-penalty"),
        ({"grade": "很重"}, "unknown-grade"),
        ({"harm": "terrible"}, "case-invalid"),
        ({"minor": "yes"}, "case-invalid"),
        ({"fine": -1}, "case-invalid"),
        ({"on": "2026-02-30"}, "case-invalid"),
    ],
)
def test_what_is_not_understood_is_refused(over, code):
    with pytest.raises(Refusal) as no:
        judged(**over)

    assert no.value.code == code
