"""Every page, in both languages, on phone and desktop: axe finds nothing, nothing sticks out."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.accounts import PASSWORD
from tests.support.browser_pages import accessibility_faults, choose_language, scrolls_sideways
from tests.support.shop_clients import Manager
from webshop.simulation.shop_requests import idempotency_key, order_token

pytestmark = pytest.mark.integration

WAIT_MS = 20_000
PHONE, DESKTOP = 390, 1280
HEIGHT = 900

#: Who looks: somebody new, somebody with a cart and an order, a customer, a manager.
Addresses = dict[str, dict[str, str]]
PAGES = {
    "nobody": (
        *("catalogue", "search", "search with no result", "category", "product"),
        *("sold-out product", "unknown product", "empty cart", "checkout of nothing"),
        *("login", "register", "forgot", "reset", "reset without a link", "verify"),
        "verify without a link",
        *("not found", "closed account", "closed staff page", "payment"),
    ),
    "guest": ("cart", "checkout", "unpaid order", "paid order", "shipped order"),
    "customer": ("account", "own order"),
    "manager": (
        *("staff orders", "staff order", "staff returns", "staff products", "staff product"),
        *("staff customers", "staff promotions", "staff mails", "staff audit"),
        "dashboard",
    ),
}


@pytest.fixture(scope="module")
def manager_visitor(new_visitor: Callable[[], Any], new_account: Callable[..., str]) -> Any:
    visitor = new_visitor()
    visitor.log_in(new_account("manager"), PASSWORD).raise_for_status()
    visitor.http.headers["X-CSRF-Token"] = visitor.csrf_token
    return visitor


@pytest.fixture(scope="module")
def customer_visitor(new_visitor: Callable[[], Any], new_account: Callable[..., str]) -> Any:
    visitor = new_visitor()
    visitor.log_in(new_account(), PASSWORD).raise_for_status()
    return visitor


@pytest.fixture(scope="module")
def orders(
    shopper: Any, manager_visitor: Any, customer_visitor: Any, new_product: Callable[[int], str]
) -> dict[str, dict[str, Any]]:
    """Orders in every state that has its own page; one of them is asked back in part."""
    sku = new_product(20)
    manager = Manager(manager_visitor.http)
    made = {
        "unpaid": shopper.order(sku, 1),
        "paid": shopper.paid_order(sku, 2),
        "shipped": shopper.paid_order(sku, 3),
    }
    shipped = made["shipped"]
    manager.post(f"/orders/{shipped['order_id']}/ship", {}).raise_for_status()
    shopper.http.post(
        f"/orders/{shipped['order_id']}/returns",
        json={"lines": [{"line_number": 1, "quantity": 1}], "reason": "Trop petit"},
        headers=order_token(shipped) | idempotency_key(),
    ).raise_for_status()
    own = customer_visitor.order(customer_visitor.cart_with(sku, 1))
    return made | {"own": own, "sku": {"sku": sku}}


@pytest.fixture(scope="module")
def addresses(
    orders: dict[str, dict[str, Any]], shopper: Any, new_product: Callable[[int], str]
) -> dict[str, str]:
    """Where each page is."""
    sku = orders["sku"]["sku"]
    sold_out = new_product(1)
    shopper.order(sold_out, 1)
    return {
        "catalogue": "/",
        "search": "/?q=lampe",
        "search with no result": "/?q=xyzzy",
        "category": "/?category=Cuisine&in_stock=true&sort=price",
        "product": f"/products/{sku}",
        "sold-out product": f"/products/{sold_out}",
        "unknown product": "/products/NO-SUCH",
        "empty cart": "/cart",
        "checkout of nothing": "/checkout",
        "login": "/login",
        "register": "/register",
        "forgot": "/forgot",
        "reset": "/reset?token=abc",
        "reset without a link": "/reset",
        "verify": "/verify?token=abc",
        "verify without a link": "/verify",
        "not found": "/no/such/page",
        "closed account": "/account",
        "closed staff page": "/staff/orders",
        "payment": shopper.start_payment(orders["unpaid"]).json()["redirect_url"],
        "cart": "/cart",
        "checkout": "/checkout",
        "unpaid order": f"/orders/{orders['unpaid']['order_id']}",
        "paid order": f"/orders/{orders['paid']['order_id']}",
        "shipped order": f"/orders/{orders['shipped']['order_id']}",
        "account": "/account",
        "own order": f"/orders/{orders['own']['order_id']}",
        "staff orders": "/staff/orders",
        "staff order": f"/staff/orders/{orders['paid']['order_id']}",
        "staff returns": "/staff/returns",
        "staff products": "/staff/products",
        "staff product": f"/staff/products/{sku}",
        "staff customers": "/staff/customers",
        "staff promotions": "/staff/promotions",
        "staff mails": "/staff/mails",
        "staff audit": "/staff/audit",
        "dashboard": "/dashboard",
    }


@pytest.fixture(scope="module", params=("fr", "en"))
def windows(
    request: pytest.FixtureRequest,
    stack: Any,
    browser: Browser,
    shopper: Any,
    orders: dict[str, dict[str, Any]],
    manager_visitor: Any,
    customer_visitor: Any,
) -> Iterator[dict[str, Page]]:
    """A window for each who looks, in one language."""
    tokens = [[each["order_id"], each["access_token"]] for each in _guest_orders(orders)]
    remembered = {
        "nobody": {},
        "guest": {
            "cart_id": shopper.cart_with(orders["sku"]["sku"], 2),
            "order_tokens": json.dumps(tokens),
        },
        "customer": {},
        "manager": {},
    }
    visitors = {"customer": customer_visitor, "manager": manager_visitor}
    opened = {}
    for who, values in remembered.items():
        context = browser.new_context(base_url=stack.settings.shop_url, locale=request.param)
        choose_language(context, stack.settings.shop_url, request.param)
        for name, value in values.items():
            key, text = json.dumps(f"shopnow.{name}"), json.dumps(value)
            context.add_init_script(f"try {{ localStorage.setItem({key}, {text}) }} catch {{}}")
        if who in visitors:
            jar = visitors[who].http.cookies.jar
            context.add_cookies(
                [
                    {"name": cookie.name, "value": cookie.value, "url": stack.settings.shop_url}
                    for cookie in jar
                ]
            )
        opened[who] = context.new_page()
        opened[who].set_default_timeout(WAIT_MS)
    yield opened
    for page in opened.values():
        page.context.close()


def _guest_orders(orders: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [orders[name] for name in ("unpaid", "paid", "shipped")]


@pytest.mark.parametrize(
    ("who", "name"),
    [
        pytest.param(who, name, id=name.replace(" ", "-"))
        for who, names in PAGES.items()
        for name in names
    ],
)
def test_a_page_has_no_accessibility_fault_and_does_not_scroll_sideways(
    windows: dict[str, Page], addresses: dict[str, str], who: str, name: str
) -> None:
    page = windows[who]
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    page.goto(addresses[name])
    expect(page.locator("h1").first).to_be_visible(timeout=WAIT_MS)
    # What is still being loaded is announced by a label.
    expect(page.locator("main [role=status][aria-label]")).to_have_count(0, timeout=WAIT_MS)
    for width in (PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert accessibility_faults(page) == []
        assert not scrolls_sideways(page)
