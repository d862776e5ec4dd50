"""The shortest loop: found, ordered, served, put right or overdue. 2026-03-02 is a Monday."""

from datetime import date, datetime, timedelta

import pytest

from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import perform
from fengsui.platform.calls import Nothing
from fengsui.platform.documents.actions import Serving
from fengsui.platform.documents.models import Document
from fengsui.platform.ledger.models import Entry
from fengsui.platform.worklist.models import Task
from fengsui.supervision.actions import forms, hazard, inspection, planning, settlement
from fengsui.supervision.lifecycle import Disposal
from fengsui.supervision.models import Hazard
from tests import make
from tests.supervision import loop

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make.Team()


def open_tasks():
    tasks = Task.objects.filter(state="open").order_by("due_at", "kind")
    return [(task.kind, task.due_at.astimezone(make.CHINA).date()) for task in tasks]


def test_a_finding_that_two_officers_confirm_becomes_a_hazard_with_an_order_due(team):
    record = loop.found(team)

    assert (record.state, record.title) == ("found", "二层东侧疏散通道：堆放布草箱，净宽不足")
    # T-19b: three working days from Monday 2 March.
    assert open_tasks() == [("order", date(2026, 3, 5))]
    assert Document.objects.get().kind == "inspection-record"


def test_what_was_corrected_on_the_spot_leaves_no_hazard(team):
    assert loop.found(team, Disposal.CORRECTED) is None

    assert open_tasks() == []


def test_a_served_order_starts_its_term_and_the_reinspection_after_it(team):
    record = loop.served(team, days=15)

    # 15 calendar days from 2 March end on Tuesday 17 March; T-20b three working days later.
    assert (record.state, record.due_on) == ("rectifying", date(2026, 3, 17))
    assert open_tasks() == [("rectify", date(2026, 3, 17)), ("reinspect", date(2026, 3, 20))]


def test_a_term_that_ends_on_a_day_off_is_rolled_for_the_party(team):
    # 2 March + 19 days = Saturday 21 March; the next working day is Monday 23 March.
    assert loop.ordered(team, days=19).due_on == date(2026, 3, 23)


def test_an_immediate_order_is_made_and_served_on_the_day(team):
    record = loop.served(team, disposal=Disposal.IMMEDIATE)

    assert (record.due_on, record.term_days) == (date(2026, 3, 2), None)
    assert Document.objects.filter(kind="immediate-order", state="served").count() == 1


def test_an_application_brings_the_reinspection_forward(team):
    record = loop.served(team)
    applied = make.NOON + timedelta(days=1)

    perform(hazard.apply_reinspection, record.id, loop.call(team.manager, applied), Nothing())

    # T-20b, second trigger: three working days from Tuesday 3 March.
    assert ("reinspect_early", date(2026, 3, 6)) in open_tasks()


def test_a_passed_early_reinspection_closes_the_hazard_and_every_task(team):
    record = loop.served(team)

    closed = loop.reinspected(team, record, True, make.NOON + timedelta(days=3))

    assert closed.state == "closed"
    assert open_tasks() == []


def test_a_failed_early_reinspection_does_not_end_the_term(team):
    record = loop.served(team)

    after = loop.reinspected(team, record, False, make.NOON + timedelta(days=3))

    assert after.state == "rectifying"
    assert ("reinspect", date(2026, 3, 20)) in open_tasks()


def test_a_reinspection_after_the_term_that_fails_gives_the_head_a_task(team):
    record = loop.served(team)

    after = loop.reinspected(team, record, False, make.NOON + timedelta(days=16))

    assert after.state == "overdue"
    task = Task.objects.get(state="open")
    assert (task.kind, task.post_kind) == ("overdue", "brigade_head")


def test_the_head_instructs_and_the_task_is_done(team):
    record = loop.reinspected(team, loop.served(team), False, make.NOON + timedelta(days=16))
    form = settlement.Instructing(measure="case", text="依法立案处罚")

    perform(
        settlement.instruct, record.id, loop.call(team.head, make.NOON + timedelta(days=17)), form
    )

    assert open_tasks() == []


def test_an_extension_moves_the_term_and_its_reinspection_once(team):
    record = loop.served(team, days=15)
    asking = settlement.Asking(
        days=10, reason="门锁到货推迟", plan="到货当日更换", measures="专人看护，每两小时巡查"
    )
    perform(settlement.request_extension, record.id, loop.call(team.manager), asking)

    perform(
        settlement.grant_extension,
        record.id,
        loop.call(team.head),
        settlement.Answering(reason="同意"),
    )

    # 25 days from 2 March: Friday 27 March; three working days later: Wednesday 1 April.
    assert Hazard.objects.get(id=record.id).due_on == date(2026, 3, 27)
    assert open_tasks() == [("rectify", date(2026, 3, 27)), ("reinspect", date(2026, 4, 1))]
    with pytest.raises(Refusal, match="extension-used"):
        perform(settlement.request_extension, record.id, loop.call(team.manager), asking)


