"""An officer opens a grid and assigns its worker; the worker registers a household; the grid is split."""

import pytest
from playwright.sync_api import expect

from fengsui.registry.grids.models import Grid, Household
from tests import make
from tests.registry.grids.steps import FACTS, Township, acting
from tests.web.people import PASSWORD, press, shot, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town():
    built = Township()
    make.password(built.officer, PASSWORD)
    return built


@pytest.fixture
def walker(town):
    """The grid worker who is to walk there."""
    who = acting(town.worker("包格网"))
    make.password(who, PASSWORD)
    return who


def opened_grid(officer, url, width):
    officer.goto(f"{url}/desk/grids/")
    shot(officer, f"grids-empty-{width}")
    officer.get_by_role("link", name="设立网格").first.click()
    officer.get_by_text("明仁社区").last.click()
    officer.get_by_label("网格编号").fill("01")
    officer.get_by_label("网格名称").fill("明仁第一网格")
    shot(officer, f"grid-open-{width}")
    press(officer, "设立网格")
    return f"{url}/desk/grids/{Grid.objects.get().id}/"


def register(worker, name, phone):
    worker.get_by_role("link", name="登记风险户").click()
    worker.get_by_text("独居老人", exact=True).click()
    worker.get_by_text("使用火炉火炕取暖", exact=True).click()
    worker.get_by_label("姓名", exact=True).fill(name)
    worker.get_by_label("电话", exact=True).fill(phone)
    worker.get_by_label("住址").fill(FACTS["address"])


@pytest.mark.parametrize("width", [1440, 390])
def test_a_household_is_registered_with_consent_and_goes_along_with_a_split(
    browser, live_server, town, walker, width
):
    officer = signed_in(browser, live_server.url, town.officer, width)
    address = opened_grid(officer, live_server.url, width)
    officer.goto(address)
    shot(officer, f"grid-new-{width}")
    officer.get_by_role("link", name="指派网格员").last.click()
    officer.get_by_text("明仁第一网格").last.click()
    officer.get_by_text("包格网").last.click()
    shot(officer, f"assign-{width}")
    press(officer, "指派网格员")

    worker = signed_in(browser, live_server.url, walker, width)
    worker.goto(address)
    register(worker, FACTS["name"], FACTS["phone"])
    press(worker, "登记风险户")
    expect(worker.get_by_text("没有当事人的告知同意").first).to_be_visible()
    shot(worker, f"no-consent-{width}")
    assert not Household.objects.exists()

    worker.get_by_text("告知同意：已告知").click()
    worker.get_by_text("本人", exact=True).click()
    worker.get_by_text("书面签字").click()
    worker.get_by_label("姓名", exact=True).fill(FACTS["name"])
    worker.get_by_label("电话", exact=True).fill(FACTS["phone"])
    worker.get_by_label("住址").fill(FACTS["address"])
    shot(worker, f"register-{width}")
    press(worker, "登记风险户")
    shot(worker, f"household-{width}")
    assert FACTS["phone"] not in worker.content()

    worker.goto(address)
    register(worker, "李桂芝", "13847590000")
    worker.get_by_text("告知同意：已告知").click()
    worker.get_by_text("监护人", exact=True).click()
    worker.get_by_text("当面口头").click()
    press(worker, "登记风险户")
    worker.goto(f"{live_server.url}/desk/households/")
    shot(worker, f"households-{width}")
    worker.get_by_role("link", name="按电话查找").click()
    worker.get_by_label("电话").fill("138 4759 0000")
    press(worker, "查找")
    shot(worker, f"phone-{width}")
    expect(worker.get_by_text("李**")).to_be_visible()
    assert "13847590000" not in worker.url + worker.content()

    officer.goto(address)
    shot(officer, f"grid-{width}")
    officer.locator("summary:has-text('更多操作')").click()
    officer.get_by_role("link", name="拆分网格").click()
    for place, name in (("1", "明仁东网格"), ("2", "明仁西网格")):
        officer.locator(f"#field-number-{place}").fill(f"01-{place}")
        officer.locator(f"#field-name-{place}").fill(name)
    answers = officer.locator("fieldset.answers").all()
    answers[0].get_by_text("1", exact=True).click()
    officer.get_by_label("原因").fill("户数过多")
    press(officer, "拆分网格")
    expect(officer.get_by_text("还有 1 户没有分到新网格").first).to_be_visible()
    shot(officer, f"split-{width}")
    officer.locator("fieldset.answers").all()[1].get_by_text("2", exact=True).click()
    press(officer, "拆分网格")
    expect(officer.get_by_text("已停用").first).to_be_visible()
    shot(officer, f"grid-split-{width}")

    made = dict(Household.objects.values_list("grid__number", "state"))
    assert made == {"01-1": "active", "01-2": "active"}
    officer.goto(f"{live_server.url}/desk/households/{Household.objects.earliest('id').id}/")
    shot(officer, f"household-after-{width}")
    officer.goto(f"{live_server.url}/desk/grids/")
    shot(officer, f"grids-{width}")
