"""A named set of filters in a browser, at the desk and on a phone."""

import pytest
from playwright.sync_api import expect

from tests import make
from tests.web.people import PASSWORD, press, shot, signed_in
from tests.web.phones import overflow

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [1440, 390])
def test_filters_are_kept_under_a_name_and_taken_away_again(browser, live_server, width):
    make.region()
    team = make.Team()
    make.premises(team.brigade, name="通辽市医院", premises_class="key")
    make.password(team.lead, PASSWORD)
    page = signed_in(browser, live_server.url, team.lead, width)

    page.goto(f"{live_server.url}/desk/premises/")
    page.get_by_label("名称、地址、拼音").fill("tlsyy")
    page.get_by_label("类别").select_option(label="重点单位")
    press(page, "筛选")
    page.get_by_role("main").get_by_text("视图：未保存").click()
    page.get_by_label("把当前筛选存为").fill("重点医院")
    shot(page, f"view-to-keep-{width}")
    press(page, "保存视图")

    expect(page.get_by_role("main").get_by_text("视图：重点医院")).to_be_visible()
    expect(page.get_by_role("link", name="通辽市医院")).to_be_visible()
    assert overflow(page) == 0
    shot(page, f"view-kept-{width}")

    page.get_by_role("main").get_by_text("视图：重点医院").click()
    press(page, "删除此视图")

    page.get_by_role("main").get_by_text("视图", exact=True).click()
    expect(page.get_by_text("还没有保存的视图")).to_be_visible()
