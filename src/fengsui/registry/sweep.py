"""The clock's step for the register: when the thresholds changed, every class is judged again."""

from datetime import date, datetime

from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import perform_many
from fengsui.platform.calls import Call, Nothing, Way
from fengsui.platform.rules import local_day
from fengsui.platform.who import CLOCK
from fengsui.registry.actions import rejudge
from fengsui.registry.classing import standards
from fengsui.registry.queries import counties_supervised, judged_by_others

# A batch holds the write lock for a few hundredths of a second.
_BATCH = 50


def judge_again(now: datetime) -> bool:
    """One batch of premises that other rules judged; True while there may be more. No premises is
    judged twice a day."""
    today = local_day(now)
    return any(_judged(region, today, now) for region in counties_supervised())


def _judged(region: str, today: date, now: datetime) -> bool:
    try:
        mark = standards(today, region).mark
    except Refusal:  # no thresholds are known for this part of the country: nothing to judge by
        return False
    waiting = judged_by_others(region, mark, today, _BATCH)
    if not waiting:
        return False
    key = f"premises/rejudge/{mark}/{today}/{waiting[0]}"
    call = Call(who=CLOCK, way=Way.CLOCK, key=key, at=now, received_at=now)
    perform_many(rejudge, [(row_id, Nothing()) for row_id in waiting], call)
    return True


class Rejudging:
    """Asks once a day, and goes on until nothing is left: rules come into force at midnight."""

    def __init__(self) -> None:
        self._done_on: date | None = None

    def step(self, now: datetime) -> bool:
        today = local_day(now)
        if self._done_on == today:
            return False
        found = judge_again(now)
        self._done_on = None if found else today
        return found
