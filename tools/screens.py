"""Take pictures of the pages for README and docs: plays the small season into a home of its own.

    python tools/screens.py [--out docs/screens] [--home DIR] [PAGE …]

Needs Chromium. The pictures are to be looked at; `docs/screens` keeps a few of them.
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = "/usr/bin/chromium"
PASSWORD = "fengsui-demo"  # noqa: S105  the demonstration's own, printed by it
SETTLING_MS = 800  # the phone pages draw themselves
WIDTHS = {1440: 900, 390: 844}
# Name of the picture: (who signs in or nobody, address or the words of links to follow from it).
PAGES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "portal": ("", "/", ()),
    "rules": ("", "/rules/", ()),
    "calendar": ("", "/rules/calendar", ()),
    "law": ("", "/law/消防法 §60", ()),
    "transparency": ("", "/transparency", ()),
    "sign-in": ("", "/sign-in", ()),
    "worklist": ("officer02.1", "/desk/", ()),
    "brigade": ("head02", "/desk/brigade", ()),
    "premises-list": ("officer02.1", "/desk/premises/", ()),
    "premises": ("officer02.1", "/desk/premises/", ("td a",)),
    "premises-map": ("officer02.1", "/desk/premises/map", ()),
    "premises-by-region": ("window", "/desk/premises/by-region", ()),
    "quality": ("officer02.1", "/desk/quality", ()),
    "hospital": ("officer02.1", "/desk/find?q=tlsyy", ("main a:has-text('通辽市医院')",)),
    "building": ("officer02.1", "/desk/buildings/", ("td a",)),
    "grids": ("officer02.1", "/desk/grids/", ()),
    "grid": ("officer02.1", "/desk/grids/", ("td a",)),
    "households": ("officer02.1", "/desk/households/", ()),
    "household": ("officer02.1", "/desk/households/", ("td a",)),
    "walked": ("grid02.1", "/desk/", ()),
    "inspections": ("officer02.1", "/desk/inspections/", ()),
    "inspection": ("officer02.1", "/desk/inspections/", ("td a",)),
    "hazards": ("officer02.1", "/desk/hazards/", ()),
    "hazard": ("officer02.1", "/desk/hazards/", ("td a",)),
    "form": ("officer02.1", "/desk/new/premises.register_premises", ()),
    "documents": ("head02", "/desk/documents/", ()),
    "document": ("head02", "/desk/documents/", ("td a",)),
    "numbers": ("head02", "/desk/documents/numbers", ()),
    "find": ("officer02.1", "/desk/find?q=医院", ()),
    "find-initials": ("officer02.1", "/desk/find?q=tlsyy", ()),
    "reveal": ("officer02.1", "/desk/premises/", ("td a", "a.reveal")),
    "notices": ("officer02.1", "/desk/notices/", ()),
    "wishes": ("officer02.1", "/desk/notice-wishes/", ()),
    "jobs": ("officer02.1", "/desk/jobs/", ()),
    "account": ("officer02.1", "/account", ()),
    "keys": ("officer02.1", "/desk/api-keys/", ()),
    "key-new": ("officer02.1", "/desk/api-keys/new", ()),
    "blocks": ("officer02.1", "/desk/number-blocks/", ()),
    "block-new": ("officer02.1", "/desk/new/number_block.take_block", ()),
    "plan": ("officer02.1", "/desk/premises/", ("td a", "a.is-main")),
    "serve": ("officer02.1", "/desk/hazards/?state=ordered", ("td a", "a.is-main")),
    "order": ("officer02.1", "/desk/hazards/?state=found", ("td a", "a.is-main")),
    "field": ("officer02.1", "/field/", ()),
    "question": ("officer02.1", "/field/", ("main a:has-text('监督抽查')", "#foot .is-main")),
    "faults": ("system", "/desk/channel-faults/", ()),
    "people": ("security", "/desk/people/", ()),
    "person": ("security", "/desk/people/", ("td a",)),
    "tickets": ("security", "/desk/tickets/", ()),
    "phones": ("security", "/desk/phones/", ()),
    "import": ("security", "/desk/import/people/", ()),
    "access": ("audit", "/desk/access/", ()),
    "sign-ins": ("audit", "/desk/sign-ins/", ()),
    "address-uses": ("audit", "/desk/address-uses/", ()),
    "calendar-years": ("system", "/desk/calendar-years/", ()),
    "calendar-load": ("system", "/desk/calendar-years/load", ()),
    "regions": ("system", "/desk/regions/", ()),
    "posts": ("security", "/desk/posts/", ()),
    "post": ("security", "/desk/posts/", ("td a",)),
    "organisations": ("security", "/desk/organisations/", ()),
    "ledger": ("audit", "/desk/ledger/", ()),
    "leader": ("leader", "/desk/brigade", ()),
    "manager": ("manager02.0", "/desk/", ()),
    "forbidden": ("system", "/desk/premises/", ()),
    "missing": ("officer02.1", "/desk/nowhere/", ()),
}


@contextlib.contextmanager
def served(home: Path, port: int) -> Iterator[str]:
    """The demonstration behind a local port, stopped at the end."""
    environment = {**os.environ, "FENGSUI_HOME": str(home), "PYTHONPATH": str(ROOT / "src")}
    fengsui = [sys.executable, "-m", "fengsui.cli"]
    if not (home / "fengsui.sqlite3").exists():
        played = [*fengsui, "demo", "--scale", "small", "--no-serve"]
        subprocess.run(played, env=environment, check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen(
        [*fengsui, "serve", "--port", str(port)], env=environment, start_new_session=True
    )
    try:
        yield _answering(f"http://127.0.0.1:{port}")
    finally:
        os.killpg(server.pid, signal.SIGTERM)  # the server's own workers too
        server.wait(timeout=10)


def _answering(base: str) -> str:
    for _try in range(100):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{base}/healthz"):  # noqa: S310
            return base
        time.sleep(0.1)
    raise SystemExit("the server does not answer")


def signed_in(browser: Browser, base: str, user: str, width: int, large: bool) -> Page:
    size = ViewportSize(width=width, height=WIDTHS.get(width, 844))
    context = browser.new_context(viewport=size, locale="zh-CN")
    if large:
        context.add_cookies([{"name": "text", "value": "large", "url": base}])
    page = context.new_page()
    if user:
        page.goto(f"{base}/sign-in")
        page.fill("[name=username]", user)
        page.fill("[name=password]", PASSWORD)
        page.locator("main").get_by_role("button", name="登录").click()
        page.wait_for_url("**/desk/")
    return page


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("pages", nargs="*", metavar="PAGE")
    asked.add_argument("--out", type=Path, default=ROOT / "docs" / "screens")
    asked.add_argument("--home", type=Path)
    asked.add_argument("--port", type=int, default=8169)
    asked.add_argument("--width", type=int, action="append")
    asked.add_argument("--large", action="store_true", help="large-text mode")
    said = asked.parse_args()
    said.out.mkdir(parents=True, exist_ok=True)
    home = said.home or Path(mkdtemp(prefix="fengsui-screens-"))
    chosen = {name: PAGES[name] for name in said.pages or PAGES}
    with served(home, said.port) as base, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for width in said.width or WIDTHS:
            shoot(browser, base, chosen, width, said)
        browser.close()


def shoot(
    browser: Browser,
    base: str,
    chosen: dict[str, tuple[str, str, tuple[str, ...]]],
    width: int,
    said: argparse.Namespace,
) -> None:
    """One window for each person; says where a page is wider than the window."""
    windows: dict[str, Page] = {}
    for name, (user, address, links) in chosen.items():
        if user not in windows:
            windows[user] = signed_in(browser, base, user, width, said.large)
        page = windows[user]
        page.goto(f"{base}{address}", wait_until="networkidle" if address == "/field/" else "load")
        for link in links:
            page.locator(link).first.click()
            page.wait_for_timeout(SETTLING_MS)
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        if wide:
            print(f"{name} is wider than {width} px")
        page.screenshot(path=said.out / f"{name}-{width}.png")


if __name__ == "__main__":
    main()
