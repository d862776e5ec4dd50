"""Kept counts follow the register; a post never sees a count of another county's premises."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengsui.insight.ground import grid, store
from fengsui.insight.ground.grid import Box
from fengsui.insight.ground.models import CellCount, DoubtCount, Doubtful, Place
from fengsui.insight.ground.queries import Wish, counties, view
from fengsui.platform.actions import perform
from fengsui.platform.who import PostKind
from fengsui.registry.actions import Closing, close_premises
from tests import make
from tests.insight.ground import ground
from tests.supervision import loop

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make.Team()


ALL = Wish()


def seen(who, wish=ALL, box=ground.PREFECTURE):
    return {place.premises.name for place in view(who, box, 7, wish).points}


def test_a_registered_premises_stands_where_it_was_entered(team):
    premises = ground.registered(team.lead)

    ground.counted()

    (point,) = view(team.lead, ground.PREFECTURE, 7, Wish()).points
    assert (point.premises_id, point.north, point.east) == (premises.id, 43_652_600, 122_243_400)


def test_one_that_is_moved_or_closed_leaves_no_count_behind(team):
    premises = ground.registered(team.lead)
    ground.counted()
    ground.amended(team.lead, premises, latitude=44.1, longitude=122.9, area_m2=100)
    ground.counted()
    there = Box(122.8, 44.0, 123.0, 44.2)
    assert seen(team.lead, box=there) == {premises.name}
    assert seen(team.lead, box=Box(122.2, 43.6, 122.3, 43.7)) == set()

    premises.refresh_from_db()
    perform(close_premises, premises, make.call(team.lead), Closing(reason="已拆除"))
    ground.counted()

    assert seen(team.lead) == set()
    assert not CellCount.objects.exists()
    assert not Place.objects.filter(premises=premises).exists()


def test_counting_the_same_twice_changes_nothing(team):
    premises = ground.registered(team.lead)
    ground.counted()
    before = sorted(CellCount.objects.values_list("level", "cell", "premises", "north"))

    store.place([premises.id])

    assert sorted(CellCount.objects.values_list("level", "cell", "premises", "north")) == before


def test_built_anew_from_the_ledger_the_counts_are_the_same(team):
    for number in range(5):
        ground.registered(team.lead, longitude=122.0 + number / 10, credit_code="")
    ground.counted()
    columns = ("level", "cell", "county", "premises_class", "premises", "north", "east")
    cells, doubts = sorted(CellCount.objects.values_list(*columns)), kept_doubts()

    store.forget()
    while store.follow(rows=2):
        pass

    assert sorted(CellCount.objects.values_list(*columns)) == cells
    assert kept_doubts() == doubts


def kept_doubts():
    rows = DoubtCount.objects.filter(premises__gt=0)
    return sorted(rows.values_list("kind", "county", "premises"))


def test_another_countys_premises_are_neither_shown_nor_counted(team):
    other = make.organisation(region="150523000000")
    neighbour = make.who(organisation=other)
    ground.registered(team.lead)
    theirs = ground.registered(neighbour, region="150523001000")  # same spot, another county
    leader = make.who(
        PostKind.DETACHMENT_LEADER,
        organisation=make.organisation(kind="detachment", region="150500000000"),
    )
    ground.counted()

    assert seen(neighbour) == {theirs.name}
    assert [line.county for line in counties(neighbour, Wish())] == ["150523000000"]
    assert view(team.lead, ground.PREFECTURE, 7, Wish()).total == 1
    assert view(leader, ground.PREFECTURE, 7, Wish()).total == 2


def test_a_manager_sees_his_own_unit_and_no_count_of_others(team):
    ground.registered(team.lead)
    own = team.premises
    own.latitude, own.longitude = ground.CITY
    own.save()
    ground.counted()
    store.place([own.id])

    assert seen(team.manager) == {own.name}
    assert counties(team.manager, Wish()) == []


def test_the_filters_of_the_list_apply(team):
    key = ground.registered(team.lead)
    small = ground.registered(team.lead, area_m2=100)
    team.premises = small
    loop.ordered(team)
    ground.counted()

    assert seen(team.lead, Wish(premises_class="key")) == {key.name}
    assert seen(team.lead, Wish(hazardous=True)) == {small.name}
    (line,) = counties(team.lead, Wish())
    assert (line.premises, line.hazardous, line.placed) == (2, 1, 2)


def test_many_become_clusters_that_hold_each_premises_once(team):
    ids = ground.bulk(team.brigade, 700, lambda n: (43.0 + n % 20 / 10, 121.0 + n % 30 / 10))
    store.place(ids)

    found = view(team.lead, ground.PREFECTURE, 7, Wish())

    assert found.points == []
    assert sum(cluster.count for cluster in found.clusters) == found.total == 700


def test_a_view_asks_as_often_whatever_the_register_holds(team):
    store.place(ground.bulk(team.brigade, 10))
    with CaptureQueriesContext(
        connection,
    ) as few:
        view(team.lead, ground.PREFECTURE, 7, Wish())
    store.place(ground.bulk(team.brigade, 490))
    with CaptureQueriesContext(connection) as many:
        view(team.lead, ground.PREFECTURE, 7, Wish())

    assert len(few) == len(many) == 2


def test_a_view_reads_few_rows_of_counts(team):
    ids = ground.bulk(team.brigade, 3000, lambda n: (42.5 + n % 61 / 20, 119.5 + n % 79 / 20))
    store.place(ids)

    for zoom in range(20):
        level = grid.level_for(ground.PREFECTURE, zoom)
        rows = CellCount.objects.filter(level=level, cell__in=grid.cells(ground.PREFECTURE, level))
        assert rows.count() <= 500


def test_who_is_gone_takes_his_doubts_along(team):
    premises = ground.registered(team.lead, credit_code="")
    ground.counted()
    assert Doubtful.objects.filter(place=premises.id).exists()

    perform(close_premises, premises, make.call(team.lead), Closing(reason="已拆除"))
    ground.counted()

    assert not Doubtful.objects.exists()
    assert kept_doubts() == []
