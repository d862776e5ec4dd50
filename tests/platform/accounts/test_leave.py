"""Leave and deputy: the post is lent with its tasks and deadlines; whoever leaves for good leaves them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.accounts.actions import (
    Appointment,
    Leave,
    Why,
    appoint,
    end_post,
    go_on_leave,
    return_from_leave,
)
from fengsui.platform.accounts.models import Post
from fengsui.platform.accounts.offers import colleagues
from fengsui.platform.accounts.queries import possible_deputies, usable_posts, who_in
from fengsui.platform.actions import perform
from fengsui.platform.calls import Nothing
from fengsui.platform.ledger.models import Entry
from fengsui.platform.who import PostKind
from fengsui.platform.worklist.access import own_tasks_for
from fengsui.platform.worklist.models import Task
from fengsui.workers import relay
from tests import make

pytestmark = pytest.mark.django_db
TODAY = make.NOON.date()


def task(holder: Post) -> Task:
    due = rules.deadline("T-20b", make.NOON)
    return Task.objects.create(
        **make._record(
            state="open", kind="reinspect", title="复查", about_type="hazard",
            about_id=holder.id, organisation_id=holder.organisation_id, holder=holder.id,
            rule=due.rule, start_at=due.start, due_at=due.due, calendar=due.calendar,
        )
    )  # fmt: skip


def lent(team, until: date = TODAY + timedelta(days=7)) -> None:
    form = Leave(deputy=make.username(team.second), until=until)
    perform(go_on_leave, team.lead_post.id, make.call(team.lead), form)


def test_the_deputy_acts_in_the_post_and_both_are_named():
    team = make.Team()
    lent(team)

    deputy = who_in(team.second_post.user_id, team.second.name, team.lead_post.id, TODAY)

    assert deputy is not None
    assert deputy.named() == {
        "kind": "supervisor",
        "name": team.second.name,
        "user": str(team.lead_post.user_id),
        "post": str(team.lead_post.id),
        "organisation": team.brigade.name,
        "acting_for": team.lead.name,
    }


def test_the_holders_own_tasks_are_the_deputys_with_their_deadlines():
    team = make.Team()
    held = task(team.lead_post)
    lent(team)
    deputy = who_in(team.second_post.user_id, team.second.name, team.lead_post.id, TODAY)
    assert deputy is not None

    assert list(own_tasks_for(deputy)) == [held]
    assert own_tasks_for(deputy).get().due_at == held.due_at


def test_the_post_is_lent_to_the_end_of_the_day_and_until_the_holder_returns():
    team = make.Team()
    lent(team, until=TODAY + timedelta(days=1))
    deputy, post = team.second_post.user_id, team.lead_post.id

    def may(on: date) -> bool:
        return who_in(deputy, team.second.name, post, on) is not None

    assert (may(TODAY + timedelta(days=1)), may(TODAY + timedelta(days=2))) == (True, False)
    perform(return_from_leave, post, make.call(team.lead), Nothing())
    assert not may(TODAY)


def test_deputies_are_offered_from_the_own_organisation():
    team = make.Team()
    make.post(PostKind.SUPERVISOR)

    offered = {choice.value for choice in colleagues(team.lead, team.lead_post, {})}

    assert offered == {make.username(team.second), make.username(team.head)}


def test_somebody_from_elsewhere_is_refused_as_deputy():
    team, stranger = make.Team(), make.post(PostKind.SUPERVISOR)
    form = Leave(deputy=stranger.user.username, until=TODAY)

    with pytest.raises(Refusal, match="deputy-unknown"):
        perform(go_on_leave, team.lead_post.id, make.call(team.lead), form)

    team.lead_post.refresh_from_db()
    assert (team.lead_post.state, team.lead_post.deputy_id) == ("held", None)
    assert not Entry.objects.exists()


def test_an_administrator_is_stood_in_for_by_another_of_the_same_kind_only():
    operator = make.organisation(kind="operator")
    keeper = make.post(PostKind.SECURITY_ADMIN, organisation=operator)
    make.post(PostKind.AUDIT_ADMIN, organisation=operator)
    second = make.post(PostKind.SECURITY_ADMIN, organisation=operator)

    assert [post.id for post in possible_deputies(keeper)] == [second.id]


def test_what_somebody_held_falls_back_to_the_organisation_when_the_post_ends():
    team = make.Team()
    keeper = make.who(PostKind.SECURITY_ADMIN, organisation=make.organisation(kind="operator"))
    held = task(team.lead_post)
    due = held.due_at

    perform(end_post, team.lead_post.id, make.call(keeper), Why(reason="调离"))
    while relay.step(timezone.now()):
        pass

    held.refresh_from_db()
    assert (held.holder, held.post_kind, held.state, held.due_at) == (
        None,
        "supervisor",
        "open",
        due,
    )
    assert list(own_tasks_for(team.second)) == [held]
    assert usable_posts(team.lead_post.user_id, TODAY) == []


def test_the_last_security_administrator_does_not_leave():
    keeper = make.who(PostKind.SECURITY_ADMIN, organisation=make.organisation(kind="operator"))

    with pytest.raises(Refusal, match="last-keeper"):
        perform(end_post, keeper.post_id, make.call(keeper), Why(reason="调离"))

    assert Post.objects.get().state == "held"


COMBINATIONS = [
    (first, second)
    for first in ("system_admin", "security_admin", "audit_admin")
    for second in ("system_admin", "security_admin", "audit_admin", "supervisor", "grid_worker")
    if first != second
]


@pytest.mark.parametrize(("first", "second"), [*COMBINATIONS, ("supervisor", "audit_admin")])
def test_the_three_administrators_are_three_persons_without_business(first, second):
    place = make.organisation(kind="operator")
    held = make.post(PostKind(first), organisation=place)
    keeper = make.who(PostKind.SECURITY_ADMIN, organisation=place)
    form = Appointment(
        username=held.user.username,
        name=held.user.name,
        organisation=place.id,
        kind=PostKind(second),
    )

    with pytest.raises(Refusal, match="posts-not-combinable"):
        perform(appoint, None, make.call(keeper), form)

    assert held.user.posts.count() == 1
    assert not Entry.objects.exists()


def test_a_name_that_belongs_to_another_sign_in_name_is_not_appointed():
    team = make.Team()
    keeper = make.who(PostKind.SECURITY_ADMIN, organisation=make.organisation(kind="operator"))
    form = Appointment(
        username=make.username(team.lead), name="另一个人", organisation=team.brigade.id,
        kind=PostKind.LEGAL_OFFICER,
    )  # fmt: skip

    with pytest.raises(Refusal, match="name-differs"):
        perform(appoint, None, make.call(keeper), form)
