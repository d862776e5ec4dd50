"""The search box in a browser, by keyboard alone."""

import pytest
from playwright.sync_api import expect

from fengsui.platform.actions import perform
from fengsui.registry.actions import register_premises
from tests import make
from tests.platform.search.test_search import facts
from tests.web.people import PASSWORD, shot, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officer():
    make.region()
    team = make.Team()
    for name in ("通辽市医院", "通辽市第二医院", "通辽市蒙医院"):
        perform(register_premises, None, make.call(team.lead), facts(name=name))
    make.password(team.lead, PASSWORD)
    return team.lead


@pytest.mark.parametrize("typed", ["tlsyy", "医院"])
def test_a_hospital_is_found_by_keyboard_alone(browser, live_server, officer, typed):
    page = signed_in(browser, live_server.url, officer, 1440)

    page.keyboard.press("/")
    page.keyboard.type(typed)
    line = page.locator("[data-found] a").filter(has_text="通辽市医院")
    expect(line).to_be_visible()
    shot(page, f"find-typing-{typed}")
    while not line.evaluate("line => line === document.activeElement"):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="通辽市医院")).to_be_visible()


def test_enter_shows_all_that_is_found_by_kind(browser, live_server, officer):
    page = signed_in(browser, live_server.url, officer, 390)

    page.goto(f"{live_server.url}/desk/find?q=yy")
    expect(page.get_by_role("link", name="通辽市第二医院")).to_be_visible()
    shot(page, "find-390")
    page.get_by_role("navigation", name="按类别").get_by_role("link", name="场所").click()

    expect(page).to_have_url(f"{live_server.url}/desk/find?q=yy&kind=premises")
    expect(page.get_by_role("link", name="通辽市医院")).to_be_visible()


def test_an_officer_of_another_county_finds_nothing_of_it(browser, live_server, officer):
    elsewhere = make.who(organisation=make.organisation(region="150523000000"))
    make.password(elsewhere, PASSWORD)
    page = signed_in(browser, live_server.url, elsewhere, 1440)

    page.get_by_role("searchbox", name="查找").fill("tlsyy")
    expect(page.locator("[data-found]")).to_contain_text("没有找到“tlsyy”")
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_contain_text("没有找到“tlsyy”")
