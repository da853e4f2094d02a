"""Journeys through the real pages, in a real browser, in both languages, on desktop and phone.

Accounts and mails come from the fixtures `new_account`, `password`, `read_inbox` and `link_token`.
"""

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlparse

import pytest
from playwright.sync_api import (
    Browser,
    Page,
    Route,
    ViewportSize,
    expect,
)
from pyotp import TOTP

from shopnow import topics
from tests.support.browser_pages import Reader, accessibility_faults, boxes, choose_language

pytestmark = pytest.mark.integration

WAIT_MS = 20_000

DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture
def viewport() -> ViewportSize:
    """The size of the page; a test is parametrized with another."""
    return DESKTOP


@pytest.fixture
def page(stack: Any, browser: Browser, viewport: ViewportSize) -> Iterator[Page]:
    """A fresh visitor's page on the shop; fails the test on a script error or a CSP violation."""
    context = browser.new_context(
        base_url=stack.settings.shop_url, locale="fr-FR", viewport=viewport
    )
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


GOOD_CARD = "4242424242424242"
DECLINED_CARD = "4000000000000002"

#: Each journey is made in both languages, and each language once on a phone and once on a desktop.
EVERYWHERE = pytest.mark.parametrize(
    ("language", "viewport"), [("fr", PHONE), ("en", DESKTOP)], ids=["fr-phone", "en-desktop"]
)
ELSEWHERE = pytest.mark.parametrize(
    ("language", "viewport"), [("fr", DESKTOP), ("en", PHONE)], ids=["fr-desktop", "en-phone"]
)


def buy(reader: Reader, sku: str, card: str = GOOD_CARD) -> None:
    """From the catalogue to the order's page, paid by this card."""
    reader.come()
    reader.take(sku)
    reader.check_out()
    reader.give_card(card)


@EVERYWHERE
def test_a_guest_buys(
    page: Page, language: str, database: Any, read_topic: Any, new_product: Callable[[int], str]
) -> None:
    sku = new_product(5)
    reader = Reader(page, language)
    reader.come()
    reader.take(sku)
    price = "12,50\N{NO-BREAK SPACE}€" if language == "fr" else "€12.50"
    expect(page.get_by_test_id("cart-total")).to_have_text(price)

    page.get_by_role("link", name=reader.says("check_out")).click()
    reader.press("pay")
    missing = "À compléter" if language == "fr" else "Please fill in"
    expect(page.get_by_text(missing).first).to_be_visible()
    page.go_back()
    reader.check_out()
    reader.give_card(GOOD_CARD)

    reader.sees("thanks")
    assert "token" not in page.url, "the order's key stays in the address"
    row = database.execute(
        "SELECT status, name, language FROM shop.orders WHERE order_number = %s",
        [reader.order_number()],
    ).fetchone()
    assert row == {"status": "paid", "name": "Camille Durand", "language": language}

    def mine(payload: dict[str, Any]) -> bool:
        return sku in (payload.get("sku"), payload.get("query"))

    events = [event["payload"] for event in read_topic(topics.BROWSING, mine, 2)]
    assert {event["language"] for event in events} == {language}
    [searched] = [event for event in events if "query" in event]
    [viewed] = [event for event in events if "sku" in event]
    assert searched["results_count"] == 1
    assert searched["session_id"] == viewed["session_id"]


@ELSEWHERE
def test_a_declined_card_is_followed_by_another(
    page: Page, language: str, database: Any, new_product: Callable[[int], str]
) -> None:
    sku = new_product(1)
    reader = Reader(page, language)
    buy(reader, sku, DECLINED_CARD)
    reader.sees("declined")
    reader.press("again")
    page.wait_for_url("**/pay/**")
    reader.give_card(GOOD_CARD)
    reader.sees("thanks")
    attempts = database.execute(
        "SELECT count(DISTINCT order_id) AS orders, array_agg(payments.status ORDER BY"
        " payments.created_at) AS outcomes FROM shop.order_lines JOIN shop.payments"
        " USING (order_id) WHERE sku = %s",
        [sku],
    ).fetchone()
    assert attempts == {"orders": 1, "outcomes": ["failed", "succeeded"]}


@EVERYWHERE
def test_a_promotion_and_the_delivery_show_in_the_total(
    page: Page, language: str, new_product: Callable[[int], str]
) -> None:
    reader = Reader(page, language)
    reader.come()
    reader.take(new_product(5))
    page.get_by_role("link", name=reader.says("check_out")).click()
    total = page.get_by_test_id("order-total")
    # 12.50 and 4.90 for the delivery; then 10 % off the goods.
    expect(total).to_contain_text("17,40" if language == "fr" else "17.40")
    page.get_by_label(reader.says("promo")).fill("bienvenue10")
    reader.press("apply")
    expect(total).to_contain_text("16,15" if language == "fr" else "16.15")


