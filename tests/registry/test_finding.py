"""What the search box finds of buildings, grids and merged premises; of households it holds nothing."""

import pytest

from fengsui.platform.actions import perform
from fengsui.platform.search.models import Entry
from fengsui.platform.search.queries import search
from fengsui.platform.who import PostKind
from fengsui.registry import actions
from fengsui.registry.grids.actions import GRIDS, rename_grid
from fengsui.registry.grids.actions.grids import Renaming
from tests import make
from tests.api.client import Program
from tests.permissions.asking import visitor
from tests.platform.search.test_search import facts
from tests.registry.grids.steps import FACTS, WHOLLY, Township, acting, call

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return Township()


def found(who, text, of):
    return [of.label(record) for record in search(who, text, of).records]


def raised(town, **over):
    form = {"name": "金叶大厦", "region": "150502001000", "address": "霍林河大街 9 号"} | over
    made = perform(
        actions.register_building, None, call(town.officer), actions.BuildingFacts(**form)
    )
    return actions.BUILDINGS.model.objects.get(id=made.made)


@pytest.mark.parametrize("typed", ["jyds", "金叶", "霍林河", "大厦 9"])
def test_a_building_is_found_by_name_and_address(town, typed):
    raised(town)
    elsewhere = make.who(organisation=make.organisation(region="150523000000"))

    assert found(town.officer, typed, actions.BUILDINGS) == ["金叶大厦"]
    assert found(elsewhere, typed, actions.BUILDINGS) == []


def test_a_building_called_otherwise_is_found_so(town):
    building = raised(town)
    form = actions.BuildingFacts(name="银河大厦", region=building.region, address=building.address)

    perform(actions.amend_building, building.id, call(town.officer), form)

    assert found(town.officer, "yhds", actions.BUILDINGS) == ["银河大厦"]
    assert found(town.officer, "jyds", actions.BUILDINGS) == []


@pytest.mark.parametrize("typed", ["mr", "明仁01", "G7", "明仁社区", "科尔沁"])
def test_a_grid_is_found_by_name_number_and_place(town, typed):
    grid = town.grid("G7", name="明仁01网格")

    assert found(town.officer, typed, GRIDS) == [str(grid)]


def test_a_grid_worker_finds_the_grids_he_walks(town):
    walked, _other = town.grid("01"), town.grid("02")
    worker = town.worker()
    town.assign(walked, worker)

    assert found(acting(worker), "明仁", GRIDS) == [str(walked)]


def test_a_grid_called_otherwise_is_found_so(town):
    grid = town.grid("01")

    perform(rename_grid, grid.id, call(town.officer), Renaming(number="77", name="河西网格"))

    assert (
        found(town.officer, "hexi", GRIDS) == found(town.officer, "77", GRIDS) == ["河西网格（77）"]
    )


def test_the_search_box_shows_buildings_and_grids(town):
    raised(town, name="明仁大厦")
    town.grid("01")

    said = visitor(town.officer).get("/desk/find", {"q": "明仁"}).content.decode()

    assert "明仁大厦" in said
    assert "明仁01网格" in said


def test_no_index_holds_a_household_and_no_token_says_anything_of_one(town):
    household = town.household(town.grid("01"), **FACTS, **WHOLLY)

    tokens = set(" ".join(Entry.objects.values_list("tokens", flat=True)).split())
    assert not Entry.objects.filter(record_id=household.id).exists()
    assert not Entry.objects.filter(kind="household").exists()
    assert not {token for token in tokens if "那顺" in token or token.startswith("1384")}


def test_the_interface_finds_households_by_their_grid_alone(town):
    household = town.household(town.grid("01"), **FACTS, **WHOLLY)
    program = Program(town.officer)

    def ids(words):
        return [item["id"] for item in program.get(f"households?q={words}")["items"]]

    assert ids("明仁01") == ids("mr") == [str(household.id)]
    for personal in ("乌日图那顺", FACTS["phone"], "3 单元", FACTS["contact_name"]):
        assert ids(personal) == []


def test_the_manager_of_the_surviving_unit_finds_the_merged_entry(town):
    def registered(name):
        made = perform(actions.register_premises, None, call(town.officer), facts(name=name))
        return actions.PREMISES_TYPE.model.objects.select_related("unit").get(id=made.made)

    kept, doubled = registered("通辽市医院"), registered("通辽市人民医院")
    form = actions.Merging(other=doubled.id, reason="同一家医院登记了两次")
    perform(actions.merge_premises, kept.id, call(town.officer), form)
    manager, former = (
        make.who(PostKind.PREMISES_MANAGER, organisation=one.unit) for one in (kept, doubled)
    )

    assert found(manager, "人民", actions.PREMISES_TYPE) == ["通辽市人民医院"]
    assert found(former, "人民", actions.PREMISES_TYPE) == []
