"""First starts as people make them: a link on a desk, an authenticator, a paper code on a phone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from fengsui.platform.who import PostKind
from tests import make
from tests.platform.signin.steps import NEW_PASSWORD, PIN, holder, issued, keeper, totp
from tests.web.people import PASSWORD, press, shot, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def accessible(page: Page) -> None:
    """No violation of WCAG that axe can find on the page as it stands."""
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = Axe().run(page, options={"runOnly": rules}).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def window(browser: Browser, width: int) -> Page:
    return browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN").new_page()


@pytest.mark.parametrize("width", [1440, 390])
def test_a_head_starts_by_link_and_enrols(browser, live_server, settings, width):
    settings.SECOND_FACTOR = "required"
    head = make.who(PostKind.BRIGADE_HEAD)
    page = window(browser, width)
    page.goto(f"{live_server.url}/start/{issued(keeper(), holder(head)).secret}")
    page.get_by_label("新密码").fill("password")
    page.get_by_label("再输一次").fill("password")
    shot(page, f"start-{width}")
    press(page, "设置密码并登录")
    expect(page.get_by_text("密码至少 12 位")).to_be_visible()
    shot(page, f"start-error-{width}")
    accessible(page)
    page.get_by_label("新密码").fill(NEW_PASSWORD)
    page.get_by_label("再输一次").fill(NEW_PASSWORD)
    press(page, "设置密码并登录")

    expect(page.get_by_role("heading", name="启用第二因素")).to_be_visible()
    picture = page.get_by_role("img", name="验证器二维码")
    assert picture.evaluate("img => img.complete && img.naturalWidth > 0")
    secret = page.locator("figcaption code").inner_text()
    shot(page, f"enrol-{width}")
    accessible(page)
    page.get_by_label("手机上显示的六位数字").fill(totp(secret))
    press(page, "启用")
    code = page.locator(".codes code").first.inner_text()
    shot(page, f"recovery-{width}")
    accessible(page)
    page.get_by_role("link", name="我已保存，继续").click()
    expect(page.get_by_role("heading", name="我的待办")).to_be_visible()
    page.goto(f"{live_server.url}/account")
    expect(page.get_by_text("还有 10 个备用码")).to_be_visible()
    shot(page, f"account-{width}")
    accessible(page)

    again = window(browser, width)
    again.goto(f"{live_server.url}/sign-in")
    again.get_by_label("登录名").fill(make.username(head))
    again.get_by_label("密码").fill(NEW_PASSWORD)
    press(again, "登录")
    shot(again, f"code-{width}")
    again.get_by_label("六位动态口令").fill(code)
    press(again, "核对")
    expect(again.get_by_role("heading", name="我的待办")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390])
def test_a_grid_worker_starts_by_paper_and_loses_the_phone(browser, live_server, settings, width):
    settings.PUBLIC_URL = live_server.url
    team = make.Team()
    make.password(team.head, PASSWORD)
    worker = make.who(PostKind.GRID_WORKER, organisation=team.brigade)
    person = f"{live_server.url}/desk/people/{worker.user_id}/"
    office = signed_in(browser, live_server.url, team.head, width)
    office.goto(person)
    shot(office, f"person-{width}")
    press(office, "打印登录码")
    code = office.locator(".paper-code").inner_text()
    shot(office, f"issued-{width}")
    accessible(office)
    assert re.fullmatch(r"\w{4}-\w{4}-\w{4}", code)

    phone = window(browser, 390)
    phone.goto(f"{live_server.url}/start-phone")
    phone.get_by_label("纸上的登录码").fill(code.lower())
    phone.get_by_label("自己定一个口令").fill(PIN)
    phone.get_by_label("再输一次口令").fill(PIN)
    shot(phone, f"start-phone-{width}")
    press(phone, "绑定这部手机")
    expect(phone.get_by_role("heading", name="我的待办")).to_be_visible()
    phone.context.clear_cookies(name="sessionid")
    phone.goto(f"{live_server.url}/desk/")
    phone.get_by_label("6 位口令").fill("111222")
    press(phone, "进入")
    expect(phone.get_by_text("还可以试 4 次").last).to_be_visible()
    shot(phone, f"pin-{width}")
    accessible(phone)
    phone.get_by_label("6 位口令").fill(PIN)
    press(phone, "进入")
    expect(phone.get_by_role("heading", name="我的待办")).to_be_visible()

    office.goto(person)
    press(office, "丢失，解除绑定")
    expect(office.get_by_text("已解除绑定")).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("heading", name="登录")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390])
def test_leave_is_taken_from_the_own_page_and_the_deputy_switches(
    browser, live_server, team_of_two, width
):
    page = signed_in(browser, live_server.url, team_of_two.lead, width)
    page.goto(f"{live_server.url}/account")
    page.get_by_role("link", name="休假并指定代理").click()
    page.locator(f"input[value='{make.username(team_of_two.second)}']").check(force=True)
    page.locator("#field-until").fill("2030-01-01")
    shot(page, f"leave-{width}")
    press(page, "休假并指定代理")
    expect(page.get_by_text("休假，由代理人履职").first).to_be_visible()
    page.goto(f"{live_server.url}/account")
    expect(page.get_by_text(f"由{team_of_two.second.name}代理")).to_be_visible()

    deputy = window(browser, width)
    deputy.goto(f"{live_server.url}/sign-in")
    deputy.get_by_label("登录名").fill(make.username(team_of_two.second))
    deputy.get_by_label("密码").fill(PASSWORD)
    press(deputy, "登录")
    shot(deputy, f"posts-{width}")
    deputy.get_by_role("button", name=f"代 {team_of_two.lead.name}").click()
    expect(deputy.get_by_text(f"代{team_of_two.lead.name}").first).to_be_visible()


@pytest.fixture
def team_of_two():
    team = make.Team()
    for who in (team.lead, team.second):
        make.password(who, PASSWORD)
    return team


@pytest.mark.parametrize("width", [1440, 390])
def test_the_keepers_pages_are_readable(browser, live_server, team_of_two, width):
    guard = keeper()
    make.password(guard, PASSWORD)
    page = signed_in(browser, live_server.url, guard, width)
    for name in ("people/", f"people/{team_of_two.lead.user_id}/", "import/people/", "access/",
                 "sign-ins/", "new/post.appoint"):  # fmt: skip
        page.goto(f"{live_server.url}/desk/{name}")
        expect(page.locator("h1")).to_be_visible()
        overflow = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not overflow, name
        accessible(page)
        shot(page, f"{name.replace('/', '-').strip('-')[:14]}-{width}")