@ELSEWHERE
def test_a_paid_order_is_cancelled(
    page: Page, language: str, shopper: Any, new_product: Callable[[int], str]
) -> None:
    sku = new_product(3)
    reader = Reader(page, language)
    buy(reader, sku)
    reader.sees("thanks")
    assert shopper.available(sku) == 2
    reader.press("cancel")
    reader.press("confirm_cancel")
    reader.sees("cancelled")
    assert shopper.available(sku) == 3


@EVERYWHERE
def test_somebody_registers_finds_the_order_again_and_deletes_the_account(
    page: Page,
    language: str,
    new_product: Callable[[int], str],
    read_inbox: Callable[..., list[dict[str, Any]]],
    link_token: Callable[[dict[str, Any]], str],
    password: str,
) -> None:
    reader = Reader(page, language)
    email = f"{uuid.uuid4().hex[:16]}@example.org"
    reader.come()
    page.goto("/register")
    reader.fill_in({"name": "Camille Durand", "email": email, "password": password})
    reader.press("register")
    reader.sees("check_mail")
    [mail] = read_inbox(email)
    page.goto(f"/verify?token={link_token(mail)}")
    reader.fill_in({"password": password})
    reader.press("open_account")
    reader.sees("verified")

    page.goto("/")
    reader.take(new_product(5))  # as a guest: the cart is kept at the login
    reader.log_in(email, password)
    page.goto("/cart")
    reader.check_out(email)
    reader.give_card(GOOD_CARD)
    reader.sees("thanks")
    number = reader.order_number()

    page.goto("/account")
    reader.sees("my_orders")
    page.get_by_role("link", name=f"{reader.says('order')} {number}").click()
    reader.sees("thanks")
    page.goto("/account")
    reader.press("log_out")
    reader.sees("staff_only")  # the same words ask everybody to log in

    reader.log_in(email, password)
    reader.press("delete_account")
    reader.fill_in({"current_password": password})
    reader.press("confirm_deletion")
    expect(page.get_by_text(reader.says("account_deleted"))).to_be_visible()
    assert urlparse(page.url).path == "/"
    page.goto("/account")
    reader.sees("staff_only")


@EVERYWHERE
def test_somebody_turns_a_second_factor_on_logs_in_with_codes_and_turns_it_off(
    page: Page, language: str, new_account: Callable[..., str], password: str
) -> None:
    reader, email = Reader(page, language), new_account()
    reader.come()
    reader.log_in(email, password)
    reader.press("turn_on")
    reader.fill_in({"current_password": password})
    reader.press("continue")
    app = TOTP(page.get_by_test_id("app-key").inner_text().replace(" ", ""))
    assert accessibility_faults(page) == []
    reader.fill_in({"code": app.at(datetime.now(UTC))})
    page.get_by_role("dialog").get_by_role("button", name=reader.says("turn_on")).click()
    reader.sees("recovery_codes")
    assert accessibility_faults(page) == []
    codes = page.get_by_test_id("recovery-codes").get_by_role("listitem").all_inner_texts()
    assert len(set(codes)) == 10
    reader.press("codes_kept")
    expect(page.get_by_role("button", name=reader.says("turn_off"))).to_be_visible()
    reader.press("log_out")
    reader.sees("staff_only")

    reader.log_in(email, password, codes[0])
    reader.press("turn_off")
    reader.fill_in({"current_password": password, "any_code": codes[1]})
    page.get_by_role("dialog").get_by_role("button", name=reader.says("turn_off")).click()
    turn_on = page.get_by_role("button", name=reader.says("turn_on"), exact=True)
    expect(turn_on).to_be_visible()


@ELSEWHERE
def test_staff_ship_an_order_and_the_customer_asks_for_a_return(
    page: Page,
    language: str,
    browser: Browser,
    stack: Any,
    new_product: Callable[[int], str],
    new_account: Callable[..., str],
    password: str,
) -> None:
    sku = new_product(3)
    reader = Reader(page, language)
    buy(reader, sku)
    reader.sees("thanks")
    number = reader.order_number()

    context = browser.new_context(base_url=stack.settings.shop_url, viewport=DESKTOP)
    manager = Reader(context.new_page(), language)
    manager.come()
    manager.page.goto("/staff/orders")
    manager.sees("staff_only")
    manager.log_in(new_account("manager"), password)
    manager.page.goto(f"/staff/orders?q={number}")
    manager.page.get_by_role("link", name=number).click()
    manager.press("ship")
    manager.page.get_by_role("dialog").get_by_role("button", name=manager.says("ship")).click()
    expect(manager.page.get_by_text(manager.says("shipped")).first).to_be_visible()
    context.close()

    page.reload()
    reader.sees("on_its_way")
    reader.press("ask_return")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(re.compile(rf"^{reader.says('return_quantity')}")).select_option("1")
    dialog.get_by_label(reader.says("return_reason")).fill("Too small")
    reader.press("send_return")
    expect(page.get_by_text(reader.says("return_done")).first).to_be_visible()


