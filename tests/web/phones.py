"""People with a phone in their hand: 390 × 844, a finger, and the words they read."""

import os
import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from fengsui.platform.who import Who
from tests import make
from tests.web.people import PASSWORD

WIDTH, HEIGHT = 390, 844
LEAST = 44  # CSS pixels of a target (look.md: large targets on a phone)


class Phone:
    """One person's phone on one place of `/field`."""

    def __init__(self, browser: Browser, base: str, who: Who, width: int = WIDTH) -> None:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT}, locale="zh-CN", has_touch=True
        )
        context.set_default_timeout(10_000)
        self.base, self.page = base, context.new_page()
        self.sign_in(who)

    def sign_in(self, who: Who) -> None:
        self.page.goto(f"{self.base}/sign-in?next=/field/")
        self.page.get_by_label("登录名").fill(make.username(who))
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        self.settled()

    def open(self, path: str) -> None:
        self.page.goto(f"{self.base}{path}")
        self.settled()

    def open_menu(self) -> None:
        self.page.locator(".phone-bar summary").click()

    def settled(self) -> None:
        """The place is filled."""
        expect(self.page.locator("#place:not([aria-busy])")).to_be_visible()

    def tap(self, words: str) -> None:
        """Press the button or follow the link of exactly these words."""
        self.named(words).click()

    def named(self, words: str) -> Locator:
        exact = re.compile(rf"^\s*{re.escape(words)}\s*$")
        page = self.page
        return page.get_by_role("button", name=exact).or_(page.get_by_role("link", name=exact))

    def choose(self, words: str) -> None:
        """Tap a chip or one of the large answers."""
        self.page.locator("label.chip, label.answer").filter(
            has_text=re.compile(rf"^\s*{re.escape(words)}")
        ).click()

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=False).first.fill(text)

    def sees(self, words: str) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible()

    def photograph(self, picture: Path) -> None:
        self.page.locator("input[type=file]").first.set_input_files(picture)

    def shot(self, name: str, *, whole: bool = False) -> None:
        """A picture of the screen for whoever set FENGSUI_SHOTS to a folder."""
        if folder := os.environ.get("FENGSUI_SHOTS"):
            self.page.screenshot(path=f"{folder}/{name}.png", full_page=whole)


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong with the page, as `rule: element`."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


_TARGETS = """() => [...document.querySelectorAll('a, button, input, select, textarea, summary, label.chip, label.answer')]
  .filter((one) => one.checkVisibility() && !one.closest('.note, dd, .skip-link, .notice')
    && !one.matches('.skip-link, .visually-hidden, label input, .shot-add input'))
  .map((one) => [one.outerHTML.slice(0, 120), one.getBoundingClientRect()])
  .filter(([, box]) => box.height < LEAST || box.width < LEAST)
  .map(([html, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`)"""


def small_targets(page: Page) -> list[str]:
    """What a finger could miss; links inside running text are exempt (WCAG 2.5.8)."""
    found: list[str] = page.evaluate(_TARGETS.replace("LEAST", str(LEAST)))
    return found


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    wider: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wider
