"""The rulebook and the calendar as this installation has them, for actions and pages."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from fengsui.kernel.deadline import Deadline, compute
from fengsui.kernel.refusal import Refusal
from fengsui.kernel.rulebook import Rulebook, shipped_paths
from fengsui.kernel.ruletypes import AnyRule
from fengsui.platform.calendar.queries import current_calendar

CHINA = ZoneInfo("Asia/Shanghai")


@lru_cache
def rulebook() -> Rulebook:
    """Shipped rules under the local overrides of `$FENGSUI_HOME/rules/*.yaml`."""
    local = sorted((Path(settings.HOME) / "rules").glob("*.yaml"))
    return Rulebook.load(shipped_paths(), local)


def local_day(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()


def table(rule_id: str, on: date, region: str = "") -> Mapping[str, object]:
    """The table of a value rule. Refuses `rule-missing` when none is in force."""
    found = rulebook().value_rule(rule_id, on, region).value
    if not isinstance(found, Mapping):
        raise Refusal("rule-shape", rule=rule_id, wanted="table")
    return found


def in_force(rule_ids: Sequence[str], on: date, region: str = "") -> list[AnyRule]:
    """Rules by id as they stand that day. Refuses `rule-missing`."""
    return [rulebook().rule(rule_id, on, region) for rule_id in rule_ids]


def number(rule_id: str, on: date, region: str = "") -> int:
    """The whole number of a value rule."""
    found = rulebook().value_rule(rule_id, on, region).value
    if not isinstance(found, int):
        raise Refusal("rule-shape", rule=rule_id, wanted="number")
    return found


def words(rule_id: str, on: date, region: str = "") -> tuple[str, ...]:
    """The list of a value rule, such as kinds of post."""
    found = rulebook().value_rule(rule_id, on, region).value
    if not isinstance(found, tuple):
        raise Refusal("rule-shape", rule=rule_id, wanted="list")
    return tuple(map(str, found))


def limit(rule_id: str, name: str, on: date, region: str = "") -> int:
    """One whole number out of the table of a value rule."""
    found = table(rule_id, on, region).get(name)
    if not isinstance(found, int):
        raise Refusal("rule-shape", rule=rule_id, wanted=name)
    return found


def deadline(
    rule_id: str,
    start: datetime | date,
    *,
    region: str = "",
    n: int | None = None,
    extensions: Sequence[str] = (),
) -> Deadline:
    """When the period of a rule ends, by the version in force on the day it starts.

    Never fails for a year without an official calendar: such days are counted on the safe side
    and the deadline is marked provisional, until the year is loaded and it is counted anew.
    """
    day = local_day(start) if isinstance(start, datetime) else start
    rule = rulebook().deadline_rule(rule_id, day, region)
    return compute(rule, start, current_calendar(), n=n, extensions=extensions, provisional=True)
