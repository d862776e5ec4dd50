"""Working days: the notices, the missing year, the notice that reaches back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengsui.kernel.refusal import Refusal
from fengsui.kernel.workdays import check_complete
from tests.kernel.calendars import (
    PLAIN_2027,
    REACHING_BACK_2027,
    SHIPPED,
    WITHOUT_2027,
    dates,
    days,
    until,
)

# law.md 11.2, typed out: breaks and make-up days by year of the notice.
NOTICES = {
    2022: (
        days("2022-01-01", "2022-01-03")
        | days("2022-01-31", "2022-02-06")
        | days("2022-04-03", "2022-04-05")
        | days("2022-04-30", "2022-05-04")
        | days("2022-06-03", "2022-06-05")
        | days("2022-09-10", "2022-09-12")
        | days("2022-10-01", "2022-10-07"),
        dates("2022-01-29", "2022-01-30", "2022-04-02", "2022-04-24", "2022-05-07")
        | dates("2022-10-08", "2022-10-09"),
    ),
    2023: (
        days("2022-12-31", "2023-01-02")
        | days("2023-01-21", "2023-01-27")
        | dates("2023-04-05")
        | days("2023-04-29", "2023-05-03")
        | days("2023-06-22", "2023-06-24")
        | days("2023-09-29", "2023-10-06"),
        dates("2023-01-28", "2023-01-29", "2023-04-23", "2023-05-06", "2023-06-25")
        | dates("2023-10-07", "2023-10-08"),
    ),
    2024: (
        dates("2024-01-01", "2024-06-10")
        | days("2024-02-10", "2024-02-17")
        | days("2024-04-04", "2024-04-06")
        | days("2024-05-01", "2024-05-05")
        | days("2024-09-15", "2024-09-17")
        | days("2024-10-01", "2024-10-07"),
        dates("2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11")
        | dates("2024-09-14", "2024-09-29", "2024-10-12"),
    ),
    2025: (
        dates("2025-01-01")
        | days("2025-01-28", "2025-02-04")
        | days("2025-04-04", "2025-04-06")
        | days("2025-05-01", "2025-05-05")
        | days("2025-05-31", "2025-06-02")
        | days("2025-10-01", "2025-10-08"),
        dates("2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"),
    ),
    2026: (
        days("2026-01-01", "2026-01-03")
        | days("2026-02-15", "2026-02-23")
        | days("2026-04-04", "2026-04-06")
        | days("2026-05-01", "2026-05-05")
        | days("2026-06-19", "2026-06-21")
        | days("2026-09-25", "2026-09-27")
        | days("2026-10-01", "2026-10-07"),
        dates("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"),
    ),
}


@pytest.mark.parametrize("year", NOTICES)
def test_a_shipped_year_holds_exactly_what_its_notice_names(year):
    off, makeup = NOTICES[year]

    shipped = SHIPPED.years[year]

    assert (shipped.off, shipped.makeup) == (off, makeup)
    assert (shipped.tag, str(year) in shipped.source) == ("VP", True)


# Make-up weekends only move days off, so a year works on its weekdays (260, 262, 261, 261) less the
# 11 festival days, or 13 from 2025: a festival on a weekend is made good on a weekday.
@pytest.mark.parametrize(("year", "expected"), [(2023, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_as_many_working_days_as_weekends_and_festivals_leave(year, expected):
    every = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]

    assert sum(SHIPPED.is_working_day(day) for day in every if day.year == year) == expected


def test_the_following_years_notice_rules_the_last_days_of_a_year():
    new_years_eve = date(2022, 12, 31)
    thursday = date(2026, 12, 31)

    assert not SHIPPED.is_working_day(new_years_eve)
    assert SHIPPED.explain(new_years_eve) == "元旦放假"
    assert until(2022).explain(new_years_eve) == "周六"
    assert WITHOUT_2027.is_working_day(thursday)
    assert not WITHOUT_2027.replace(REACHING_BACK_2027).is_working_day(thursday)


def test_where_two_notices_name_a_day_the_later_decides():
    saturday = date(2026, 12, 26)
    worked = replace(SHIPPED.years[2026], makeup=SHIPPED.years[2026].makeup | {saturday})
    before = WITHOUT_2027.replace(worked)
    after = before.replace(replace(PLAIN_2027, off=PLAIN_2027.off | {saturday}))

    assert before.is_working_day(saturday)
    assert not after.is_working_day(saturday)


def test_a_day_of_a_missing_year_is_refused_with_the_remedy():
    with pytest.raises(Refusal) as caught:
        WITHOUT_2027.is_working_day(date(2027, 1, 4))

    assert caught.value.code == "calendar-missing"
    assert (caught.value.facts["year"], caught.value.facts["day"]) == (2027, "2027-01-04")


@pytest.mark.parametrize(
    ("day", "agency", "party"),
    [
        (date(2027, 2, 5), True, False),
        (date(2027, 2, 9), True, True),
        (date(2027, 2, 6), False, False),
        (date(2027, 10, 1), True, False),
        (date(2026, 10, 10), True, True),
    ],
)
def test_provisionally_a_festival_binds_the_agency_and_spares_the_party(day, agency, party):
    assert WITHOUT_2027.is_working_day_provisional(day, party=False) is agency
    assert WITHOUT_2027.is_working_day_provisional(day, party=True) is party


def test_loading_a_year_gives_a_new_calendar_with_a_new_version_and_leaves_the_old():
    loaded = WITHOUT_2027.replace(PLAIN_2027)

    assert not loaded.is_working_day(date(2027, 1, 1))
    assert loaded.is_working_day(date(2027, 2, 28))
    assert not WITHOUT_2027.knows(date(2027, 1, 1))
    assert loaded.version != WITHOUT_2027.version
    assert "2026-1" in loaded.version
    assert "2027-made-up" in loaded.version


# From the lunar calendar (初一 2027-02-06, 清明 04-05, 端午 06-09, 中秋 09-15).
def test_the_thirteen_festival_days_of_2027():
    assert SHIPPED.statutory[2027] == (
        dates("2027-01-01", "2027-04-05", "2027-05-01", "2027-05-02", "2027-06-09", "2027-09-15")
        | days("2027-02-05", "2027-02-08")
        | days("2027-10-01", "2027-10-03")
    )


NEW_YEARS_DAY = dates(
    "2022-02-01",
    "2023-01-22",
    "2024-02-10",
    "2025-01-29",
    "2026-02-17",
    "2027-02-06",
    "2028-01-26",
    "2029-02-13",
    "2030-02-03",
    "2031-01-23",
    "2032-02-11",
    "2033-01-31",
    "2034-02-19",
    "2035-02-08",
    "2036-01-28",
    "2037-02-15",
    "2038-02-04",
    "2039-01-24",
    "2040-02-12",
)


@pytest.mark.parametrize("first", sorted(NEW_YEARS_DAY))
def test_new_years_eve_and_the_second_of_may_count_only_from_2025(first):
    festivals = SHIPPED.statutory[first.year]
    coincide = {2028: 1, 2031: 1, 2039: 1}.get(first.year, 0)

    assert {first, first + timedelta(days=1), first + timedelta(days=2)} <= festivals
    assert (first - timedelta(days=1) in festivals) is (first.year >= 2025)
    assert (date(first.year, 5, 2) in festivals) is (first.year >= 2025)
    assert len(festivals) == (13 if first.year >= 2025 else 11) - coincide


@pytest.mark.parametrize(
    ("change", "day"),
    [
        ({"makeup": dates("2027-01-02")}, "2027-01-02"),
        ({"makeup": dates("2027-01-04")}, "2027-01-04"),
        ({"off": dates("2025-12-31")}, "2025-12-31"),
        ({"off": dates("2028-01-01")}, "2028-01-01"),
    ],
)
def test_an_impossible_notice_is_refused_at_its_day(change, day):
    with pytest.raises(Refusal) as caught:
        replace(PLAIN_2027, **change)

    assert (caught.value.code, caught.value.facts["day"]) == ("calendar-invalid", day)


def test_a_notice_without_makeup_days_or_without_a_festival_is_incomplete():
    with pytest.raises(Refusal, match="calendar-invalid"):
        check_complete(replace(PLAIN_2027, makeup=frozenset()))
    with pytest.raises(Refusal) as caught:
        check_complete(replace(PLAIN_2027, statutory=dates("2027-10-01")))

    assert caught.value.facts["day"] == "2027-10-01"


@given(st.dates(date(2022, 1, 1), date(2027, 12, 31)), st.integers(0, 800))
def test_a_count_is_the_sum_of_its_days(after, length):
    works = [
        WITHOUT_2027.is_working_day_provisional(after + timedelta(days=n), party=False)
        for n in range(1, length + 1)
    ]

    assert WITHOUT_2027.count(after, after + timedelta(days=length)) == sum(works)
