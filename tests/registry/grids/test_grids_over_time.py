"""Which grid was this on that day: through names, splits, mergers and the end."""

import pytest

from fengsui.platform.actions import perform
from fengsui.platform.ledger.models import Entry
from fengsui.registry.grids import queries
from fengsui.registry.grids.actions import merge_grids, rename_grid, retire_grid, split_grid
from fengsui.registry.grids.actions.changes import Merge, Split
from fengsui.registry.grids.actions.grids import Renaming, Why
from fengsui.registry.grids.models import Assignment, Grid, Household
from tests import make
from tests.registry.grids.steps import (
    NEXT_VILLAGE,
    VILLAGE,
    Township,
    acting,
    call,
    days,
    ledger_faults,
)
from tests.unwritten import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return Township()


def day(n):
    return days(n).date()


def names(found):
    return [one.name for one in found]


def split(town, grid, to, at=None, **parts):
    form = Split(
        parts=parts or {"01-1": "明仁东网格", "01-2": "明仁西网格"},
        households={household.id: number for household, number in to.items()},
        reason="户数过多",
    )
    perform(split_grid, grid.id, call(town.officer, at or days(10)), form)
    return {grid.number: grid for grid in Grid.objects.filter(state="in_use")}


def merge(town, grid, others, at):
    form = Merge(
        others=tuple(one.id for one in others), number="20", name="明仁大网格", reason="人员精简"
    )
    perform(merge_grids, grid.id, call(town.officer, at), form)
    return Grid.objects.get(number="20")


def test_a_grid_is_opened_in_a_village_and_called_after_it(town):
    grid = town.grid("07", name="明仁七网格")

    assert (grid.region, grid.place, grid.state) == (VILLAGE, "科尔沁街道 明仁社区", "in_use")
    assert names(queries.grids_on(town.officer, VILLAGE, day(0))) == ["明仁七网格"]
    assert queries.grids_on(town.officer, VILLAGE, day(-1)) == []


def test_a_grid_belongs_in_a_village_and_not_in_a_township(town):
    with refused("not-a-village"):
        town.grid(region="150502001000")


def test_two_grids_in_use_of_one_village_do_not_share_a_number(town):
    town.grid("01")

    with refused("grid-number-taken"):
        town.grid("01", name="又一个网格")
    assert town.grid("01", region=NEXT_VILLAGE).number == "01"


def test_a_renamed_grid_is_still_known_by_its_name_of_then(town):
    grid = town.grid("01", name="旧名网格")
    form = Renaming(number="02", name="新名网格")

    perform(rename_grid, grid.id, call(town.officer, days(5)), form)

    grid.refresh_from_db()
    assert names(queries.grid_on(grid, day(4))) == ["旧名网格"]
    assert names(queries.grid_on(grid, day(5))) == ["新名网格"]


def test_a_split_retires_the_old_grid_opens_the_new_and_takes_the_households_along(town):
    grid = town.grid("01")
    first, second = town.household(grid), town.household(grid)

    made = split(town, grid, {first: "01-1", second: "01-2"})

    grid.refresh_from_db()
    assert (grid.state, grid.retired_on) == ("retired", day(10))
    assert set(made) == {"01-1", "01-2"}
    placed = dict(Household.objects.values_list("id", "grid__number"))
    assert placed == {first.id: "01-1", second.id: "01-2"}
    assert Entry.objects.filter(what="household.go_along").count() == 1
    assert ledger_faults() == []


def test_before_a_split_both_new_grids_were_the_old_one_and_afterwards_it_is_both(town):
    grid = town.grid("01", name="明仁老网格")
    made = split(town, grid, {})
    grid.refresh_from_db()

    assert names(queries.grid_on(made["01-1"], day(9))) == ["明仁老网格"]
    assert names(queries.grid_on(made["01-1"], day(10))) == ["明仁东网格"]
    assert names(queries.grid_on(grid, day(9))) == ["明仁老网格"]
    assert names(queries.grid_on(grid, day(10))) == ["明仁东网格", "明仁西网格"]
    assert names(queries.grids_on(town.officer, VILLAGE, day(9))) == ["明仁老网格"]
    assert names(queries.grids_on(town.officer, VILLAGE, day(10))) == ["明仁东网格", "明仁西网格"]


def test_history_is_followed_through_a_split_and_a_merger(town):
    grid = town.grid("01", name="明仁老网格")
    made = split(town, grid, {}, at=days(10))
    whole = merge(town, made["01-1"], [made["01-2"]], at=days(20))
    grid.refresh_from_db()

    assert names(queries.grid_on(grid, day(25))) == ["明仁大网格"]
    assert names(queries.grid_on(whole, day(15))) == ["明仁东网格", "明仁西网格"]
    assert names(queries.grid_on(whole, day(3))) == ["明仁老网格"]
    assert queries.grid_on(whole, day(-3)) == []


