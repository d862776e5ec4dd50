"""Whatever happens to a hazard in whatever order, its tasks are those of a model counted by hand.

The model knows weekdays and one invented notice, nothing of the rulebook's code: a term is calendar
days rolled for the party, every other period three working days (T-19b, T-20b, D-EXTENSION, D-OVERDUE).
"""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import perform
from fengsui.platform.calendar.queries import forget
from fengsui.platform.calls import Nothing
from fengsui.platform.documents.actions import Serving
from fengsui.platform.worklist.models import Task
from fengsui.platform.worklist.sweep import mark_late
from fengsui.supervision.actions import hazard, revocation, settlement
from fengsui.supervision.models import Hazard
from tests import make
from tests.supervision import loop
from tests.supervision.test_winter import NOTICE, load

pytestmark = pytest.mark.django_db
FIRST = datetime(2026, 12, 14, 12, tzinfo=make.CHINA)  # a Monday; no day off in 2026 follows it
ONE_DAY = timedelta(days=1)
LONGER = 10
# 全国年节及纪念日放假办法 §2, known before any notice: New Year, four days of Spring Festival from its
# eve, Qingming, two days of Labour Day. On trust they put off the end of a party's term, and shorten no
# period of the agency.
STATUTORY = {
    date(2027, 1, 1),
    *(date(2027, 2, day) for day in (5, 6, 7, 8)),
    date(2027, 4, 5),
    date(2027, 5, 1),
    date(2027, 5, 2),
}


class Model:
    """What a careful clerk would have in the book."""

    def __init__(self, days: int) -> None:
        self.state, self.days, self.found_on = "found", days, FIRST.date()
        self.term, self.extension, self.due = days, "", date.max
        self.loaded = False
        # Each open task with the day that its three working days run from; a term runs by itself.
        self.runs_from = {"order": self.found_on}

    def works(self, day: date) -> bool:
        weekday = day.weekday() < 5
        if not self.loaded:
            return weekday
        return day in NOTICE.workdays or (weekday and day not in NOTICE.holidays)

    def third(self, day: date) -> date:
        left = 3
        while left:
            day += ONE_DAY
            left -= self.works(day)
        return day

    def term_ends(self) -> date:
        day: date = self.ordered_on + timedelta(days=self.term)
        while not self.works(day) or (not self.loaded and day in STATUTORY):
            day += ONE_DAY
        return day

    def tasks(self) -> list[tuple[str, date]]:
        dues = {kind: self.third(start) for kind, start in self.runs_from.items()}
        if self.state in ("rectifying", "reported"):
            self.due = self.term_ends()
            dues |= {"rectify": self.due, "reinspect": self.third(self.due)}
        return sorted(dues.items())

    def order(self, day):
        assert self.state == "found"
        self.state, self.ordered_on, self.runs_from = "ordered", day, {"serve": self.found_on}

    def serve(self, day):
        assert self.state == "ordered"
        self.state, self.runs_from = "rectifying", {}

    def apply(self, day):
        assert self.state == "rectifying"
        self.state = "reported"
        self.runs_from["reinspect_early"] = day

    def pass_(self, day):
        assert self.state in ("rectifying", "reported", "overdue")
        self.state, self.runs_from = "closed", {}

    def fail(self, day):
        assert self.state in ("rectifying", "reported", "overdue")
        if self.state != "overdue" and day <= self.due:
            self.state = "rectifying"
            self.runs_from.pop("reinspect_early", None)
        else:
            self.state, self.runs_from = "overdue", {"overdue": day}

    def ask(self, day):
        assert self.state == "rectifying"
        assert not self.extension
        assert day <= self.due
        self.extension = "asked"
        self.runs_from["extension"] = day

    def grant(self, day):
        assert self.state == "rectifying"
        assert self.extension == "asked"
        self.extension, self.term = "granted", self.term + LONGER
        del self.runs_from["extension"]

    def refuse(self, day):
        assert self.state in ("rectifying", "reported")
        assert self.extension == "asked"
        self.extension = "refused"
        del self.runs_from["extension"]

    def instruct(self, day):
        assert self.state == "overdue"
        self.runs_from.pop("overdue", None)

    def revoke(self, day):
        assert self.state in ("ordered", "rectifying", "reported", "overdue")
        self.state, self.term, self.extension = "found", self.days, ""
        self.runs_from = {"order": self.found_on}

    def load(self, day):
        self.loaded = True

    def sweep(self, day):
        """Time passes and is marked; what is due does not change."""


