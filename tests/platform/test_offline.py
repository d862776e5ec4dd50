"""What a phone without signal sends later: chains of calls on one record, and times to be doubted."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import perform
from fengsui.platform.calls import Nothing
from fengsui.platform.documents.actions import Serving
from fengsui.platform.ledger.models import Entry
from fengsui.platform.worklist.models import Task
from fengsui.supervision.actions import forms, hazard, inspection
from fengsui.supervision.actions.planning import plan_inspection
from fengsui.supervision.lifecycle import Result
from fengsui.supervision.models import Hazard, Inspection
from tests import make
from tests.supervision import loop
from tests.unwritten import refused

pytestmark = pytest.mark.django_db
ORDER = hazard.Order(days=15, reason="需要采购并更换逃生门锁")
SERVING = Serving(recipient="刘海燕")
HOUR = timedelta(hours=1)


@pytest.fixture
def team():
    return make.Team()


def test_a_queue_of_moves_and_facts_goes_through_as_one_chain(team):
    visit = loop.planned(team)
    lead = team.lead
    answers = forms.Answers(answers=dict.fromkeys(loop.ITEMS, Result.PASS))
    ended = forms.Conclusion(accompanied_by="刘海燕")

    perform(inspection.arrive, visit.id, loop.call(lead, base=1, key="q1"), forms.Place())
    perform(inspection.record_answers, visit.id, loop.call(lead, base="q1", key="q2"), answers)
    done = perform(inspection.conclude, visit.id, loop.call(lead, base="q2", key="q3"), ended)

    assert (done.state, done.version) == ("concluded", 3)


def test_a_queue_sent_again_from_its_beginning_changes_nothing_more(team):
    record = loop.found(team)
    first = loop.call(team.lead, base=record.version, key="q1")
    second = loop.call(team.lead, base="q1", key="q2")
    perform(hazard.order_rectification, record.id, first, ORDER)
    perform(hazard.serve_order, record.id, second, SERVING)
    entries = Entry.objects.count()

    again = [
        perform(hazard.order_rectification, record.id, first, ORDER),
        perform(hazard.serve_order, record.id, second, SERVING),
    ]

    assert [(done.state, done.replayed) for done in again] == [
        ("ordered", True),
        ("rectifying", True),
    ]
    assert Entry.objects.count() == entries


def test_a_chain_that_somebody_else_cut_is_refused_from_there_on(team):
    record = loop.found(team)
    base = record.version
    perform(hazard.order_rectification, record.id, loop.call(team.lead, base=base, key="q1"), ORDER)
    perform(hazard.serve_order, record.id, loop.call(team.head), SERVING)

    with refused("changed-meanwhile"):
        perform(hazard.serve_order, record.id, loop.call(team.lead, base="q1", key="q2"), SERVING)
    with refused("changed-meanwhile"):
        form = Nothing()
        call = loop.call(team.manager, base="q2", key="q3")
        perform(hazard.apply_reinspection, record.id, call, form)


def test_the_refusal_says_who_cut_the_chain(team):
    record = loop.found(team)
    call = loop.call(team.lead, base=record.version, key="q1")
    perform(hazard.order_rectification, record.id, call, ORDER)
    perform(hazard.serve_order, record.id, loop.call(team.head), SERVING)

    with pytest.raises(Refusal, match="changed-meanwhile") as no:
        perform(hazard.serve_order, record.id, loop.call(team.lead, base="q1", key="q2"), SERVING)

    changes: Any = no.value.facts["changes"]
    assert [(change["title"], change["who"]) for change in changes] == [
        ("送达通知书", team.head.name)
    ]


def test_the_key_of_somebody_else_is_no_link_of_my_chain(team):
    record = loop.found(team)
    call = loop.call(team.lead, base=record.version, key="q1")
    perform(hazard.order_rectification, record.id, call, ORDER)

    with refused("changed-meanwhile"):
        perform(hazard.serve_order, record.id, loop.call(team.second, base="q1"), SERVING)


def said(done):
    return json.loads(Entry.objects.get(id=done.entry).body)


def test_a_time_of_the_device_between_the_state_and_the_receipt_is_believed(team):
    """Ordered on Tuesday on the spot, received on Thursday: the term runs from Tuesday."""
    record = loop.found(team)
    at, received = make.NOON + 24 * HOUR, make.NOON + 72 * HOUR

    call = make.call(team.lead, at=at, received_at=received)
    done = perform(hazard.order_rectification, record.id, call, ORDER)

    # 3 March and fifteen days: 18 March.
    assert Hazard.objects.get(id=record.id).due_on == date(2026, 3, 18)
    assert said(done)["doubtful"] is False


@pytest.mark.parametrize(
    "claimed", [make.NOON - HOUR, make.NOON + 73 * HOUR], ids=["before the state", "after receipt"]
)
def test_a_time_that_cannot_be_is_marked_and_the_receipt_counts(team, claimed):
    record = loop.found(team)
    received = make.NOON + 72 * HOUR

    call = make.call(team.lead, at=claimed, received_at=received)
    done = perform(hazard.order_rectification, record.id, call, ORDER)

    # Received on 5 March; fifteen days later: Friday 20 March.
    assert Hazard.objects.get(id=record.id).due_on == date(2026, 3, 20)
    assert Hazard.objects.get(id=record.id).ordered_at == received
    entry = said(done)
    assert entry["doubtful"] is True
    assert entry["at"] == entry["received_at"] == "2026-03-05T04:00:00.000000+00:00"
    assert entry["claimed_at"] != entry["at"]


@pytest.mark.parametrize("at", [make.NOON, make.NOON + 72 * HOUR], ids=["the state", "receipt"])
def test_both_ends_of_the_interval_belong_to_it(team, at):
    record = loop.found(team)

    call = make.call(team.lead, at=at, received_at=make.NOON + 72 * HOUR)
    done = perform(hazard.order_rectification, record.id, call, ORDER)

    assert said(done)["doubtful"] is False


def test_a_creation_from_the_future_counts_from_its_receipt(team):
    form = forms.Plan(
        premises=team.premises.id,
        lead=team.lead_post.id,
        second=team.second_post.id,
        planned_on=make.NOON.date(),
    )
    call = make.call(team.lead, at=make.NOON + 48 * HOUR, received_at=make.NOON)

    done = perform(plan_inspection, None, call, form)

    assert Inspection.objects.get(id=done.made).moved_at == make.NOON
    assert Task.objects.get(about_id=done.made).start_at == make.NOON
    assert said(done)["doubtful"] is True


def test_facts_only_add_they_leave_version_and_state_alone(team):
    visit = loop.planned(team)
    perform(inspection.arrive, visit.id, loop.call(team.lead), forms.Place())
    before = Inspection.objects.get(id=visit.id)
    answers = forms.Answers(answers={"C01": Result.PASS})
    others = forms.Answers(answers={"C02": Result.FAIL})

    for who, form in ((team.lead, answers), (team.second, others)):
        call = loop.call(who, at=make.NOON + HOUR, base=before.version)
        done = perform(inspection.record_answers, visit.id, call, form)
        assert (done.version, done.state) == (before.version, "underway")

    after = Inspection.objects.get(id=visit.id)
    assert (after.version, after.moved_at) == (before.version, before.moved_at)
    assert [(a.code, a.by_name) for a in after.answers.order_by("code")] == [
        ("C01", team.lead.name),
        ("C02", team.second.name),
    ]