def refused(code, run):
    """The refusal comes and nothing was written."""
    before = (Entry.objects.count(), Task.objects.count(), Document.objects.count())
    with pytest.raises(Refusal) as no:
        run()
    assert no.value.code == code
    assert (Entry.objects.count(), Task.objects.count(), Document.objects.count()) == before


def test_a_visit_is_not_concluded_with_items_unanswered(team):
    visit = loop.planned(team)
    perform(inspection.arrive, visit, loop.call(team.lead), forms.Place())

    form = forms.Conclusion(accompanied_by="刘海燕")
    refused(
        "items-unanswered",
        lambda: perform(inspection.conclude, visit.id, loop.call(team.lead), form),
    )


def test_the_officer_who_wrote_the_record_does_not_confirm_it(team):
    visit = loop.planned(team)
    perform(inspection.arrive, visit, loop.call(team.lead), forms.Place())

    refused(
        "illegal-move",
        lambda: perform(inspection.confirm_record, visit.id, loop.call(team.lead), Nothing()),
    )


def test_an_officer_without_a_valid_certificate_is_not_sent(team):
    bare = make.post(organisation=team.brigade)
    form = forms.Plan(
        premises=team.premises.id,
        lead=team.lead_post.id,
        second=bare.id,
        planned_on=make.NOON.date(),
    )
    refused(
        "certificate-missing",
        lambda: perform(planning.plan_inspection, None, loop.call(team.lead), form),
    )


def test_a_term_order_needs_a_reason(team):
    record = loop.found(team)
    refused(
        "term-required",
        lambda: perform(
            hazard.order_rectification, record.id, loop.call(team.lead), hazard.Order(days=15)
        ),
    )


def test_another_brigades_officer_sees_nothing(team):
    record = loop.found(team)
    elsewhere = make.who(organisation=make.organisation(region="150523000000"))
    refused(
        "not-found",
        lambda: perform(
            hazard.order_rectification, record.id, loop.call(elsewhere), hazard.Order(days=15)
        ),
    )


def test_another_units_manager_sees_nothing(team):
    record = loop.served(team)
    stranger = make.who("premises_manager", organisation=make.organisation(kind="unit"))
    refused(
        "not-found",
        lambda: perform(hazard.apply_reinspection, record.id, loop.call(stranger), Nothing()),
    )


def test_closing_is_never_reached_without_a_second_visit(team):
    record = loop.served(team)
    refused(
        "inner-only",
        lambda: perform(settlement.pass_reinspection, record.id, loop.call(team.lead), Nothing()),
    )


def test_two_at_once_the_later_is_told_what_changed(team):
    record = loop.found(team)
    seen = record.version
    form = hazard.Order(days=15, reason="需要采购并更换逃生门锁")
    perform(hazard.order_rectification, record.id, loop.call(team.lead, base=seen), form)

    with pytest.raises(Refusal) as no:
        perform(
            hazard.serve_order,
            record.id,
            loop.call(team.second, base=seen),
            Serving(recipient="刘海燕"),
        )

    assert no.value.code == "changed-meanwhile"
    assert "责令改正" in str(no.value.facts["changes"])


def test_a_queue_of_moves_on_one_record_does_not_conflict_with_itself(team):
    record = loop.found(team)
    form = hazard.Order(days=15, reason="需要采购并更换逃生门锁")
    perform(
        hazard.order_rectification,
        record.id,
        loop.call(team.lead, base=record.version, key="q1"),
        form,
    )

    done = perform(
        hazard.serve_order,
        record.id,
        loop.call(team.lead, base="q1", key="q2"),
        Serving(recipient="刘海燕"),
    )

    assert done.state == "rectifying"


def test_a_doubtful_time_of_the_device_is_not_used(team):
    record = loop.found(team)
    before = datetime(2020, 1, 1, tzinfo=make.CHINA)
    call = make.call(team.lead, at=before, received_at=make.NOON + timedelta(hours=1))
    form = hazard.Order(days=15, reason="需要采购并更换逃生门锁")

    perform(hazard.order_rectification, record.id, call, form)

    assert Hazard.objects.get(id=record.id).ordered_at == make.NOON + timedelta(hours=1)
    assert '"doubtful":true' in Entry.objects.latest("id").body
