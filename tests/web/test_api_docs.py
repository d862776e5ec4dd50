"""The page that explains the interface works under the house's own policy, without any network."""

import pytest
from playwright.sync_api import expect

from tests.web.people import shot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1440, 390])
def test_the_page_lists_the_operations_and_loads_nothing_from_elsewhere(
    browser, live_server, width
):
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    complaints, asked = [], []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"{live_server.url}/api/v1/docs")
    page.get_by_text("监督检查", exact=True).click()

    expect(page.get_by_text("结束检查", exact=True)).to_be_visible()
    shot(page, f"api-docs-{width}")
    assert complaints == []
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