class House:
    """The same steps, taken by the people of a brigade and a premises."""

    def __init__(self, days: int) -> None:
        self.team, self.days = make.Team(), days
        self.id = loop.found(self.team, days=days, at=FIRST).id

    def act(self, action, who, at, form):
        perform(action, self.id, loop.call(who, at), form)

    def order(self, at):
        form = hazard.Order(days=self.days, reason="需要采购并更换逃生门锁")
        self.act(hazard.order_rectification, self.team.lead, at, form)

    def serve(self, at):
        self.act(hazard.serve_order, self.team.lead, at, Serving(recipient="刘海燕"))

    def apply(self, at):
        self.act(hazard.apply_reinspection, self.team.manager, at, Nothing())

    def pass_(self, at):
        loop.reinspected(self.team, Hazard.objects.get(id=self.id), True, at)

    def fail(self, at):
        loop.reinspected(self.team, Hazard.objects.get(id=self.id), False, at)

    def ask(self, at):
        form = settlement.Asking(
            days=LONGER, reason="门锁需要定制", plan="到货后安装", measures="专人值守出口"
        )
        self.act(settlement.request_extension, self.team.manager, at, form)

    def grant(self, at):
        form = settlement.Answering(reason="同意")
        self.act(settlement.grant_extension, self.team.head, at, form)

    def refuse(self, at):
        form = settlement.Answering(reason="不同意")
        self.act(settlement.refuse_extension, self.team.head, at, form)

    def instruct(self, at):
        form = settlement.Instructing(measure="case", text="依法立案处罚")
        self.act(settlement.instruct, self.team.head, at, form)

    def revoke(self, at):
        form = revocation.Revocation(reason="当事人名称写错")
        self.act(revocation.revoke_order, self.team.head, at, form)

    def load(self, at):
        load()

    def sweep(self, at):
        mark_late(at)

    def tasks(self):
        living = Task.objects.filter(about_id=self.id, state__in=("open", "overdue"))
        return sorted(
            (task.kind, task.due_at.astimezone(make.CHINA).date())
            for task in living.exclude(kind__in=("inspect", "confirm"))
        )


STEPS = (
    "order",
    "serve",
    "apply",
    "pass_",
    "fail",
    "ask",
    "grant",
    "refuse",
    "instruct",
    "revoke",
    "load",
    "sweep",
)
# The first two lead into the term, where most can happen; a step that cannot be is tried all the same.
ANY = st.lists(st.tuples(st.integers(0, 12), st.sampled_from(STEPS)), min_size=1, max_size=9)


def lived(days, steps):
    """Take the steps in both; after each the book and the house must agree."""
    model, house, at = Model(days), House(days), FIRST
    for wait, step in [(0, "order"), (0, "serve"), *steps]:
        at += timedelta(days=wait, hours=1) if wait else timedelta(hours=1)
        try:
            getattr(model, step)(at.astimezone(make.CHINA).date())
        except AssertionError:
            with pytest.raises(Refusal):
                getattr(house, step)(at)
        else:
            getattr(house, step)(at)
        stands = Hazard.objects.get(id=house.id)
        assert (stands.state, house.tasks()) == (model.state, model.tasks())
        if stands.state in ("rectifying", "reported"):
            assert stands.due_on == model.due
    return Hazard.objects.get(id=house.id)


@settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(days=st.integers(1, 60), steps=ANY)
def test_in_any_order_the_tasks_are_those_of_the_book(days, steps):
    forget()
    with transaction.atomic():
        lived(days, steps)
        transaction.set_rollback(True)
    forget()


def test_the_two_triggers_of_a_reinspection_run_beside_each_other():
    """A fixed order of all that matters, so that the property above cannot be empty."""
    forget()
    steps = [
        (1, "apply"),
        (1, "fail"),
        (1, "ask"),
        (1, "grant"),
        (1, "load"),
        (1, "apply"),
        (40, "sweep"),
        (0, "fail"),
        (1, "instruct"),
        (1, "revoke"),
        (0, "order"),
        (0, "serve"),
        (2, "pass_"),
    ]

    assert lived(15, steps).state == "closed"
    forget()
