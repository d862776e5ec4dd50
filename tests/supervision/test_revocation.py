"""An order taken back: nothing of it goes on, and a new one can be made."""

from datetime import date, timedelta

import pytest

from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import perform
from fengsui.platform.calls import Nothing
from fengsui.platform.documents import actions as documents
from fengsui.platform.documents.models import Document
from fengsui.platform.documents.queries import unaccounted
from fengsui.platform.ledger.models import Entry
from fengsui.platform.worklist.models import Task
from fengsui.supervision.actions import hazard, reinspection, revocation, settlement
from fengsui.supervision.lifecycle import Disposal
from fengsui.supervision.models import Hazard
from tests import make
from tests.supervision import loop

pytestmark = pytest.mark.django_db
WHY = revocation.Revocation(reason="当事人名称写错，另行制作")


@pytest.fixture
def team():
    return make.Team()


def revoked(team, record, at=make.NOON):
    perform(revocation.revoke_order, record.id, loop.call(team.head, at), WHY)
    return Hazard.objects.get(id=record.id)


def living():
    tasks = Task.objects.filter(state__in=("open", "overdue")).order_by("kind")
    return [(task.kind, task.due_at.astimezone(make.CHINA).date()) for task in tasks]


def test_an_order_taken_back_before_service_is_due_again_from_the_visit(team):
    record = revoked(team, loop.ordered(team))

    assert (record.state, record.ordered_at, record.due_on) == ("found", None, None)
    # T-19b: three working days from the visit on Monday 2 March, as the first one was.
    assert living() == [("order", date(2026, 3, 5))]
    order = Document.objects.get(kind="rectification-order")
    assert (order.state, order.void_reason) == ("void", WHY.reason)


def test_a_new_order_takes_a_new_number_and_runs_its_own_term(team):
    record = revoked(team, loop.served(team))
    later = make.NOON + timedelta(days=1)

    form = hazard.Order(days=10, reason="需要采购并更换逃生门锁")
    perform(hazard.order_rectification, record.id, loop.call(team.lead, later), form)
    receipt = documents.Serving(recipient="刘海燕")
    perform(hazard.serve_order, record.id, loop.call(team.lead, later), receipt)

    orders = Document.objects.filter(kind="rectification-order").order_by("sequence")
    assert [(paper.sequence, paper.state) for paper in orders] == [(1, "void"), (2, "served")]
    # 3 March + 10 days = Friday 13 March; T-20b three working days later.
    assert living() == [("rectify", date(2026, 3, 13)), ("reinspect", date(2026, 3, 18))]
    assert unaccounted() == []


@pytest.mark.parametrize("step", ["ordered", "served", "reported", "extension", "overdue"])
def test_whatever_an_order_set_going_ends_with_it(team, step):
    record = (loop.ordered if step == "ordered" else loop.served)(team)
    if step == "reported":
        perform(hazard.apply_reinspection, record.id, loop.call(team.manager), Nothing())
    if step == "extension":
        form = settlement.Asking(
            days=10, reason="门锁需要定制", plan="到货后安装", measures="专人值守出口"
        )
        perform(settlement.request_extension, record.id, loop.call(team.manager), form)
    after = make.NOON + timedelta(days=30)
    if step == "overdue":
        record = loop.reinspected(team, record, False, make.NOON + timedelta(days=16))

    record = revoked(team, record, after)

    assert [kind for kind, _due in living()] == ["order"]
    assert (record.state, record.term_days, record.extension) == ("found", 15, "")


def test_an_immediate_order_taken_back_leaves_no_term(team):
    record = revoked(team, loop.served(team, disposal=Disposal.IMMEDIATE))

    assert (record.state, record.term_days) == ("found", None)
    assert living() == [("order", date(2026, 3, 2))]


def test_the_reason_and_the_number_of_the_order_stand_in_the_ledger(team):
    record = loop.served(team)
    number = Document.objects.get(kind="rectification-order").number

    call = loop.call(team.head)
    done = perform(revocation.revoke_order, record.id, call, WHY)
    again = perform(revocation.revoke_order, record.id, call, WHY)

    assert done.result == {"reason": WHY.reason, "order": number}
    assert (again.entry, again.replayed) == (done.entry, True)
    assert Task.objects.filter(kind="order", state="open").count() == 1


def test_officers_on_the_spot_finish_before_an_order_is_taken_back(team):
    record = loop.served(team)
    form = reinspection.Reinspect(hazard=record.id, second=team.second_post.id)
    perform(reinspection.start_reinspection, None, loop.call(team.lead), form)
    before = Entry.objects.count()

    with pytest.raises(Refusal, match="reinspection-underway"):
        revoked(team, record)

    assert Entry.objects.count() == before


def test_a_paper_is_not_annulled_beside_its_record(team):
    loop.served(team)
    order = Document.objects.get(kind="rectification-order")
    before = Entry.objects.count()

    with pytest.raises(Refusal, match="inner-only"):
        perform(
            documents.annul,
            order.id,
            loop.call(team.head),
            documents.Reason(reason="当事人名称写错"),
        )

    assert (Entry.objects.count(), Document.objects.get(id=order.id).state) == (before, "served")
