"""The API's reference is drawn in a browser under the page's policy, by the shop alone."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.integration

WAIT_MS = 30_000


def test_the_reference_shows_every_call_and_asks_no_other_host(
    stack: Any, browser: Browser
) -> None:
    page = browser.new_page(base_url=stack.settings.shop_url)
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    try:
        page.goto("/api/v1/docs")
        spec = page.request.get("/api/v1/openapi.json").json()
        calls = [call for calls in spec["paths"].values() for call in calls.values()]
        for call in calls:
            section = page.locator(f'[id$="operation/{call["operationId"]}"]')
            expect(section.first).to_be_attached(timeout=WAIT_MS)
        page.get_by_role("textbox").fill("refund")
        expect(page.get_by_role("menuitem").first).to_contain_text(
            re.compile("refund|pay", re.IGNORECASE), timeout=WAIT_MS
        )
        hosts = {urlsplit(url.removeprefix("blob:")).netloc for url in asked}
        assert hosts == {urlsplit(stack.settings.shop_url).netloc}
        assert faults == []
    finally:
        page.close()
