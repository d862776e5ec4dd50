"""A task given to another officer is that officer's to do (转办), with a certificate (行政处罚法 §42)."""

from datetime import date, timedelta

import pytest

from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.queries import who_of
from fengsui.platform.actions import perform
from fengsui.platform.documents.actions import Serving
from fengsui.platform.ledger.models import Entry
from fengsui.platform.worklist.actions import Reassignment, reassign
from fengsui.platform.worklist.models import Task
from fengsui.supervision.actions import hazard, reinspection
from fengsui.supervision.models import Hazard, Inspection
from fengsui.web.desk.tasks import next_steps
from tests import make
from tests.supervision import loop

pytestmark = pytest.mark.django_db
TERM = hazard.Order(days=15, reason="需要采购并更换逃生门锁")
RECEIPT = Serving(recipient="刘海燕")


@pytest.fixture
def team():
    return make.Team()


def another(team, certified=True):
    post = make.post(organisation=team.brigade)
    if certified:
        make.certificate(post.user)
    return post


def give(team, kind, post):
    task = Task.objects.get(kind=kind, state="open")
    form = Reassignment(post=post.id, reason="原承办人外出培训")
    perform(reassign, task.id, loop.call(team.head), form)


def test_whoever_was_given_the_order_makes_it_and_serves_it(team):
    record, post = loop.found(team), another(team)
    give(team, "order", post)

    perform(hazard.order_rectification, record.id, loop.call(who_of(post)), TERM)

    assert Task.objects.get(kind="serve").holder == post.id
    perform(hazard.serve_order, record.id, loop.call(who_of(post)), RECEIPT)
    assert Hazard.objects.get(id=record.id).state == "rectifying"


def test_whoever_was_given_the_service_serves(team):
    record, post = loop.ordered(team), another(team)
    give(team, "serve", post)

    perform(hazard.serve_order, record.id, loop.call(who_of(post)), RECEIPT)

    assert Hazard.objects.get(id=record.id).state == "rectifying"


def test_whoever_was_given_the_reinspection_leads_it(team):
    record, post = loop.served(team), another(team)
    give(team, "reinspect", post)
    form = reinspection.Reinspect(hazard=record.id, second=team.second_post.id)

    call = loop.call(who_of(post), make.NOON + timedelta(days=16))
    done = perform(reinspection.start_reinspection, None, call, form)

    assert Inspection.objects.get(id=done.made).lead_id == post.id


def refused(code, action, record, who, form):
    before = Entry.objects.count(), record.state
    with pytest.raises(Refusal) as no:
        perform(action, record.id, loop.call(who), form)
    assert no.value.code == code
    assert (Entry.objects.count(), Hazard.objects.get(id=record.id).state) == before


def test_an_officer_who_was_not_given_it_is_refused(team):
    record = loop.found(team)

    refused("not-your-hazard", hazard.order_rectification, record, who_of(another(team)), TERM)


def test_an_officer_without_a_certificate_is_refused(team):
    record, post = loop.found(team), another(team, certified=False)
    give(team, "order", post)

    refused("certificate-missing", hazard.order_rectification, record, who_of(post), TERM)


@pytest.mark.parametrize("certified", [True, False])
def test_a_deputy_needs_a_certificate_of_his_own(team, certified):
    record, deputy = loop.ordered(team), make.user(name="代理人")
    if certified:
        make.certificate(deputy)
    post = team.lead_post
    post.deputy, post.deputy_until, post.state = deputy, date(2027, 1, 1), "on_leave"
    post.save()
    acting = who_of(post, acting_for=post.user.name, user_name=deputy.name)

    if not certified:
        refused("certificate-missing", hazard.serve_order, record, acting, RECEIPT)
        return
    perform(hazard.serve_order, record.id, loop.call(acting), RECEIPT)
    assert Hazard.objects.get(id=record.id).state == "rectifying"


def test_tasks_given_to_another_cost_that_officer_as_many_questions_as_one(
    team, django_assert_max_num_queries
):
    post = another(team)
    given = []
    for _ in range(3):
        team.premises = make.premises(team.brigade)
        record = loop.found(team)
        task = Task.objects.get(kind="order", about_id=record.id)
        form = Reassignment(post=post.id, reason="原承办人外出培训")
        perform(reassign, task.id, loop.call(team.head), form)
        given.append(Task.objects.get(id=task.id))

    with django_assert_max_num_queries(1):
        steps = next_steps(given, who_of(post))

    assert [step.title for step in steps.values()] == ["责令改正"] * 3
