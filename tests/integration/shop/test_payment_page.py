"""The hosted page in a real browser: without scripts, by its labels, open to everybody."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser_pages import accessibility_faults, scrolls_sideways

pytestmark = pytest.mark.integration


def fill_in(page: Page, labels: tuple[str, str, str], number: str) -> None:
    for label, value in zip(labels, (number, "12/40", "123"), strict=True):
        page.get_by_label(label).fill(value)


FRENCH = ("Numéro de carte", "Expiration", "Code de sécurité")
ENGLISH = ("Card number", "Expiry date", "Security code")


def test_a_shopper_pays_without_scripts_in_french(
    browser: Browser, shopper: Any, stack: Any, new_product: Callable[[int], str]
) -> None:
    order = shopper.order(new_product(2), 2)
    started = shopper.start_payment(order).json()
    total = order["total"].replace(".", ",")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(started["redirect_url"])
    expect(page.get_by_text(f"{total}\N{NO-BREAK SPACE}€").first).to_be_visible()
    expect(page.get_by_text(order["order_number"])).to_be_visible()
    fill_in(page, FRENCH, "4242 4242 4242 4241")
    page.get_by_role("button", name=f"Payer {total}").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Numéro de carte")).to_have_attribute("aria-invalid", "true")
    fill_in(page, FRENCH, "4000 0000 0000 3220")
    page.get_by_role("button", name=f"Payer {total}").click()
    expect(page.get_by_role("heading", name="Votre banque vous demande")).to_be_visible()
    page.get_by_role("button", name="Oui, c’est bien moi").click()
    # Back in the shop: the policy of the page lets the form's answer lead there.
    page.wait_for_url(f"{stack.settings.shop_url}/orders/{order['order_id']}?*")
    assert f"payment={started['payment_id']}" in page.url
    assert shopper.settled(order, started["payment_id"])["status"] == "succeeded"
    page.goto(started["redirect_url"])
    expect(page.get_by_role("heading", name="Paiement accepté")).to_be_visible()
    context.close()


@pytest.mark.parametrize(("width", "language"), [(390, "en"), (1280, "fr")])
def test_no_page_of_the_gateway_has_an_accessibility_fault(
    browser: Browser,
    shopper: Any,
    new_product: Callable[[int], str],
    width: int,
    language: str,
) -> None:
    order = shopper.order(new_product(2), 2)
    started = shopper.start_payment(order, language=language).json()
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(started["redirect_url"])
    labels = ENGLISH if language == "en" else FRENCH
    pay = page.locator("button.primary")
    assert accessibility_faults(page) == []
    pay.click()
    assert accessibility_faults(page) == []
    fill_in(page, labels, "4000000000003220")
    pay.click()
    assert accessibility_faults(page) == []
    page.goto(started["redirect_url"].replace("?", "x?"))
    assert accessibility_faults(page) == []
    assert not scrolls_sideways(page)
    context.close()