def test_an_answer_that_got_lost_is_asked_for_again_and_nothing_is_bought_twice(
    page: Page, database: Any, new_product: Callable[[int], str]
) -> None:
    sku = new_product(5)
    reader = Reader(page, "fr")
    reader.come()
    reader.take(sku)

    def lose_answer(route: Route) -> None:
        route.fetch()  # the shop does what it was asked …
        route.abort()  # … and the browser never hears of it

    page.route("**/api/v1/carts/*/checkout", lose_answer, times=1)
    page.route("**/api/v1/orders/*/payments", lose_answer, times=1)
    page.get_by_role("link", name=reader.says("check_out")).click()
    reader.fill_in(
        {
            "email": "camille@example.org",
            "name": "Camille Durand",
            "line1": "12 rue des Lilas",
            "postal_code": "75011",
            "city": "Paris",
        }
    )
    reader.press("pay")
    expect(page.get_by_role("alert")).to_contain_text("vous ne paierez qu’une fois")
    reader.press("pay")  # the order is found again; now the payment's answer is lost
    page.wait_for_url("**/orders/**")
    expect(page.get_by_role("alert")).to_contain_text("vous ne paierez qu’une fois")
    reader.press("pay")
    page.wait_for_url("**/pay/**")
    reader.give_card(GOOD_CARD)

    reader.sees("thanks")
    row = database.execute(
        "SELECT count(DISTINCT order_id) AS orders, count(payment_id) AS payments, sum(quantity)"
        " AS units FROM shop.order_lines JOIN shop.payments USING (order_id) WHERE sku = %s",
        [sku],
    ).fetchone()
    assert row == {"orders": 1, "payments": 1, "units": 1}


def test_stock_that_goes_elsewhere_shows_without_a_reload(
    page: Page, shopper: Any, new_product: Callable[[int], str]
) -> None:
    sku = new_product(1)
    reader = Reader(page, "fr")
    reader.come()
    reader.find_product(sku)
    expect(page.get_by_role("button", name="Ajouter au panier")).to_be_enabled()
    shopper.order(sku, 1)
    expect(page.get_by_role("button", name="Épuisé pour le moment")).to_be_visible()


def test_a_failing_area_leaves_the_rest_of_the_page(
    page: Page, new_account: Callable[..., str], password: str
) -> None:
    page.route("**/api/v1/alerts*", lambda route: route.fulfill(status=500, json={}))
    Reader(page, "fr").log_in(new_account("manager"), password)
    page.goto("/dashboard")
    expect(page.get_by_role("alert")).to_contain_text("n’a pas pu s’afficher")
    expect(page.get_by_role("heading", name="Chiffre d’affaires net par jour")).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Net sales per day")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "heading", "price"),
    [
        ("fr", "Mug en grès émaillé", "18,00\N{NO-BREAK SPACE}€"),
        ("en", "Glazed stoneware mug", "€18.00"),
    ],
)
def test_a_product_stands_there_without_any_script(
    stack: Any, browser: Browser, language: str, heading: str, price: str
) -> None:
    context = browser.new_context(
        base_url=stack.settings.shop_url, locale="de-DE", java_script_enabled=False
    )
    if language == "en":
        choose_language(context, stack.settings.shop_url, language)
    page = context.new_page()
    page.goto("/products/CUI-001")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    expect(page.get_by_role("main").get_by_text(price, exact=True)).to_be_visible()
    missing = page.goto("/products/NO-SUCH")
    assert missing is not None and missing.status == 404
    page.goto("/?q=mug")
    expect(page.locator("article[data-sku='CUI-001']")).to_be_visible()
    context.close()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_frontend_draws_what_the_shop_has_drawn(
    page: Page, stack: Any, language: str, shopper: Any, new_product: Callable[[int], str]
) -> None:
    choose_language(page.context, stack.settings.shop_url, language)
    skus = [new_product(units) for units in (1, 2, 9)]
    shopper.order(skus[0], 1)  # sold out now; of the next few are left
    for path in ("/", "/?category=Cuisine", *(f"/products/{sku}" for sku in skus)):
        scripts = "**/assets/*.js"
        page.route(scripts, lambda route: route.abort())
        page.goto(path)
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        rendered = boxes(page)
        page.unroute(scripts)
        page.reload()
        expect(page.locator(".ssr-field")).to_have_count(0)  # the frontend has no such class
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        assert boxes(page) == rendered, path


def test_a_reader_who_has_scrolled_stays_there_when_the_frontend_comes(page: Page) -> None:
    waiting: list[Route] = []
    page.route("**/assets/index-*.js", lambda route: waiting.append(route))
    page.goto("/", wait_until="commit")
    page.locator("article").last.scroll_into_view_if_needed()
    place = page.evaluate("window.scrollY")
    assert place > 500
    while not waiting:
        page.wait_for_timeout(50)
    with page.expect_response("**/api/v1/stock*"):
        waiting.pop().continue_()
    assert abs(page.evaluate("window.scrollY") - place) < 50
