"""GB 35181-2017, law.md 5.4: each combination at, under and over its number."""

from datetime import date

import pytest

from fengsui.kernel.refusal import Refusal
from fengsui.kernel.rulebook import shipped_rulebook
from fengsui.supervision.major.rules import determine

STANDARD = shipped_rulebook().standard_rule("GB35181", date(2022, 6, 1))
CROWDED, EXPLOSIVE, IMPORTANT, OTHER = (
    "人员密集场所",
    "易燃易爆危险品场所",
    "重要场所",
    "其他场所",
)

# place, elements, major?, rule
TABLE = [
    ([CROWDED], "7.3.1 7.3.3", False, None),
    ([CROWDED], "7.3.1 7.3.3 7.5", True, "5.3.3-a"),
    ([CROWDED], "7.3.8 7.3.9 7.9.3", True, "5.3.3-a"),
    ([CROWDED], "7.3.10 7.3.11 7.3.12", False, None),
    ([CROWDED], "7.3.10 7.3.11 7.3.12 7.9.5", True, "5.3.3-c"),
    ([CROWDED], "7.3.1 7.3.1 7.3.1", False, None),
    ([EXPLOSIVE], "7.1.1 7.1.2", False, None),
    ([EXPLOSIVE], "7.1.1 7.1.3 7.4.6", True, "5.3.3-b"),
    ([EXPLOSIVE], "7.1.1 7.1.2 7.3.1", False, None),
    ([EXPLOSIVE], "7.1.1 7.1.2 7.3.1 7.8.1", True, "5.3.3-c"),
    ([IMPORTANT], "7.3.1 7.3.3 7.5", False, None),
    ([IMPORTANT], "7.3.1 7.3.3 7.5 7.6.1", True, "5.3.3-c"),
    ([OTHER], "7.1.1 7.2.1 7.3.1 7.4.1 7.5", False, None),
    ([OTHER], "7.1.1 7.2.1 7.3.1 7.4.1 7.5 7.6.1", True, "5.3.3-d"),
    ([OTHER, EXPLOSIVE], "7.1.1 7.1.2 7.1.3", True, "5.3.3-b"),
    ([OTHER], "6.4", True, "6.4"),
    ([CROWDED], "7.3.1 6.5 6.8", True, "6.5"),
]


@pytest.mark.parametrize(("places", "elements", "major", "rule"), TABLE)
def test_the_combination_table(places, elements, major, rule):
    found = determine(STANDARD, places, elements.split())

    assert (found.major, found.rule) == (major, rule)


@pytest.mark.parametrize("code", [f"6.{n}" for n in range(1, 11)])
def test_any_direct_element_is_enough(code):
    assert determine(STANDARD, [OTHER], [code]).major is True


def test_what_can_be_corrected_at_once_does_not_count():
    found = determine(STANDARD, [CROWDED], ["7.3.1", "7.3.3", "7.5"], immediate=["7.3.3"])

    assert (found.major, found.counted) == (False, ("7.3.1", "7.5"))
    assert determine(STANDARD, [OTHER], ["6.8"], immediate=["6.8"]).major is False


@pytest.mark.parametrize("code", ["5.1.3-1", "5.1.3-2", "5.1.3-3"])
def test_an_exclusion_that_holds_ends_it(code):
    found = determine(STANDARD, [CROWDED], ["6.5"], excluded=[code])

    assert (found.major, found.rule) == (False, code)


def test_the_edition_of_2025_is_left_to_people_until_its_items_are_loaded():
    edition = shipped_rulebook().standard_rule("GB35181", date(2025, 11, 1))

    found = determine(edition, [CROWDED], ["7.3.1"])

    assert (edition.edition, found.major, found.rule) == ("GB35181-2025", None, "manual")


def test_the_last_day_of_the_edition_of_2017():
    assert shipped_rulebook().standard_rule("GB35181", date(2025, 10, 31)).edition == "GB35181-2017"


@pytest.mark.parametrize(
    ("places", "elements", "excluded", "code"),
    [
        ([CROWDED], ["7.3.13"], [], "unknown-element"),
        ([CROWDED], ["8.1"], [], "unknown-element"),
        (["商场"], ["7.3.1"], [], "unknown-place"),
        ([CROWDED], ["7.3.1"], ["4.5"], "unknown-exclusion"),
    ],
)
def test_what_the_standard_does_not_know_is_refused(places, elements, excluded, code):
    with pytest.raises(Refusal) as no:
        determine(STANDARD, places, elements, excluded=excluded)

    assert no.value.code == code


def test_all_elements_of_chapters_six_and_seven_are_there():
    assert [element.code for element in STANDARD.direct] == [f"6.{n}" for n in range(1, 11)]
    chapters = {"7.1": 4, "7.2": 3, "7.3": 12, "7.4": 6, "7.6": 3, "7.7": 3, "7.8": 2, "7.9": 5}
    expected = [f"{head}.{n}" for head, last in chapters.items() for n in range(1, last + 1)]
    assert sorted(element.code for element in STANDARD.comprehensive) == sorted([*expected, "7.5"])
