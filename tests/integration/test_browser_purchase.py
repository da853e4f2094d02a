"""A shopper buys through the real pages, in a real browser, and the shop knows the order."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from shopnow import topics
from shopnow.settings import SHOP_ADMIN

pytestmark = pytest.mark.integration

#: Where a browser may be, in the order in which they are tried.
SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER = (
    "no browser found: install Chromium (Debian: apt-get install chromium; anywhere: "
    "python -m playwright install chromium) or name one in SHOPNOW_CHROMIUM"
)
WAIT_MS = 20_000


def find_browser(playwrights_own: str) -> str | None:
    """Path of a Chromium-like browser, None if the machine has none."""
    named = os.environ.get("SHOPNOW_CHROMIUM")
    if named:
        return named
    found = next(filter(None, map(shutil.which, SYSTEM_BROWSERS)), None)
    return found or (playwrights_own if Path(playwrights_own).exists() else None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        executable = find_browser(playwright.chromium.executable_path)
        if executable is None:
            # On CI a skipped test would look like a passed one.
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(NO_BROWSER)
        # Chromium's own sandbox does not work for root, whom containers run as.
        browser = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@pytest.fixture
def page(stack: Any, browser: Browser) -> Iterator[Page]:
    """A fresh visitor's page on the shop; fails the test on a script error or a CSP violation."""
    context = browser.new_context(base_url=stack.settings.shop_url, locale="fr-FR")
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    expect.set_options(timeout=WAIT_MS)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda message: (
            faults.append(message.text) if "Content Security Policy" in message.text else None
        ),
    )
    yield page
    context.close()
    assert faults == []


def open_product(page: Page, sku: str) -> None:
    """Search for a product in the catalogue and open its page."""
    page.goto("/")
    search = page.get_by_role("searchbox", name="Chercher un produit")
    search.fill(sku)
    search.press("Enter")
    page.locator(f"article[data-sku='{sku}']").get_by_role("link").click()
    expect(page.get_by_text(f"Référence {sku}")).to_be_visible()


def fill_in(page: Page, values: dict[str, str]) -> None:
    """Fill in text fields by their labels, a required field's mark aside."""
    for label, value in values.items():
        field = page.get_by_role("textbox", name=re.compile(rf"^{re.escape(label)}( \*)?$"))
        field.fill(value)


ADDRESS = {
    "Adresse e-mail": "camille@example.org",
    "Nom complet": "Camille Durand",
    "Adresse": "12 rue des Lilas",
    "Code postal": "75011",
    "Ville": "Paris",
}


def test_a_shopper_buys_in_french(
    page: Page, database: Any, read_topic: Any, new_product: Callable[[int], str]
) -> None:
    sku = new_product(5)
    open_product(page, sku)
    page.get_by_role("button", name="Augmenter la quantité").click()
    page.get_by_role("button", name="Ajouter au panier").click()
    page.get_by_role("link", name="Panier 2 articles").click()
    expect(page.get_by_test_id("cart-total")).to_have_text("25,00\N{NO-BREAK SPACE}€")

    page.get_by_role("link", name="Passer commande").click()
    pay = page.get_by_role("button", name=re.compile("^Payer"))
    pay.click()
    expect(page.get_by_text("À compléter").first).to_be_visible()
    fill_in(page, ADDRESS)
    page.get_by_role("button", name="Utiliser la carte 4000 0000 0000 0002").click()
    pay.click()
    expect(page.get_by_role("alert")).to_contain_text("La carte a été refusée")
    page.get_by_role("button", name="Utiliser la carte 4242 4242 4242 4242").click()
    pay.click()

    expect(page.get_by_role("heading", name="Merci pour votre commande")).to_be_visible()
    number = page.get_by_test_id("order-number").inner_text()
    row = database.execute(
        "SELECT status, total_amount, name FROM shop.orders WHERE order_number = %s", [number]
    ).fetchone()
    assert row == {"status": "paid", "total_amount": Decimal("25"), "name": "Camille Durand"}

    def mine(payload: dict[str, Any]) -> bool:
        return sku in (payload.get("sku"), payload.get("query"))

    events = [event["payload"] for event in read_topic(topics.BROWSING, mine, 2)]
    assert {event["language"] for event in events} == {"fr"}
    [searched] = [event for event in events if "query" in event]
    [viewed] = [event for event in events if "sku" in event]
    assert searched["results_count"] == 1
    assert searched["session_id"] == viewed["session_id"]


def test_an_answer_that_got_lost_is_asked_for_again_and_nothing_is_bought_twice(
    page: Page, database: Any, new_product: Callable[[int], str]
) -> None:
    sku = new_product(5)
    open_product(page, sku)
    page.get_by_role("button", name="Ajouter au panier").click()
    page.get_by_role("link", name="Panier 1 article").click()
    page.get_by_role("link", name="Passer commande").click()
    fill_in(page, ADDRESS)
    page.get_by_role("button", name="Utiliser la carte 4242 4242 4242 4242").click()

    def lose_answer(route: Route) -> None:
        route.fetch()  # the shop does what it was asked …
        route.abort()  # … and the browser never hears of it

    pay = page.get_by_role("button", name=re.compile("^Payer"))
    for step in ("**/api/v1/carts/*/checkout", "**/api/v1/orders/*/payments"):
        page.route(step, lose_answer, times=1)
        with page.expect_event("requestfailed", lambda request: request.method == "POST"):
            pay.click()
        expect(page.get_by_role("alert")).to_contain_text("vous ne paierez qu’une fois")
    pay.click()

    expect(page.get_by_role("heading", name="Merci pour votre commande")).to_be_visible()
    row = database.execute(
        "SELECT count(DISTINCT order_id) AS orders, count(payment_id) AS payments, sum(quantity)"
        " AS units FROM shop.order_lines JOIN shop.payments USING (order_id) WHERE sku = %s",
        [sku],
    ).fetchone()
    assert row == {"orders": 1, "payments": 1, "units": 1}


def test_a_failing_area_leaves_the_rest_of_the_page(page: Page, stack: Any) -> None:
    admin = {"email": SHOP_ADMIN, "password": stack.settings.shop_admin_password}
    assert page.request.post("/api/v1/session", data=admin).ok
    page.route("**/api/v1/alerts*", lambda route: route.fulfill(status=500, json={}))
    page.goto("/dashboard")
    expect(page.get_by_role("alert")).to_contain_text("n’a pas pu s’afficher")
    expect(page.get_by_role("heading", name="Chiffre d’affaires net par jour")).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Net sales per day")).to_be_visible()
