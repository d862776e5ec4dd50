"""The winter without a 2027 calendar: work does not stop, and what was counted on trust is moved."""

import json
from datetime import date, datetime, timedelta

import pytest

from fengsui.platform.actions import perform
from fengsui.platform.calendar.actions import Notice, load_year
from fengsui.platform.ledger.models import Entry
from fengsui.platform.who import PostKind
from fengsui.platform.worklist.models import Task
from fengsui.supervision.models import Hazard
from fengsui.workers import relay
from tests import make
from tests.supervision import loop

pytestmark = pytest.mark.django_db
EVE = datetime(2026, 12, 30, 12, tzinfo=make.CHINA)
# An invented notice: New Year to the 3rd, Spring Festival 5–11 February, the 28th worked instead.
NOTICE = Notice(
    year=2027,
    holidays={
        **{date(2027, 1, day): "元旦" for day in (1, 2, 3)},
        **{date(2027, 2, day): "春节" for day in range(5, 12)},
        date(2027, 4, 5): "清明节",
        **{date(2027, 5, day): "劳动节" for day in range(1, 6)},
        date(2027, 6, 9): "端午节",
        date(2027, 9, 15): "中秋节",
        **{date(2027, 10, day): "国庆节" for day in range(1, 8)},
    },
    workdays=(date(2027, 2, 28),),
    source="假定的 2027 年放假安排",
)


def due(kind):
    return Task.objects.get(kind=kind, state="open").due_at.astimezone(make.CHINA).date()


def test_deadlines_counted_on_trust_move_when_the_year_is_loaded():
    team = make.Team()
    record = loop.served(team, days=60, at=EVE)
    # Sixty days from 30 December end on Sunday 28 February: for the party the next weekday follows.
    assert (due("rectify"), due("reinspect")) == (date(2027, 3, 1), date(2027, 3, 4))
    assert Hazard.objects.get(id=record.id).provisional

    admin = make.who(PostKind.SYSTEM_ADMIN)
    loaded = EVE + timedelta(days=2)
    perform(load_year, None, make.call(admin, at=loaded, received_at=loaded), NOTICE)
    while relay.step(loaded + timedelta(hours=1)):
        pass

    # The 28th is worked, so the term ends on it; three working days later is Wednesday 3 March.
    assert (due("rectify"), due("reinspect")) == (date(2027, 2, 28), date(2027, 3, 3))
    moved = Hazard.objects.get(id=record.id)
    assert (moved.due_on, moved.provisional) == (date(2027, 2, 28), False)
    bodies = Entry.objects.filter(what="task.correct_deadline").values_list("body", flat=True)
    kinds = sorted(json.loads(body)["result"]["kind"] for body in bodies)
    assert kinds == ["rectify", "reinspect"]


def test_a_year_is_refused_whole_when_a_festival_is_missing():
    admin = make.who(PostKind.SYSTEM_ADMIN)
    short = NOTICE.model_copy(update={"holidays": {date(2027, 1, 1): "元旦"}})

    with pytest.raises(Exception, match="calendar-invalid"):
        perform(load_year, None, make.call(admin), short)

    assert not Entry.objects.exists()
