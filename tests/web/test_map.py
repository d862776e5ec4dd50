"""The map and the quality page: with and without JavaScript, by keyboard, and what each shows."""

import os
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from fengsui.insight.ground import store
from fengsui.platform.who import PostKind
from fengsui.web.desk.ground import links_to
from fengsui.web.ui.gcj02 import gcj02
from tests import make
from tests.insight.ground import ground
from tests.supervision import loop
from tests.web.conftest import CHROMIUM
from tests.web.people import PASSWORD, shot, signed_in

WIDTHS = (1440, 390)
# The published example of the package coordtransform: WGS 84 → GCJ-02 in Beijing; Paris is not shifted.
KNOWN = (
    ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),
    ((2.3522, 48.8566), (2.3522, 48.8566)),
)


@pytest.fixture
def client(client, settings):
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    return client


def enter(client, who):
    make.password(who, "x")
    client.login(username=make.username(who), password="x")
    return client


@pytest.mark.parametrize(("wgs", "shifted"), KNOWN)
def test_a_point_is_shifted_as_published(wgs, shifted):
    assert gcj02(*wgs) == pytest.approx(shifted, abs=1e-9)


@pytest.mark.django_db
def test_only_the_link_to_a_chinese_map_is_shifted():
    premises = make.premises(longitude=116.404, latitude=39.915)

    links = links_to(premises)

    assert links is not None
    assert links.geo == "geo:39.915000,116.404000"
    assert "position=116.410244%2C39.916404" in links.amap
    assert links_to(make.premises()) is None


@pytest.mark.django_db
def test_without_javascript_a_table_says_what_each_county_has(client):
    team = make.Team()
    ground.outlines()
    ground.registered(team.lead)
    ground.registered(team.lead, latitude=None, longitude=None)
    ground.counted()

    text = enter(client, team.lead).get("/desk/premises/map").content.decode()

    assert "科尔沁区" in text
    assert "示意边界，非权威界线" in text
    cells = re.findall(r"<td[^>]*>(?:<[^>]+>)*([^<]*)", text)
    assert [cell.strip() for cell in cells if cell.strip()] == ["科尔沁区", "2", "0", "1"]


