"""The pages of grids and households: what stands on them, for whom, and how often they ask the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengsui.platform.accounts.models import Post
from fengsui.platform.actions import perform
from fengsui.platform.calendar import queries as calendar
from fengsui.platform.who import PostKind
from fengsui.registry.grids.actions import withdraw_consent
from fengsui.registry.grids.actions.forms import Withdrawal
from fengsui.registry.grids.models import Grid, Household
from tests import make
from tests.api.client import Program
from tests.permissions.asking import visitor
from tests.registry.grids.steps import FACTS, WHOLLY, Township, acting, call, days

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(monkeypatch):
    monkeypatch.setattr(calendar, "_FRESH_SECONDS", 600)  # its second reading is a matter of time
    return Township()


@pytest.fixture
def grid(town):
    made = town.grid("01")
    town.household(made, **FACTS, **WHOLLY)
    town.assign(made, town.worker("包格网"))
    return made


def body(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def more(town, grid, n=2):
    """More of everything that the pages list."""
    for number in range(n):
        one = town.household(grid, **{**FACTS, "another": True}, **WHOLLY)
        perform(withdraw_consent, one.id, call(town.officer, days(1)), Withdrawal(sure=True))
        town.assign(grid, town.worker(f"网格员{number}"))
        town.grid(f"1{number}")
        town.household(grid)


ADDRESSES = [
    "/desk/grids/",
    "/desk/grids/{grid}/",
    "/desk/grids/{grid}/split",
    "/desk/grid-assignments/",
    "/desk/households/",
    "/desk/find?q=明仁",
    "/desk/do/household.move_household/{household}",
    "/desk/new/household.register_household?grid={grid}",
    "/api/v1/grids",
    "/api/v1/grids/{grid}",
    "/api/v1/grid-assignments",
    "/api/v1/households",
    "/api/v1/households?q=明仁",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_asks_as_often_for_many_as_for_one(town, grid, address):
    browser = visitor(town.officer)
    place = address.format(grid=grid.id, household=Household.objects.get().id)
    body(browser, place)
    with CaptureQueriesContext(connection) as one:
        body(browser, place)
    more(town, grid)

    with CaptureQueriesContext(connection) as many:
        body(browser, place)

    assert len(many) == len(one)


def test_a_household_moved_often_takes_no_more_queries(town, grid):
    browser, household = visitor(town.officer), Household.objects.get()
    place = f"/desk/households/{household.id}/"
    body(browser, place)
    with CaptureQueriesContext(connection) as one:
        body(browser, place)
    for number in ("02", "03"):
        Household.objects.filter(id=household.id).update(grid=town.grid(number))

    with CaptureQueriesContext(connection) as many:
        body(browser, place)

    assert len(many) == len(one)


def test_the_page_of_a_grid_names_its_worker_its_households_and_its_past(town, grid):
    page = body(visitor(town.officer), f"/desk/grids/{grid.id}/")

    for word in ("包格网", "乌日图**", "138****8761", "共 1 户", "指派网格员", "登记风险户"):
        assert word in page
    assert "沿革" not in page


def test_a_household_without_consent_says_so_in_the_list_and_on_its_page(town, grid):
    household = town.household(grid)
    browser = visitor(town.officer)

    assert "未取得同意" in body(browser, f"/desk/grids/{grid.id}/")
    page = body(browser, f"/desk/households/{household.id}/")
    assert "取得同意以前，不登记" in page
    assert "登记告知同意" in page


def test_a_worker_finds_his_grids_in_the_menu_and_nobody_elses_anywhere(town, grid):
    worker = acting(Post.objects.get(user__name="包格网"))
    other = town.grid("02", name="别人的网格")
    theirs = town.household(other, **{**FACTS, "another": True}, **WHOLLY)
    browser = visitor(worker)

    page = body(browser, "/desk/grids/")

    assert "我的网格" in page
    assert grid.name in page
    assert other.name not in page
    assert browser.get(f"/desk/grids/{other.id}/").status_code == 404
    assert browser.get(f"/desk/households/{theirs.id}/").status_code == 404
    assert str(theirs) not in body(browser, "/desk/households/")
    found = browser.post("/desk/households/phone", {"phone": FACTS["phone"]}).content.decode()
    assert str(theirs) not in found
    assert str(Household.objects.get(grid=grid)) in found


def test_an_officer_has_them_in_the_menu_and_a_manager_has_not(town, grid):
    unit = make.organisation(kind="unit", region="150502001000")
    manager = make.who(PostKind.PREMISES_MANAGER, organisation=unit)

    assert "基层治理" in body(visitor(town.officer), "/desk/")
    assert "基层治理" not in body(visitor(manager), "/desk/")


def test_the_interface_tells_of_a_grid_its_workers_and_of_a_household_its_consents(town, grid):
    program = Program(town.officer)

    told = program.get(f"grids/{grid.id}")
    household = program.get(f"households/{Household.objects.get().id}")

    assert [worker["name"] for worker in told["workers"]] == ["包格网"]
    assert (told["origins"], told["successions"]) == ([], [])
    assert (household["name"], household["condition"], household["notes"]) == (
        "乌日图**",
        "****",
        "****",
    )
    assert [consent["giver"] for consent in household["consents"]] == ["本人"]
    assert [placed["label"] for placed in household["placements"]] == [str(grid)]


def test_the_split_page_keeps_what_was_typed_and_says_what_is_missing(town, grid):
    browser = visitor(town.officer)
    typed = {"number-1": "01-1", "name-1": "明仁东网格", "number-2": "01-2", "name-2": "明仁西网格"}

    answer = browser.post(f"/desk/grids/{grid.id}/split", {**typed, "reason": "户数过多"})

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "还有 1 户没有分到新网格" in said
    assert "明仁东网格" in said
    assert Grid.objects.count() == 1
    answer = browser.post(f"/desk/grids/{grid.id}/split", typed)
    assert "“原因”：至少填写 2 个字" in answer.content.decode()


def test_the_split_page_splits(town, grid):
    household = Household.objects.get()
    typed = {
        "number-1": "01-1",
        "name-1": "明仁东网格",
        "number-2": "01-2",
        "name-2": "明仁西网格",
        f"household-{household.id}": "2",
        "reason": "户数过多",
    }

    answer = visitor(town.officer).post(f"/desk/grids/{grid.id}/split", typed, follow=True)

    household.refresh_from_db()
    assert household.grid.number == "01-2"
    assert "已办理：拆分网格" in answer.content.decode()
    assert "沿革" in answer.content.decode()
    again = visitor(town.officer).get(f"/desk/grids/{grid.id}/split")
    assert again.status_code == 409


def test_who_looks_for_a_phone_does_not_leave_it_in_an_address(town, grid):
    browser = visitor(town.officer)

    answer = browser.post("/desk/households/phone", {"phone": "138 4759 8761"})

    assert answer["Cache-Control"] == "no-store"
    assert "乌日图**" in answer.content.decode()
    assert FACTS["phone"] not in answer.content.decode()
    partly = browser.post("/desk/households/phone", {"phone": "8761"}).content.decode()
    assert "没有找到这个电话" in partly
