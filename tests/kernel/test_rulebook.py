"""The rulebook: every rule of the law there as it stands, and the version of the date."""

from datetime import date
from decimal import Decimal

import pytest

from fengsui.kernel.refusal import Refusal
from fengsui.kernel.rulebook import (
    ChecklistRule,
    shipped_rulebook,
)
from fengsui.kernel.statutes import open_citation, parse_citation

BOOK = shipped_rulebook()
ON = date(2026, 6, 1)
TONGLIAO = "150502000000"

# law.md 12 (and 2.4 for the first loop): id, number, unit, party, roll, tag.
DEADLINES = """
T-15a 10 wd - - VL        | T-15b 3 wd - - VP      | A-ONLINE 1 wd - - VP   | A-VERIFY 20 wd - - VP
A-ORDER 3 wd - - VP       | A-RECHECK 3 wd - - VP  | T-16 3 wd - - VP       | T-18a 24 h - - VP
T-18b 3 wd - - VP         | T-19b 3 wd - - VP      | T-20b 3 wd - - VP      | T-21a 7 wd - - VP
T-21b 3 wd - - VP         | T-22 30 cd - - VP      | T-23a 3 wd - - VP      | T-23b 24 h - - VP
T-25a 3 wd - - K          | T-25b 3 wd - - K       | T-27a 3 wd - - K       | T-27b 3 wd - - K
T-29a 3 wd - - K          | T-29b 3 wd - - K       | PS-XFER 5 wd - - VP    | GOV-7 7 wd - - VL
P-56 7 wd - - VL          | P-60 90 cd - - VL      | P-61 7 wd - - VL       | P-64a 5 wd party - VL
P-64b 7 wd - - VL         | P-67 15 cd party roll VL | P-PUB 7 wd - - VP    | P-PUB20 20 wd - - VP
P-48 3 wd - - VL          | P-REV 60 cd party roll VL | P-SUIT 6 mo party roll VL
P-SUIT2 15 cd party roll VL | P-CREDIT 1 y - - VP  | TS-ARCH 6 y - - VL     | T-20a None cd party roll VP
"""
CONSTRAINTS = """
G-2OFF VL | G-HEAR VL+K | G-LEGAL VL | G-COLL VL | G-SIMPLE VL | G-OVERDUE VL | G-GOV VL | G-KPI VL
G-DETAIN VL | G-SURCHARGE VL | G-HB47-7 VL | G-TS-TRACE VL | G-CTRLROOM VL+VP
T-18c VP | T-19a VP | T-19c VP | T-20-EXT D
"""
FREQUENCIES = """
F-PAT-KEY 1 d VL | F-PAT-2H 2 h VL | F-CHK-ORG 3 mo VL | F-CHK-OTH 1 mo VL | F-TRN-KEY 1 y VL
F-TRN-PUB 6 mo VL | F-DRL-KEY 6 mo VL | F-DRL-OTH 1 y VL | F-TEST 1 y VL | F-HB-PAT 1 d VL
F-HB-CHK-R 1 mo VL | F-HB-CHK-P 1 hmo VL | F-HB-FLUE 3 mo VL | F-HB-EVAL 1 y VL | F-HB-TRN-P 6 mo VL
F-HB-TRN-R 1 y VL | F-HB-DRL 1 y VL | F-HB-DRL100 6 mo VL | F-HB-DRLSUB 3 mo VL | F-HR-FLUE 6 mo VP
F-HR-ELEC 1 y VP | F-G1-MEET 1 y VL | F-G1-REPORT 1 y VL | F-DP-DRILL 1 y VL | F-RS1 1 y VL
"""


def rows(table: str) -> list[list[str]]:
    return [row.split() for row in table.replace("\n", "|").split("|") if row.strip()]


@pytest.mark.parametrize(("id", "n", "unit", "party", "roll", "tag"), rows(DEADLINES))
def test_a_deadline_of_the_law_is_in_the_book(id, n, unit, party, roll, tag):
    rule = BOOK.deadline_rule(id, ON)

    assert (str(rule.n), rule.unit, rule.tag) == (n, unit, tag)
    assert (rule.party, rule.roll) == (party == "party", roll == "roll")


@pytest.mark.parametrize(("id", "tag"), rows(CONSTRAINTS))
def test_a_constraint_of_the_law_is_in_the_book(id, tag):
    assert BOOK.constraint_rule(id, ON, TONGLIAO).tag == tag


@pytest.mark.parametrize(("id", "n", "every", "tag"), rows(FREQUENCIES))
def test_a_frequency_of_the_law_is_in_the_book(id, n, every, tag):
    rule = BOOK.frequency_rule(id, ON, TONGLIAO)

    assert (str(rule.n), rule.every, rule.tag) == (n, every, tag)


