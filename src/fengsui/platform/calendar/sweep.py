"""The clock's step for the calendar: from November it asks for next year's notice."""

from datetime import date, datetime

from fengsui.platform import rules
from fengsui.platform.accounts.queries import operator_id
from fengsui.platform.actions import perform
from fengsui.platform.calendar import queries
from fengsui.platform.calendar.actions import ASK, Awaiting, await_year, settle_year
from fengsui.platform.calls import Call, Nothing, Way
from fengsui.platform.who import CLOCK


def ask_for_next_year(now: datetime) -> bool:
    """Open the task for a year that nobody has loaded; close it when the year became known otherwise."""
    year = rules.local_day(now).year + 1
    known = year in queries.current_calendar().years
    awaited = queries.awaited(year)
    if awaited is None:
        return not known and _ask(year, now)
    if known and awaited.state == "awaited":
        perform(settle_year, awaited, _call(f"calendar/known/{year}", now), Nothing())
        return True
    return False


def _ask(year: int, now: datetime) -> bool:
    """Once, from the day that ASK names, and only where somebody runs the system."""
    begins = rules.deadline(ASK, date(year, 1, 1)).due
    operator = operator_id()
    if operator is None or rules.local_day(now) < begins.date():
        return False
    form = Awaiting(year=year, organisation=operator)
    perform(await_year, None, _call(f"calendar/await/{year}", now), form)
    return True


def _call(key: str, now: datetime) -> Call:
    return Call(who=CLOCK, way=Way.CLOCK, key=key, at=now, received_at=now)
