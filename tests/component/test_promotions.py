"""Promotion codes: used exactly as often as they may be, and given back when an order goes."""

import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

MakeCode = Callable[..., str]


@pytest.fixture
def new_code(manager: Any) -> MakeCode:
    """Makes a promotion of 10 % with its own code; its arguments change it."""

    def make(**changes: Any) -> str:
        code = f"TEST{uuid.uuid4().hex[:10].upper()}"
        body = {"code": code, "label": "−10 %", "kind": "percent", "value": "10", **changes}
        manager.post("/promotions", body).raise_for_status()
        return code

    return make


def used(database: Any, code: str) -> dict[str, int]:
    row: dict[str, int] = database.execute(
        "SELECT uses, (SELECT count(*) FROM shop.promotion_uses u WHERE u.code = p.code) AS rows"
        " FROM shop.promotions p WHERE code = %s",
        [code],
    ).fetchone()
    return row


def quote(shopper: Any, cart: str, **body: Any) -> dict[str, Any]:
    answer: dict[str, Any] = (
        shopper.http.post(f"/carts/{cart}/quote", json=body).raise_for_status().json()
    )
    return answer


def test_fifty_checkouts_at_once_use_a_code_exactly_as_often_as_it_may_be(
    shopper: Any, database: Any, new_product: Callable[[int], str], new_code: MakeCode
) -> None:
    sku, code = new_product(100), new_code(max_uses=7)
    carts = [shopper.cart_with(sku, 1) for _ in range(50)]
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda cart: shopper.check_out(cart, promo_code=code), carts))
    assert Counter(answer.status_code for answer in answers) == {201: 7, 409: 43}
    reasons = {answer.json().get("reason") for answer in answers if answer.status_code == 409}
    assert reasons == {"used_up"}
    assert used(database, code) == {"uses": 7, "rows": 7}
    assert shopper.available(sku) == 93

    # What is given back can be used again, once.
    order = next(answer.json() for answer in answers if answer.status_code == 201)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: shopper.cancel(order), range(4)))
    assert used(database, code) == {"uses": 6, "rows": 6}
    late = [shopper.cart_with(sku, 1) for _ in range(2)]
    codes = [shopper.check_out(cart, promo_code=code).status_code for cart in late]
    assert codes == [201, 409]


def test_what_is_quoted_is_what_is_ordered(
    shopper: Any, new_product: Callable[[int], str], new_code: MakeCode
) -> None:
    cart, code = shopper.cart_with(new_product(9), 5), new_code()
    asked = {"promo_code": code.lower(), "country": "DE", "shipping_method": "express"}
    found = quote(shopper, cart, **asked)
    assert found | {"promotion": None} == {
        "gross": "62.50",
        "discount": "6.25",
        "shipping": "19.90",
        "vat_included": "12.69",
        "total": "76.15",
        "currency": "EUR",
        "promotion": None,
        "promotion_refused": None,
    }
    order = shopper.check_out(cart, **asked, language="en", phone="+33 1 23 45 67 89").json()
    same = ("gross", "discount", "shipping", "vat_included", "total", "promotion")
    assert {name: order[name] for name in same} == {name: found[name] for name in same}
    assert order["promotion"] == {"code": code, "label": "−10 %"}
    assert order["lines"][0]["discount"] == "6.25"


def test_a_code_that_does_not_hold_says_why(
    shopper: Any, new_product: Callable[[int], str], new_code: MakeCode
) -> None:
    sku = new_product(9)
    cart = shopper.cart_with(sku, 1)
    once = new_code(once_per_customer=True)
    email = f"{uuid.uuid4().hex}@example.org"
    shopper.check_out(shopper.cart_with(sku, 1), promo_code=once, email=email).raise_for_status()
    refused = shopper.check_out(cart, promo_code=once, email=email.upper())
    assert refused.json()["reason"] == "already_used"
    for code, reason in (
        ("NO-SUCH-CODE", "unknown"),
        (new_code(active=False), "unknown"),
        (new_code(ends_at="2020-01-01T00:00:00Z"), "expired"),
        (new_code(minimum="50.00"), "minimum"),
    ):
        found = quote(shopper, cart, promo_code=code)
        assert (found["promotion"], found["promotion_refused"]) == (None, reason)
        answer = shopper.check_out(cart, promo_code=code)
        assert (answer.status_code, answer.json()["type"], answer.json()["reason"]) == (
            409,
            "/problems/promotion-refused",
            reason,
        )


def test_codes_that_would_leave_nothing_to_pay_cannot_be_made(manager: Any) -> None:
    body = {"code": f"T{uuid.uuid4().hex[:9]}", "label": "x"}
    for wrong in (
        {"kind": "percent", "value": "100"},
        {"kind": "percent", "value": "-5"},
        {"kind": "amount", "value": "10.00", "minimum": "10.00"},
        {"kind": "free_shipping", "value": "1"},
    ):
        assert manager.post("/promotions", body | wrong).status_code == 422
    good = body | {"kind": "amount", "value": "5.00", "minimum": "10.00"}
    assert manager.post("/promotions", good).status_code == 201
    assert manager.post("/promotions", good).json()["type"] == "/problems/already-exists"


def test_where_and_how_the_shop_delivers(shopper: Any, new_product: Callable[[int], str]) -> None:
    def codes(**params: str) -> list[str]:
        found = shopper.http.get("/shipping-methods", params=params).raise_for_status().json()
        return [method["code"] for method in found["items"]]

    assert codes(country="FR") == ["standard", "express", "pickup"]
    assert codes(country="BE") == ["standard", "express"]
    assert codes(country="AQ") == []
    cart = shopper.cart_with(new_product(1), 1)
    refused = shopper.check_out(cart, country="BE", shipping_method="pickup")
    assert refused.json()["type"] == "/problems/shipping-unavailable"
