"""The pure parts: what a grid was on a day, what a consent covers, how a phone is compared."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengsui.kernel.ids import new_id
from fengsui.registry.grids.rules import (
    TITLES,
    Line,
    Scope,
    Span,
    dialled,
    standing,
    uncovered,
    wanted_for,
)

A, B, C, D = (new_id() for _ in range(4))
# 2026-01-01 A; 01-10 A → B, C; 01-20 B, C → D; 01-30 D retired for good.
SPANS = {
    A: Span(date(2026, 1, 1), date(2026, 1, 10)),
    B: Span(date(2026, 1, 10), date(2026, 1, 20)),
    C: Span(date(2026, 1, 10), date(2026, 1, 20)),
    D: Span(date(2026, 1, 20), date(2026, 1, 30)),
}
LINES = [Line(A, B), Line(A, C), Line(B, D), Line(C, D)]


@pytest.mark.parametrize(
    ("grid", "on", "was"),
    [
        (A, date(2026, 1, 1), {A}),
        (A, date(2026, 1, 9), {A}),
        (A, date(2026, 1, 10), {B, C}),
        (A, date(2026, 1, 29), {D}),
        (A, date(2026, 1, 30), set()),
        (D, date(2026, 1, 20), {D}),
        (D, date(2026, 1, 19), {B, C}),
        (D, date(2026, 1, 2), {A}),
        (D, date(2025, 12, 31), set()),
        (B, date(2026, 1, 9), {A}),
        (B, date(2026, 1, 25), {D}),
    ],
)
def test_what_a_grid_was_on_a_day(grid, on, was):
    assert standing(grid, on, SPANS, LINES) == was


@given(st.dates(date(2025, 12, 1), date(2026, 3, 1)), st.sampled_from([A, B, C, D]))
def test_whatever_is_named_stood_that_day(on, grid):
    assert all(SPANS[found].holds(on) for found in standing(grid, on, SPANS, LINES))


def test_a_grid_opened_and_split_on_one_day_never_stood():
    first, then = Span(date(2026, 1, 1), date(2026, 1, 1)), Span(date(2026, 1, 1))
    assert standing(A, date(2026, 1, 1), {A: first, B: then}, [Line(A, B)]) == {B}


BASIC = ["name", "phone", "address", "point", "notes"]
HEALTH = ["condition"]
CONTACT = ["contact_name", "contact_phone"]


@pytest.mark.parametrize(
    ("scope", "left"),
    [
        (Scope(), [*BASIC, *HEALTH, *CONTACT]),
        (Scope(given=True), [*HEALTH, *CONTACT]),
        (Scope(given=True, health=True), CONTACT),
        (Scope(given=True, contact=True), HEALTH),
        (Scope(given=True, health=True, contact=True), []),
        (Scope(health=True, contact=True), [*BASIC, *HEALTH, *CONTACT]),
    ],
)
def test_what_a_consent_does_not_reach(scope, left):
    assert sorted(uncovered(scope, TITLES)) == sorted(left)


def test_the_missing_consent_is_named():
    assert wanted_for("name", Scope()) == "当事人的告知同意"
    assert wanted_for("condition", Scope(given=True)) == "健康信息的单独同意"
    assert wanted_for("contact_phone", Scope(given=True)) == "联系人本人的同意"


@pytest.mark.parametrize(
    "written", ["13847598761", "138 4759 8761", "138-4759-8761", "+8613847598761", "8613847598761"]
)
def test_one_phone_however_it_is_written(written):
    assert dialled(written) == "13847598761"


@pytest.mark.parametrize(("written", "digits"), [("0475-8234567", "04758234567"), ("", "")])
def test_a_fixed_line_keeps_all_its_digits(written, digits):
    assert dialled(written) == digits