def test_the_special_marks_of_deadlines():
    assert BOOK.deadline_rule("T-21a", ON).ext == {"expert_review": 10}
    assert BOOK.deadline_rule("T-22", ON).first_day_in
    assert BOOK.deadline_rule("P-64b", ON).before == "hearing"
    assert BOOK.deadline_rule("T-20b", ON).start == ("deadline_expired", "recheck_applied")
    assert BOOK.deadline_rule("T-18a", ON).when == "evacuation_or_disabled_facility"


def test_the_numbers_of_the_gates_are_values():
    assert BOOK.constraint_rule("G-2OFF", ON).values == {"officers": 2}
    assert BOOK.constraint_rule("G-HEAR", ON).values == {"fine_unit": 30000, "fine_person": 2000}
    assert BOOK.constraint_rule("G-SIMPLE", ON).values == {"fine_unit": 3000, "fine_person": 200}
    surcharge = BOOK.constraint_rule("G-SURCHARGE", ON).values
    assert surcharge == {"daily_rate": Decimal("0.03"), "cap": 1}
    longest = BOOK.value_rule("T-20a-MAX", ON)
    assert (longest.value, longest.tag) == (180, "D")


# law.md 10.0, typed out: what each item suggests.
SUGGESTED = {
    "C01": ("58-1-4a", "transfer-housing"),
    "C02": ("67",),
    "C03": ("67",),
    "C04": ("Q3",),
    "C05": ("Q5",),
    "C06": ("Q1",),
    "C07": ("67",),
    "C08": ("67", "HB47-4"),
    "C09": ("67",),
    "C10": ("67",),
    "C11": ("66",),
    "C12": ("63", "67", "HB47-1"),
    "C13": ("Q6",),
    "C14": ("Q7", "7.9.5"),
    "C15": ("Q3", "HB47-7"),
    "C16": ("Q2", "HB47-6"),
    "C17": ("67", "Q7"),
    "C18": ("Q7",),
    "C19": ("67",),
    "C20": ("67",),
}


def test_the_core_checklist_holds_its_twenty_items_and_their_suggestions():
    checklist = BOOK.checklist_rule("CHECKLIST-CORE", ON)

    found = {item.code: tuple(one.code for one in item.maps_to) for item in checklist.items}
    assert found == SUGGESTED
    assert all(item.basis for item in checklist.items)


def cited() -> list[str]:
    texts = {text for rule in BOOK.rules() for text in rule.cites}
    lists = [rule for rule in BOOK.rules() if isinstance(rule, ChecklistRule)]
    return sorted(
        texts | {basis.cite for rule in lists for item in rule.items for basis in item.basis}
    )


@pytest.mark.parametrize("text", cited())
def test_every_citation_of_the_book_opens(text):
    for citation in parse_citation(text):
        assert open_citation(citation).text or citation.article is None


def test_every_rule_says_what_it_says_in_chinese_and_where_it_comes_from():
    for rule in BOOK.rules():
        assert any("一" <= char <= "鿿" for char in rule.title), rule.id
        assert rule.source
        assert rule.text


def test_the_version_of_the_date_and_the_region_is_chosen():
    before = BOOK.constraint_rule("G-CTRLROOM", date(2026, 1, 5), TONGLIAO)
    after = BOOK.constraint_rule("G-CTRLROOM", date(2026, 1, 6), TONGLIAO)
    elsewhere = BOOK.constraint_rule("G-CTRLROOM", date(2026, 1, 6), "110101000000")

    assert before.values == {"per_shift": 2}
    assert after.values == {"per_shift": 2, "per_shift_remote": 1}
    assert elsewhere == before


def test_a_period_for_review_exists_before_and_after_the_new_act():
    assert BOOK.deadline_rule("P-REV", date(2022, 6, 1)).tag == "K"
    assert BOOK.deadline_rule("P-REV", date(2023, 12, 31)).tag == "K"
    assert BOOK.deadline_rule("P-REV", date(2024, 1, 1)).tag == "VL"


def test_the_list_is_sorted_and_holds_what_is_in_force():
    everything = [rule.id for rule in BOOK.rules()]
    in_2022 = {rule.id for rule in BOOK.rules(on=date(2022, 6, 1))}

    assert everything == sorted(everything)
    assert "P-CREDIT" in everything
    assert "P-CREDIT" not in in_2022
    assert "T-18a" in in_2022
    assert "F-HR-FLUE" not in in_2022
    assert "F-HR-FLUE" in {rule.id for rule in BOOK.rules(ON, TONGLIAO)}


def refusal(call, *args) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call(*args)
    return caught.value


def test_what_is_not_in_force_or_not_known_or_of_another_kind_is_refused():
    early = refusal(BOOK.rule, "P-CREDIT", date(2022, 6, 1))
    unknown = refusal(BOOK.rule, "T-99", ON)
    other = refusal(BOOK.deadline_rule, "G-2OFF", ON)

    assert (early.code, early.facts["versions"]) == ("rule-not-in-force", ["2023-05-01 至今"])
    assert (unknown.code, unknown.facts["id"]) == ("unknown-rule", "T-99")
    assert (other.code, other.facts["type"]) == ("wrong-rule-type", "constraint")