@pytest.mark.django_db
def test_the_policy_opens_for_the_host_of_the_tiles_and_for_no_other(client, settings):
    team = make.Team()
    enter(client, team.lead)
    plain = client.get("/desk/premises/map").headers["Content-Security-Policy"]
    settings.MAP_TILES = "https://t0.tianditu.gov.cn/vec_w/wmts?x={x}&y={y}&z={z}"
    opened = client.get("/desk/premises/map").headers["Content-Security-Policy"]
    elsewhere = client.get("/desk/hazards/").headers["Content-Security-Policy"]

    assert "http" not in plain
    assert (
        opened
        == plain.replace("img-src 'self'", "img-src 'self' https://t0.tianditu.gov.cn")
        + "; connect-src 'self' https://t0.tianditu.gov.cn"
    )
    assert elsewhere == plain


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("", "box-unreadable"),
        ("box=1,2,3", "box-unreadable"),
        ("box=118,42,124,46&zoom=x", "zoom-unreadable"),
        ("box=118,42,124,46&class=grand", "unknown-class"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused(client, asked, code):
    answer = enter(client, make.Team().lead).get(f"/api/v1/map/premises?{asked}")

    assert (answer.status_code, answer.json()["code"]) == (422, code)


@pytest.mark.django_db
def test_the_interface_gives_points_in_scope_and_outlines_with_their_caveat(client):
    team = make.Team()
    ground.outlines()
    premises = ground.registered(team.lead)
    ground.counted()
    enter(client, team.lead)

    view = client.get("/api/v1/map/premises?box=118,42,124,46&zoom=7&class=key").json()
    outlines = client.get("/api/v1/map/boundaries").json()

    assert [point["id"] for point in view["points"]] == [str(premises.id)]
    assert (outlines["caveat"], len(outlines["features"])) == ("示意边界，非权威界线", 1)
    assert [(label["name"], label["outlined"]) for label in outlines["labels"]] == [
        ("科尔沁区", True)
    ]


@pytest.mark.django_db
def test_the_quality_page_lists_doubts_and_leads_to_the_task(client):
    team = make.Team()
    premises = ground.registered(team.lead, credit_code="")
    ground.counted()

    text = enter(client, team.head).get("/desk/quality?kind=no_credit_code").content.decode()

    assert premises.name in text
    assert f"/desk/do/premises.ask_correction/{premises.id}" in text


@pytest.fixture
def drawing(monkeypatch):
    """A Chromium that draws WebGL in software."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    if not CHROMIUM.exists() and "chromium" not in os.environ.get("FENGSUI_REQUIRE", ""):
        pytest.skip("Chromium is not installed")
    with sync_playwright() as play:
        started = play.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
        )
        yield started
        started.close()


@pytest.fixture
def town():
    team = make.Team()
    ground.outlines()
    team.premises = ground.registered(team.lead, name="通辽市医院", address="科尔沁大街 2 号")
    loop.ordered(team)
    ids = ground.bulk(team.brigade, 1500, lambda n: (43.55 + n % 37 / 180, 122.1 + n % 41 / 150))
    store.place(ids)
    ground.counted()
    leader = make.who(
        PostKind.DETACHMENT_LEADER,
        organisation=make.organisation(kind="detachment", region="150500000000"),
    )
    make.password(leader, PASSWORD)
    make.password(team.lead, PASSWORD)
    return team, leader


def faults(page):
    """What breaks WCAG 2.2 AA by axe."""
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    return [
        f"{found['id']}: {node['target']}"
        for found in Axe().run(page, options=rules).response["violations"]
        for node in found["nodes"]
    ]


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_map_draws_clusters_and_lists_the_same_beside_it(drawing, live_server, town, width):
    _team, leader = town
    page = signed_in(drawing, live_server.url, leader, width)
    said = []
    page.on(
        "console", lambda message: said.append(message.text) if message.type == "error" else None
    )

    page.goto(f"{live_server.url}/desk/premises/map")
    page.locator("[data-map-premises][data-ready]").wait_for()

    clusters = page.locator("button.map-cluster")
    assert clusters.count() == page.locator("[data-map-list] li").count() > 0
    expect(page.locator("[data-map-note]")).to_have_text("视野内 1,501 家，放大可见每一家")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults(page) == []
    page.wait_for_timeout(800)
    shot(page, f"map-{width}")
    before = page.locator("[data-map-premises]").get_attribute("data-ready")
    page.locator("[data-map-list] button").first.focus()
    page.keyboard.press("Enter")
    page.locator(f"[data-map-premises]:not([data-ready='{before}'])").wait_for()
    page.wait_for_timeout(800)
    shot(page, f"map-closer-{width}")
    assert said == []


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_premises_page_has_its_little_map_and_the_quality_page_is_for_everybody(
    drawing, live_server, town, width
):
    team, _leader = town
    page = signed_in(drawing, live_server.url, team.lead, width)

    page.goto(f"{live_server.url}/desk/premises/{team.premises.id}/")
    page.locator("[data-map-place][data-ready]").wait_for()
    page.wait_for_timeout(800)
    shot(page, f"premises-{width}")
    assert faults(page) == []
    assert page.get_by_role("link", name="用地图应用打开").get_attribute("href") == (
        "geo:43.652600,122.243400"
    )
    page.goto(f"{live_server.url}/desk/quality")
    shot(page, f"quality-{width}")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_browser_shifts_as_the_server_does_and_back(drawing, live_server):
    page = drawing.new_page()
    page.goto(f"{live_server.url}/sign-in")
    shift = """async ([from, to]) => {
        const { toGcj, fromGcj } = await import("/static/ui/js/gcj02.js");
        return [toGcj(from), fromGcj(to)];
    }"""

    for wgs, shifted in KNOWN:
        there, back = page.evaluate(shift, [wgs, shifted])
        assert there == pytest.approx(shifted, abs=1e-9)
        assert back == pytest.approx(wgs, abs=1e-7)
