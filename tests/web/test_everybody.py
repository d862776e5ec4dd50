"""For everybody: no axe violation, no sideways scrolling, everything by keyboard, conflicts in words."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from fengsui.platform.documents.models import Document
from fengsui.platform.who import PostKind
from fengsui.workers.loop import work_once
from tests import make
from tests.supervision import loop
from tests.web.people import PASSWORD, press, shot, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PUBLIC = [
    "/",
    "/d/",
    "/d/?code=nonsense",
    "/d/{code}",
    "/rules/",
    "/rules/?q=复查",
    "/rules/?q=没有这样的规则",
    "/rules/T-20b",
    "/rules/CHECKLIST-CORE",
    "/rules/GB35181",
    "/rules/PENALTIES",
    "/rules/PREMISES-KEY",
    "/rules/PREMISES-KINDS",
    "/rules/PREMISES-SMALL",
    "/rules/calendar",
    "/law/消防法 §60(1)(三)",
    "/law/规定 §20",
    "/transparency",
    "/transparency/{entry}",
    "/sign-in",
    "/nowhere",
]
DESK = {
    "lead": [
        "/desk/grids/",
        "/desk/grids/{grid}/",
        "/desk/grids/{grid}/split",
        "/desk/households/",
        "/desk/households/{household}/",
        "/desk/households/phone",
        "/desk/new/household.register_household?grid={grid}",
        "/desk/",
        "/desk/premises/",
        "/desk/premises/?class=key&sort=name",
        "/desk/premises/by-region",
        "/desk/premises/{premises}/",
        "/desk/new/premises.register_premises",
        "/desk/do/premises.reveal/{premises}",
        "/desk/inspections/",
        "/desk/inspections/{visit}/",
        "/desk/inspections/{open_visit}/items",
        "/desk/do/inspection.add_finding/{open_visit}",
        "/desk/hazards/",
        "/desk/hazards/?state=closed",
        "/desk/hazards/{hazard}/",
        "/desk/inspections/{underway}/items",
        "/desk/do/inspection.add_finding/{underway}",
        "/desk/do/inspection.conclude/{underway}",
        "/desk/do/hazard.order_rectification/{hazard}",
        "/desk/do/hazard.order_rectification/{found}",
        "/desk/notices/",
        "/desk/notice-wishes/",
        "/desk/jobs/",
        "/desk/api-keys/",
        "/desk/api-keys/new",
        "/desk/number-blocks/",
        "/desk/new/number_block.take_block",
        "/account",
        "/desk/documents/{paper}/",
        "/desk/find?q=酒店",
        "/desk/find?q=没有这样的",
        "/desk/calendar-years/",
    ],
    "head": [
        "/desk/brigade",
        "/desk/documents/",
        "/desk/documents/numbers",
        "/desk/do/document.annul/{paper}",
        "/desk/posts/",
        "/desk/people/{person}/",
    ],
    "system": [
        "/desk/",
        "/desk/calendar-years/",
        "/desk/calendar-years/load",
        "/desk/regions/",
        "/desk/channel-faults/",
    ],
    "security": [
        "/desk/organisations/",
        "/desk/new/post.appoint",
        "/desk/people/",
        "/desk/people/{person}/",
        "/desk/import/people/",
        "/desk/tickets/",
        "/desk/phones/",
    ],
    "audit": ["/desk/ledger/", "/desk/access/", "/desk/sign-ins/", "/desk/address-uses/"],
}


@pytest.fixture
def place():
    """A brigade with a hazard under way and a visit under way; addresses by name."""
    team = make.Team()
    make.region()
    hazard = loop.served(team)
    visit = loop.planned(team, make.NOON)
    first = team.premises
    team.premises = make.premises(team.brigade)
    underway = loop.arrived(team, answered=True)
    team.premises = make.premises(team.brigade)
    fresh = loop.found(team)
    people = {"lead": team.lead, "head": team.head}
    for name in ("system", "security", "audit"):
        people[name] = make.who(PostKind(f"{name}_admin"))
    for who in people.values():
        make.password(who, PASSWORD)
    work_once(make.NOON)
    paper = Document.objects.get(about_id=hazard.id)
    grid = make.grid()
    known = {
        "grid": grid.id,
        "household": make.household(grid).id,
        "premises": first.id,
        "hazard": hazard.id,
        "visit": hazard.inspection_id,
        "open_visit": visit.id,
        "underway": underway.id,
        "found": fresh.id,
        "person": team.lead.user_id,
        "paper": paper.id,
        "code": paper.id.hex,
        "entry": paper.entry_id,
    }
    return people, known


def violations(page):
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    return [
        f"{page.url} {wrong['id']}: {wrong['nodes'][0]['html'][:160]}"
        for wrong in found.response["violations"]
    ]


def walk(browser, base, place, width, look):
    """Everything `look(page)` finds on any page of the house."""
    people, known = place
    found = []
    public = browser.new_context(
        viewport={"width": width, "height": 844}, locale="zh-CN"
    ).new_page()
    for name, addresses in {"": PUBLIC, **DESK}.items():
        page = signed_in(browser, base, people[name], width) if name else public
        for address in addresses:
            page.goto(base + address.format(**known))
            found += look(page)
    return found


def test_axe_finds_nothing_in_ordinary_and_in_large_text(browser, live_server, place):
    def both(page):
        ordinary = violations(page)
        page.evaluate("document.documentElement.dataset.text = 'large'")
        return ordinary + [f"large {wrong}" for wrong in violations(page)]

    assert "\n".join(walk(browser, live_server.url, place, 1440, both)) == ""


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_scrolls_sideways_on_a_phone(browser, live_server, place, width):
    def wide(page):
        actual = page.evaluate("document.documentElement.scrollWidth")
        return [f"{page.url} is {actual} px wide"] if actual > width else []

    assert walk(browser, live_server.url, place, width, wide) == []


def tab_to(page, css):
    """Press Tab until the focus is on the first element that matches."""
    for _step in range(80):
        if page.evaluate("css => document.activeElement.matches(css)", css):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{css} is not reached by Tab")


def test_a_whole_action_by_keyboard_alone(browser, live_server, place):
    people, known = place
    page = signed_in(browser, live_server.url, people["lead"], 1440)
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("/")
    page.keyboard.type("通道")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="查找：通道")).to_be_visible()

    tab_to(page, f"a[href='/desk/hazards/{known['hazard']}/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/hazards/**")
    tab_to(page, "a[href*='inspection.start_reinspection']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/new/**")
    tab_to(page, "input[name=hazard]")
    page.keyboard.press("Space")
    tab_to(page, "input[name=second]")
    page.keyboard.press("Space")
    tab_to(page, "button[type=submit].is-main")
    page.keyboard.press("Enter")

    expect(page.get_by_text("已办理：开始复查")).to_be_visible()


def test_who_comes_second_is_told_what_changed_and_may_send_again(browser, live_server, place):
    people, known = place
    address = f"{live_server.url}/desk/do/premises.amend_premises/{known['premises']}"
    first = signed_in(browser, live_server.url, people["lead"], 1440)
    second = signed_in(browser, live_server.url, people["head"], 390)
    for page in (first, second):
        page.goto(address)
        page.locator("input[name=region]").first.check(force=True)
    first.get_by_label("使用性质").fill("宾馆")
    press(first, "更正场所信息")
    second.get_by_label("使用性质").fill("商务酒店")
    press(second, "更正场所信息")

    told = second.get_by_role("alert").first
    expect(told).to_contain_text(f"{people['lead'].name} 更正场所信息")
    expect(second.get_by_label("使用性质")).to_have_value("商务酒店")
    shot(second, "conflict-390")

    press(second, "更正场所信息")
    expect(second.get_by_text("已办理：更正场所信息")).to_be_visible()


def test_a_page_speaks_through_the_language_switch(browser, live_server, place):
    page = browser.new_context(locale="zh-CN").new_page()
    page.goto(live_server.url)

    page.get_by_role("button", name="EN").click()

    assert page.locator("html").get_attribute("lang") == "en"