def test_a_household_tells_in_which_grid_it_was_on_a_day(town):
    grid = town.grid("01", name="明仁老网格")
    household = town.household(grid, at=days(2))
    split(town, grid, {household: "01-2"}, at=days(10))

    assert queries.household_grid_on(household, day(1)) == []
    assert names(queries.household_grid_on(household, day(9))) == ["明仁老网格"]
    assert names(queries.household_grid_on(household, day(10))) == ["明仁西网格"]


def test_a_split_that_forgets_a_household_is_refused(town):
    grid = town.grid("01")
    first, _second = town.household(grid), town.household(grid)

    with refused("households-unassigned"):
        split(town, grid, {first: "01-1"})


def test_a_split_into_one_or_to_an_unknown_part_or_with_a_stranger_is_refused(town):
    grid, elsewhere = town.grid("01"), town.grid("02")
    own, stranger = town.household(grid), town.household(elsewhere)

    with refused("parts-too-few"):
        split(town, grid, {own: "01-1"}, **{"01-1": "明仁东网格"})
    with refused("part-unknown"):
        split(town, grid, {own: "99"})
    with refused("household-not-here"):
        split(town, grid, {own: "01-1", stranger: "01-2"})


def test_a_closed_household_stays_where_it_was(town):
    grid = town.grid("01")
    household = town.household(grid)
    Household.objects.filter(id=household.id).update(state="closed")

    split(town, grid, {})

    household.refresh_from_db()
    assert household.grid_id == grid.id


def test_a_merger_puts_households_and_workers_of_all_into_the_new_grid(town):
    first, second = town.grid("01"), town.grid("02")
    households = [town.household(first), town.household(second)]
    workers = [town.worker("甲网格员"), town.worker("乙网格员")]
    town.assign(first, workers[0])
    town.assign(second, workers[1])

    whole = merge(town, first, [second], days(10))

    assert {h.grid_id for h in Household.objects.all()} == {whole.id}
    assert {h.id for h in queries.active_in(whole)} == {h.id for h in households}
    living = Assignment.objects.filter(state="serving")
    assert {(row.grid_id, row.post_id) for row in living} == {
        (whole.id, worker.id) for worker in workers
    }
    assert [g.state for g in Grid.objects.filter(id__in=[first.id, second.id])] == ["retired"] * 2
    assert ledger_faults() == []


def test_only_grids_of_one_village_are_merged(town):
    here, there = town.grid("01"), town.grid("02", region=NEXT_VILLAGE)

    with refused("grids-apart"):
        merge(town, here, [there], days(10))


def test_who_walked_the_old_grid_walks_all_new_ones_from_that_day(town):
    grid, worker = town.grid("01"), town.worker()
    town.assign(grid, worker)

    made = split(town, grid, {})

    rows = Assignment.objects.filter(post=worker).order_by("id")
    assert [(row.grid_id, row.state, row.from_on, row.until_on) for row in rows] == [
        (grid.id, "ended", day(0), day(10)),
        (made["01-1"].id, "serving", day(10), None),
        (made["01-2"].id, "serving", day(10), None),
    ]
    assert acting(worker).post_id == worker.id


def test_a_grid_is_retired_only_when_nobody_lives_in_it(town):
    grid, empty = town.grid("01"), town.grid("02")
    town.household(grid)
    town.assign(empty, town.worker())

    with refused("grid-not-empty"):
        perform(retire_grid, grid.id, call(town.officer, days(3)), Why(reason="整体拆迁"))
    perform(retire_grid, empty.id, call(town.officer, days(3)), Why(reason="整体拆迁"))

    empty.refresh_from_db()
    assert (empty.state, empty.retired_on) == ("retired", day(3))
    assert Assignment.objects.get().state == "ended"
    assert queries.grid_on(empty, day(4)) == []


def test_a_retired_grid_takes_no_household_and_no_worker(town):
    grid, worker = town.grid("01"), town.worker()
    perform(retire_grid, grid.id, call(town.officer, days(1)), Why(reason="整体拆迁"))

    with refused("grid-retired"):
        town.household(grid)
    with refused("grid-retired"):
        town.assign(grid, worker)


def test_an_officer_of_another_county_sees_no_grid_and_opens_none(town):
    town.grid("01")
    stranger = make.who(organisation=make.organisation(region="150523000000"))

    assert not queries.grids_listed(stranger).exists()
    town.officer = stranger
    with refused("region-elsewhere"):
        town.grid("05")
