"""The winter without a 2027 calendar: work does not stop, and what was counted on trust is moved."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import perform
from fengsui.platform.calendar.actions import Notice, load_year
from fengsui.platform.calendar.queries import forget
from fengsui.platform.calls import Nothing, Opens, Outcome
from fengsui.platform.ledger.models import Entry
from fengsui.platform.rules import deadline
from fengsui.platform.who import PostKind
from fengsui.platform.worklist.models import Task
from fengsui.registry.actions import close_premises
from fengsui.supervision.models import Hazard
from fengsui.workers import relay
from tests import make
from tests.supervision import loop

pytestmark = pytest.mark.django_db
EVE = datetime(2026, 12, 30, 12, tzinfo=make.CHINA)  # a Wednesday
LOADED = EVE + timedelta(days=2)
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


@pytest.fixture(autouse=True)
def fresh_calendar():
    """The calendar is kept for a second in a process: no test sees the year of another."""
    forget()
    yield
    forget()


@pytest.fixture
def team():
    return make.Team()


def opened(team, rule, start=EVE):
    """A task under `rule`, opened by an action as the packages to come will open it."""

    def body(premises, call, _):
        due = deadline(rule, call.at)
        return Outcome(
            opens=[Opens(kind=rule, title="期限", due=due, organisation=team.brigade.id)]
        )

    opens = replace(close_premises, move=None, form=Nothing, body=body)
    perform(opens, team.premises.id, loop.call(team.lead, start), Nothing())


def load(notice=NOTICE):
    """The administrator loads the year; the worker brings the news to whoever must count anew."""
    admin = make.who(PostKind.SYSTEM_ADMIN)
    perform(load_year, None, make.call(admin, at=LOADED, received_at=LOADED), notice)
    later = max(LOADED, datetime.now(UTC)) + timedelta(hours=1)
    while relay.step(later):
        pass


def due(kind):
    task = Task.objects.get(kind=kind, state="open")
    return task.due_at.astimezone(make.CHINA).date(), task.provisional


def corrections():
    bodies = Entry.objects.filter(what="task.correct_deadline").values_list("body", flat=True)
    return {said["kind"]: said for said in (json.loads(body)["result"] for body in bodies)}


def test_what_is_recorded_on_the_eve_is_counted_on_trust_and_moves_when_the_year_is_loaded(team):
    loop.served(team, days=60, at=EVE)
    opened(team, "T-18b")
    opened(team, "A-VERIFY")

    # 12-31 is the first day, Friday 01-01 counts on trust, Monday 01-04 is the third; the twentieth
    # is Wednesday 01-27. Sixty days end on Sunday 02-28: for the party the next weekday follows.
    assert due("T-18b") == (date(2027, 1, 4), True)
    assert due("A-VERIFY") == (date(2027, 1, 27), True)
    assert due("rectify") == (date(2027, 3, 1), True)
    assert due("reinspect") == (date(2027, 3, 4), True)
    assert Hazard.objects.get().provisional

    load()

    # 01-01 rests: one day later each. The 28th is worked, so the term ends on it, and three working
    # days after it is Wednesday 03-03.
    assert due("T-18b") == (date(2027, 1, 5), False)
    assert due("A-VERIFY") == (date(2027, 1, 28), False)
    assert due("rectify") == (date(2027, 2, 28), False)
    assert due("reinspect") == (date(2027, 3, 3), False)
    moved = Hazard.objects.get()
    assert (moved.due_on, moved.provisional) == (date(2027, 2, 28), False)


def test_each_moved_deadline_has_one_entry_with_the_old_and_the_new_moment(team):
    loop.served(team, days=60, at=EVE)
    opened(team, "T-18b")
    opened(team, "A-VERIFY")

    load()

    assert set(corrections()) == {"T-18b", "A-VERIFY", "rectify", "reinspect"}
    assert Entry.objects.filter(what="task.correct_deadline").count() == 4
    said = corrections()["T-18b"]
    assert said["was"] == "2027-01-04T15:59:59.000000+00:00"
    assert said["due"] == "2027-01-05T15:59:59.000000+00:00"
    assert said["provisional"] is False
    recounted = Entry.objects.get(what="hazard.recount_term")
    assert json.loads(recounted.body)["result"] == {"was": "2027-03-01"}


def test_a_deadline_that_does_not_move_gets_no_entry(team):
    # Monday 12-28 and three working days: Thursday 12-31, all in a year whose notice is known.
    opened(team, "T-18b", EVE - timedelta(days=2))
    before = Task.objects.get(kind="T-18b").version

    load()

    assert due("T-18b") == (date(2026, 12, 31), False)
    assert Task.objects.get(kind="T-18b").version == before
    assert corrections() == {}


def test_a_deadline_that_is_only_confirmed_loses_its_mark_with_an_entry(team):
    # From Tuesday 2027-03-02 three working days end on Friday 03-05, on trust and by the notice.
    opened(team, "T-18b", datetime(2027, 3, 2, 12, tzinfo=make.CHINA))
    assert due("T-18b") == (date(2027, 3, 5), True)

    load()

    assert due("T-18b") == (date(2027, 3, 5), False)
    said = corrections()["T-18b"]
    assert said["was"] == said["due"]


def test_a_notice_that_reaches_back_moves_a_december_deadline_that_was_not_provisional(team):
    opened(team, "T-18b", EVE - timedelta(days=2))
    assert due("T-18b") == (date(2026, 12, 31), False)

    back = {date(2026, 12, 31): "元旦", **NOTICE.holidays}
    load(NOTICE.model_copy(update={"holidays": back}))

    # 12-29, 12-30; the 31st and the first three of January rest; Monday 01-04.
    assert due("T-18b") == (date(2027, 1, 4), False)
    assert set(corrections()) == {"T-18b"}


def test_loading_the_same_year_again_moves_nothing_more(team):
    opened(team, "T-18b")
    load()
    load()

    assert due("T-18b") == (date(2027, 1, 5), False)
    assert Entry.objects.filter(what="task.correct_deadline").count() == 1


def test_a_closed_task_is_left_alone(team):
    record = loop.served(team, days=60, at=EVE)
    loop.reinspected(team, record, True, EVE + timedelta(hours=2))

    load()

    assert corrections() == {}
    assert Hazard.objects.get().due_on == date(2027, 3, 1)


def test_a_year_is_refused_whole_when_a_festival_is_missing():
    admin = make.who(PostKind.SYSTEM_ADMIN)
    short = NOTICE.model_copy(update={"holidays": {date(2027, 1, 1): "元旦"}})

    with pytest.raises(Refusal, match="calendar-invalid"):
        perform(load_year, None, make.call(admin), short)

    assert not Entry.objects.exists()
