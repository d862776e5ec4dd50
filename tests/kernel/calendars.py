"""Calendars and rules that the tests of deadlines share."""

from dataclasses import replace
from datetime import date, timedelta

from fengsui.kernel.rulebook import DeadlineRule, shipped_rulebook
from fengsui.kernel.workdays import Calendar, Year, shipped_calendar

SHIPPED = shipped_calendar()


def days(first: str, last: str) -> frozenset[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return frozenset(start + timedelta(days=n) for n in range((end - start).days + 1))


def dates(*texts: str) -> frozenset[date]:
    return frozenset(date.fromisoformat(text) for text in texts)


PLAIN_2027 = Year(
    year=2027,
    off=days("2027-01-01", "2027-01-03") | days("2027-02-05", "2027-02-11"),
    makeup=dates("2027-02-20", "2027-02-28"),
    statutory=frozenset(),
    version="2027-made-up",
    source="made up for the tests",
    tag="D",
)

REACHING_BACK_2027 = replace(
    PLAIN_2027,
    off=days("2026-12-31", "2027-01-02") | days("2027-02-05", "2027-02-11"),
)


def until(year: int) -> Calendar:
    """The shipped calendar without the years after `year`."""
    return Calendar({y: SHIPPED.years[y] for y in SHIPPED.years if y <= year}, SHIPPED.statutory)


WITHOUT_2027 = until(2026)


def rule(id: str, on: date = date(2026, 6, 1)) -> DeadlineRule:
    return shipped_rulebook().deadline_rule(id, on)
