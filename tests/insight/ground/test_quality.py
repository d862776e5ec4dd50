"""What is missing, stale or doubtful in the register, and the task that puts it right."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from fengsui.insight.ground.models import Place
from fengsui.insight.ground.queries import doubt_counts, doubtful
from fengsui.insight.ground.rules import Doubt, Facts, doubts, lies_in, twin_key
from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import perform
from fengsui.platform.who import PostKind
from fengsui.platform.worklist.models import Task
from fengsui.registry.actions import Asking, ask_correction
from fengsui.registry.models import Premises
from tests import make
from tests.insight.ground import ground

SQUARE = {
    "type": "Polygon",
    "coordinates": [
        [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]],
        [[4, 4], [6, 4], [6, 6], [4, 6], [4, 4]],
    ],
}
GOOD = Facts(
    latitude=5,
    longitude=1,
    manager=True,
    phone=True,
    credit_code="91350100M000100Y43",
    kind="宾馆",
    missing=False,
)


@pytest.mark.parametrize(
    ("x", "y", "inside"),
    [(1, 5, True), (5, 5, False), (11, 5, False), (-1, 5, False), (9.9, 9.9, True)],
)
def test_a_point_lies_in_an_outline_and_not_in_its_hole(x, y, inside):
    assert lies_in(x, y, SQUARE) is inside
    assert lies_in(x, y, {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"]]}) is inside


def test_a_full_entry_raises_no_doubt():
    assert list(doubts(GOOD, SQUARE)) == []


def test_an_empty_entry_lacks_everything():
    empty = Facts(None, None, manager=False, phone=False, credit_code="", kind="", missing=True)

    assert set(doubts(empty, SQUARE)) == {
        Doubt.NO_PLACE, Doubt.NO_MANAGER, Doubt.NO_PHONE, Doubt.NO_CREDIT_CODE, Doubt.NO_KIND,
    }  # fmt: skip


def test_what_the_class_hangs_on_is_missed_where_the_kind_is_known():
    assert list(doubts(replace(GOOD, missing=True), SQUARE)) == [Doubt.UNJUDGED]


def test_twins_lie_in_one_county_and_what_names_nothing_has_none():
    county = "150502000000"

    assert twin_key(county, "云岭酒店", "甲") == twin_key(county, "云岭酒店", "甲")
    assert twin_key(county, "云岭酒店", "甲") != twin_key("150523000000", "云岭酒店", "甲")
    assert twin_key(county, "云岭酒店", "") == twin_key(county, "", "甲") == ""


@pytest.fixture
def team(db):
    return make.Team()


def kinds(who):
    return {kind: n for kind, n in doubt_counts(who, timezone.now()).items() if n}


def test_counts_appear_and_go_with_the_entries(team):
    ground.outlines()
    premises = ground.registered(team.lead, latitude=45.5, longitude=119.6, manager_name="")
    # No form takes it any more: it came from an old list.
    Premises.objects.filter(id=premises.id).update(credit_code="91350100M000100Y44")
    ground.counted()
    assert kinds(team.lead) == {
        Doubt.WRONG_CREDIT_CODE: 1, Doubt.ELSEWHERE: 1, Doubt.NO_MANAGER: 1,
    }  # fmt: skip
    assert [p.pk for p in doubtful(team.lead, Doubt.ELSEWHERE, timezone.now())] == [premises.id]

    ground.amended(team.lead, premises)
    ground.counted()

    assert kinds(team.lead) == {}


def test_two_of_one_name_and_address_are_twins_until_one_is_renamed(team):
    first = ground.registered(team.lead, name="友邻超市")
    second = ground.registered(team.lead, name="友邻 超市")
    ground.counted()
    found = doubtful(team.lead, Doubt.TWIN, timezone.now())
    assert {place.pk for place in found} == {first.id, second.id}

    ground.amended(team.lead, second, name="友邻超市二店")
    ground.counted()

    assert kinds(team.lead) == {}


def test_nobody_reads_of_another_countys_doubts(team):
    ground.registered(team.lead, credit_code="")
    neighbour = make.who(organisation=make.organisation(region="150523000000"))
    ground.counted()

    assert kinds(neighbour) == {}
    assert doubtful(neighbour, Doubt.NO_CREDIT_CODE, timezone.now()) == []


def test_what_nobody_saw_for_two_years_is_stale(team):
    ground.registered(team.lead)
    ground.counted()
    place = Place.objects.get()
    later = place.seen_at + timedelta(days=731)

    assert doubt_counts(team.lead, later)[Doubt.STALE] == 1
    assert doubt_counts(team.lead, later - timedelta(days=2))[Doubt.STALE] == 0
    assert doubtful(team.lead, Doubt.STALE, later) == [place]


def ask(who, premises, post):
    return perform(ask_correction, premises, make.call(who), Asking(what="补坐标", post=post.id))


def test_asking_opens_a_task_in_ten_working_days_and_amending_closes_it(team):
    premises = ground.registered(team.lead, latitude=None, longitude=None)
    ask(team.head, premises, team.second_post)
    task = Task.objects.get(kind="put-right")
    # Monday 2 March 2026 does not count; ten working days end on Monday the 16th.
    assert (task.holder, task.due_at.astimezone(make.CHINA).date().isoformat()) == (
        team.second_post.id,
        "2026-03-16",
    )

    ground.amended(team.second, premises)

    assert Task.objects.get(kind="put-right").state == "done"


@pytest.mark.parametrize(
    ("kind", "code"), [(PostKind.LEGAL_OFFICER, "not-a-registrar"), (None, "post-elsewhere")]
)
def test_only_a_registrar_of_the_brigade_is_asked(team, kind, code):
    premises = ground.registered(team.lead)
    post = make.post(kind, organisation=team.brigade) if kind else make.post()

    with pytest.raises(Refusal) as no:
        ask(team.head, premises, post)

    assert no.value.code == code
    assert not Task.objects.filter(kind="put-right").exists()


def test_nobody_is_asked_twice_for_the_same(team):
    premises = ground.registered(team.lead)
    ask(team.head, premises, team.second_post)

    with pytest.raises(Refusal) as no:
        ask(team.head, premises, team.lead_post)

    assert no.value.code == "already-asked"
    assert Task.objects.filter(kind="put-right").count() == 1
