"""The bell, the toast and the export as people see them, by a real server."""

import json
import socket
import time

import pytest
from playwright.sync_api import expect

from tests.house import end, house
from tests.postgres import free_port
from tests.web.people import PASSWORD, press, shot

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BUILD = f"""
import json
from tests import make
from tests.supervision import loop
team = make.Team()
make.region()
for who in (team.lead, team.head, team.manager):
    make.password(who, "{PASSWORD}")
for _ in range(3):
    make.premises(team.brigade, unit=team.premises.unit)
print(json.dumps({{"lead": make.username(team.lead), "manager": make.username(team.manager),
                  "head": make.username(team.head)}}))
"""
SERVE = """
import itertools, time
from datetime import datetime
from tests import make
from tests.supervision import loop
from fengsui.platform.accounts.models import Certificate, Post
from fengsui.platform.accounts.queries import who_of
from fengsui.platform.who import PostKind
from fengsui.registry.models import Premises
make._numbers = itertools.count(time.time_ns())  # keys that no process before has used
team = make.Team.__new__(make.Team)
team.premises = Premises.objects.order_by("id").first()
team.brigade = team.premises.brigade
officers = list(Post.objects.filter(kind="supervisor", organisation=team.brigade).order_by("id"))
team.lead_post, team.second_post = officers
team.lead, team.second = map(who_of, officers)
loop.served(team, at=datetime.now(make.CHINA))
"""


@pytest.fixture(scope="module")
def site():
    with house() as built:
        people = json.loads(built.run(BUILD))
        port = free_port()
        processes = [
            built.serve(port),
            built.start("from fengsui.commands.processes import work; work()"),
        ]
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield built, f"http://127.0.0.1:{port}", people
        for process in processes:
            end(process)


def signed_in(browser, site, name, width):
    _, address, people = site
    page = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN").new_page()
    page.complaints = []
    page.on(
        "console", lambda said: page.complaints.append(said.text) if said.type == "error" else 0
    )
    page.goto(f"{address}/sign-in")
    page.get_by_label("登录名").fill(people[name])
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="我的待办")).to_be_visible()
    return page


@pytest.mark.parametrize("width", [1440, 390])
def test_an_order_appears_on_the_managers_screen_and_is_seen(browser, site, width):
    built, address, _ = site
    page = signed_in(browser, site, "manager", width)
    bell = page.get_by_role("link", name="通知")
    tasks = page.locator("#tasks tbody tr", has_text="改正火灾隐患")
    tasks_before = tasks.count()
    before = int(bell.locator("[data-badge]").text_content() or 0)

    built.run(SERVE)

    toast = page.locator(".toast").first
    expect(toast).to_contain_text("新待办：改正火灾隐患", timeout=10_000)
    expect(bell.locator("[data-badge]")).to_have_text(str(before + 1))
    expect(tasks).to_have_count(tasks_before + 1)
    shot(page, f"toast-{width}")
    bell.click()
    expect(page.get_by_role("heading", name="通知")).to_be_visible()
    shot(page, f"notices-{width}")
    page.locator("td a").first.click()
    expect(page.get_by_text("责令限期改正").first).to_be_visible()
    page.goto(f"{address}/desk/notices/")
    expect(bell.locator("[data-badge]")).to_be_hidden()
    page.get_by_role("link", name="提醒方式").click()
    shot(page, f"wishes-{width}")
    page.get_by_text("短信", exact=True).first.click()
    press(page, "保存")
    expect(page.get_by_text("提醒方式已保存")).to_be_visible()
    assert page.complaints == []


@pytest.mark.parametrize("width", [1440, 390])
def test_a_list_is_fetched_as_a_file(browser, site, width):
    _, address, _ = site
    page = signed_in(browser, site, "lead", width)
    page.goto(f"{address}/desk/premises/")
    shot(page, f"list-{width}")
    page.locator("summary", has_text="导出").click()
    expect(page.get_by_text("个人信息以星号遮盖")).to_be_visible()
    shot(page, f"export-menu-{width}")
    press(page, "Excel 表格（xlsx）")
    shot(page, f"job-running-{width}")
    fetch = page.get_by_role("link", name="下载结果")
    expect(fetch).to_be_visible(timeout=20_000)
    shot(page, f"job-{width}")
    with page.expect_download() as wanted:
        fetch.click()
    assert wanted.value.suggested_filename.endswith(".xlsx")
    page.goto(f"{address}/desk/jobs/")
    shot(page, f"jobs-{width}")
    assert page.complaints == []
