"""People in front of a browser."""

import os

from playwright.sync_api import Browser, Page, expect

from fengsui.platform.who import Who
from tests import make

PASSWORD = "a long enough one 1"


def signed_in(browser: Browser, base: str, who: Who, width: int) -> Page:
    """The worklist of `who` in a window of its own."""
    page = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN").new_page()
    page.goto(f"{base}/sign-in")
    page.get_by_label("登录名").fill(make.username(who))
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="我的待办")).to_be_visible()
    return page


def shot(page: Page, name: str) -> None:
    """A picture for whoever set FENGSUI_SHOTS to a folder."""
    if folder := os.environ.get("FENGSUI_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
