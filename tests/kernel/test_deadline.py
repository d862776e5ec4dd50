"""Deadlines: the law's own cases, the winter without a calendar, and what always holds."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengsui.kernel.deadline import CHINA, compute
from fengsui.kernel.refusal import Refusal
from fengsui.kernel.rulebook import DeadlineRule
from tests.kernel.calendars import (
    PLAIN_2027,
    REACHING_BACK_2027,
    SHIPPED,
    WITHOUT_2027,
    rule,
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def due_on(id: str, start: str, calendar=SHIPPED, **how) -> str:
    return compute(rule(id), date.fromisoformat(start), calendar, **how).due.date().isoformat()


def made(**fields) -> DeadlineRule:
    base = {
        "id": "T-0",
        "title": "试验",
        "source": "试验",
        "tag": "D",
        "effective_from": date(2020, 1, 1),
        "text": "仅供试验",
        "start": "event",
    }
    return DeadlineRule.model_validate({**base, **fields})


# law.md 11.4, row by row: rule, start, extensions, deadline.
VECTORS = [
    ("T-18b", "2026-09-30", (), "2026-10-10"),
    ("T-18b", "2026-02-13", (), "2026-02-25"),
    ("T-18b", "2026-02-14", (), "2026-02-26"),
    ("T-18b", "2026-03-08", (), "2026-03-11"),
    ("T-15a", "2026-09-23", (), "2026-10-14"),
    ("A-VERIFY", "2026-09-15", (), "2026-10-19"),
    ("A-VERIFY", "2026-01-30", (), "2026-03-05"),
    ("T-21a", "2026-04-28", (), "2026-05-11"),
    ("T-21a", "2026-04-28", ("expert_review",), "2026-05-25"),
    ("T-16", "2026-09-18", (), "2026-09-22"),
    ("P-64a", "2026-04-30", (), "2026-05-11"),
    ("P-64b", "2026-10-20", (), "2026-10-10"),
    ("P-61", "2026-02-12", (), "2026-02-28"),
    ("P-PUB", "2026-09-24", (), "2026-10-12"),
    ("P-67", "2026-09-20", (), "2026-10-08"),
    ("P-67", "2026-03-02", (), "2026-03-17"),
    ("P-60", "2026-07-06", (), "2026-10-04"),
    ("T-22", "2026-09-04", (), "2026-10-03"),
    ("T-18b", "2022-09-30", (), "2022-10-10"),
    ("T-18b", "2022-01-28", (), "2022-02-07"),
]


@pytest.mark.parametrize(("id", "start", "extensions", "expected"), VECTORS)
def test_a_day_deadline_falls_where_the_law_puts_it(id, start, extensions, expected):
    deadline = compute(rule(id), date.fromisoformat(start), SHIPPED, extensions=extensions)

    assert deadline.due.isoformat() == f"{expected}T23:59:59+08:00"
    assert not deadline.provisional


def test_a_blocked_exit_is_verified_within_24_hours_on_a_holiday_too():
    deadline = compute(rule("T-18a"), at("2026-10-01T18:00"), SHIPPED)

    assert deadline.due == at("2026-10-02T18:00")


@pytest.mark.parametrize(
    ("start", "expected"),
    [("2026-02-16T23:59", "2026-02-17T23:59"), ("2026-12-31T10:30", "2027-01-01T10:30")],
)
def test_hours_run_across_midnight_holidays_and_the_end_of_the_calendar(start, expected):
    deadline = compute(rule("T-18a"), at(start), WITHOUT_2027)

    assert (deadline.due, deadline.provisional) == (at(expected), False)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-03-02", "2026-09-02"),
        ("2025-08-31", "2026-02-28"),
        ("2023-08-30", "2024-02-29"),
        ("2026-01-20", "2026-07-20"),
        ("2026-04-01", "2026-10-08"),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_months_last_and_roll(start, expected):
    assert due_on("P-SUIT", start) == expected


def test_a_year_ends_on_its_day_and_does_not_roll_for_the_agency():
    assert due_on("P-CREDIT", "2024-02-29") == "2025-02-28"
    assert due_on("P-CREDIT", "2025-10-01") == "2026-10-01"


def test_an_officer_sets_the_term_of_a_rectification_and_its_end_rolls():
    assert due_on("T-20a", "2026-09-16", n=15) == "2026-10-08"
    assert due_on("T-20a", "2026-09-01", n=7) == "2026-09-08"


def test_every_day_is_shown_with_its_reason():
    shown = [
        (day.on.isoformat(), day.counted, day.ordinal, day.why)
        for day in compute(rule("T-18b"), date(2026, 10, 7), SHIPPED).days
    ]

    assert shown == [
        ("2026-10-07", False, None, "起算日不计入"),
        ("2026-10-08", True, 1, "周四，第 1 个工作日"),
        ("2026-10-09", True, 2, "周五，第 2 个工作日"),
        ("2026-10-10", True, 3, "周六，调休上班，第 3 个工作日"),
    ]


def test_a_day_off_and_a_rolled_end_say_why():
    working = compute(rule("T-18b"), date(2026, 9, 30), SHIPPED).days
    rolled = compute(rule("P-67"), date(2026, 9, 20), SHIPPED).days

    assert working[1].why == "国庆节放假，不计"
    assert [day.why for day in rolled[-4:]] == [
        "第 15 日，国庆节放假，顺延",
        "国庆节放假，顺延",
        "国庆节放假，顺延",
        "周四，顺延后的届满日",
    ]


def test_a_sealing_counts_its_first_day():
    days = compute(rule("T-22"), date(2026, 9, 4), SHIPPED).days

    assert (days[0].on, days[0].ordinal, days[0].why) == (
        date(2026, 9, 4),
        1,
        "第 1 日，起算日计入",
    )


def test_the_moment_is_read_in_china_whatever_its_zone():
    late_evening_in_utc = datetime(2026, 3, 3, 17, 0, tzinfo=UTC)

    deadline = compute(rule("T-18b"), late_evening_in_utc, SHIPPED)

    assert deadline.start.isoformat() == "2026-03-04T01:00:00+08:00"
    assert deadline.due == at("2026-03-09T23:59:59")


def refused(
    id: str, start: date | datetime, calendar=SHIPPED, **how
) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refusal) as caught:
        compute(rule(id), start, calendar, **how)
    return caught.value.code, dict(caught.value.facts)


def test_what_cannot_be_computed_is_refused_with_the_reason():
    day = date(2026, 3, 2)

    assert refused("T-20a", day)[0] == "term-required"
    assert refused("T-18b", day, n=5)[0] == "term-fixed"
    assert refused("T-20a", day, n=0)[0] == "term-out-of-range"
    assert refused("T-18a", day)[0] == "start-needs-time"
    code, facts = refused("T-21a", day, extensions=("holiday",))
    assert (code, facts["known"]) == ("unknown-extension", ("expert_review",))


def test_a_naive_moment_is_a_bug_and_no_refusal():
    with pytest.raises(ValueError, match="aware"):
        compute(rule("T-18b"), datetime(2026, 3, 2), SHIPPED)  # noqa: DTZ001 - the point of it


# The winter: 2026 is loaded, 2027 is not. Worked by hand on a wall calendar.
# 2026-12-30 Wed, 12-31 Thu, 2027-01-01 Fri; 2027-02-28 Sun; 除夕 2027-02-05, 初三 02-08 Mon.
WINTER = [
    ("T-18b", {}, "2027-01-01", "2027-01-04", "2027-01-05", "2027-01-06"),
    ("T-20a", {"n": 60}, "2027-02-28", "2027-03-01", "2027-02-28", "2027-02-28"),
    ("T-20a", {"n": 40}, "2027-02-08", "2027-02-09", "2027-02-12", "2027-02-12"),
    ("A-VERIFY", {}, "2027-01-01", "2027-01-27", "2027-01-28", "2027-01-29"),
]


@pytest.mark.parametrize(("id", "how", "first_missing", "provisional", "plain", "back"), WINTER)
def test_a_year_without_calendar_is_refused_or_marked_and_moves_when_loaded(
    id, how, first_missing, provisional, plain, back
):
    start = date(2026, 12, 30)
    code, facts = refused(id, start, WITHOUT_2027, **how)
    assumed = compute(rule(id), start, WITHOUT_2027, provisional=True, **how)
    loaded = compute(rule(id), start, WITHOUT_2027.replace(PLAIN_2027), **how)
    reaching = compute(rule(id), start, WITHOUT_2027.replace(REACHING_BACK_2027), **how)

    assert (code, facts["rule"], facts["year"], facts["day"]) == (
        "calendar-missing",
        id,
        2027,
        first_missing,
    )
    assert "2027" in str(facts["remedy"])
    assert (assumed.due.date().isoformat(), assumed.provisional) == (provisional, True)
    assert (loaded.due.date().isoformat(), loaded.provisional) == (plain, False)
    assert reaching.due.date().isoformat() == back
    assert len({assumed.calendar, loaded.calendar, reaching.calendar}) == 3


def test_a_provisional_count_that_needs_no_missing_day_is_not_provisional():
    deadline = compute(rule("T-18b"), date(2026, 12, 28), WITHOUT_2027, provisional=True)

    assert (deadline.due.date(), deadline.provisional) == (date(2026, 12, 31), False)


def test_a_december_end_moves_when_the_next_years_notice_reaches_back():
    before = compute(rule("T-18b"), date(2026, 12, 28), WITHOUT_2027)
    after = compute(rule("T-18b"), date(2026, 12, 28), WITHOUT_2027.replace(REACHING_BACK_2027))

    assert (before.due.date(), after.due.date()) == (date(2026, 12, 31), date(2027, 1, 4))
    assert before.calendar != after.calendar


def test_an_agencys_calendar_days_need_no_calendar():
    assert due_on("P-60", "2026-12-30", WITHOUT_2027) == "2027-03-30"


STARTS = st.dates(date(2022, 2, 14), date(2026, 6, 30))
TERMS = st.integers(1, 60)


@given(STARTS, st.integers(0, 30), TERMS, st.sampled_from(["wd", "cd"]), st.booleans())
def test_a_later_start_never_ends_earlier(start, gap, n, unit, party):
    asked = made(n=n, unit=unit, party=party, roll=party)

    first = compute(asked, start, SHIPPED).due
    second = compute(asked, start + timedelta(days=gap), SHIPPED).due

    assert first <= second


@given(STARTS, TERMS, st.integers(0, 30), st.sampled_from(["wd", "cd", "mo"]))
def test_a_longer_term_never_ends_earlier(start, n, more, unit):
    shorter = compute(made(n=n, unit=unit), start, SHIPPED).due
    longer = compute(made(n=n + more, unit=unit), start, SHIPPED).due

    assert shorter <= longer


@given(STARTS, TERMS)
def test_an_agencys_working_day_deadline_lands_on_a_working_day(start, n):
    deadline = compute(made(n=n, unit="wd"), start, SHIPPED)

    assert SHIPPED.is_working_day(deadline.due.date())
    assert sum(day.counted for day in deadline.days) == n


@given(STARTS, TERMS)
def test_a_partys_calendar_day_deadline_is_the_first_working_day_from_its_raw_end(start, n):
    due = compute(made(n=n, unit="cd", party=True, roll=True), start, SHIPPED).due.date()
    raw = start + timedelta(days=n)

    assert due >= raw
    assert SHIPPED.is_working_day(due)
    assert not any(SHIPPED.is_working_day(raw + timedelta(days=k)) for k in range((due - raw).days))


@given(STARTS, TERMS)
def test_counting_back_from_the_end_returns_to_the_last_working_day_not_after_the_start(start, n):
    end = compute(made(n=n, unit="wd"), start, SHIPPED).due.date()

    back = compute(made(n=n, unit="wd", start=(), before="end"), end, SHIPPED).due.date()

    between = [back + timedelta(days=k) for k in range(1, (start - back).days + 1)]
    assert SHIPPED.is_working_day(back)
    assert back <= start
    assert not any(SHIPPED.is_working_day(day) for day in between)
