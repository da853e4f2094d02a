"""A product that costs less than the currency's smallest unit is not for sale."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import product as combinations
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, insert, select

from tests.support.shopping import API, cart_with, check_out
from webshop.adapters.catalogue.for_sale import FOR_SALE
from webshop.adapters.tables import products
from webshop.api.http.limits import limiter
from webshop.app import create_app
from webshop.bootstrap import Shop
from webshop.domain.catalogue.products import why_not_for_sale
from webshop.services.accounts.accounts import ensure_admin

PASSWORD = "six-correct-horses-and-a-battery"
NEW = {"name": "Coussin", "category": "Salon"}


def log_in(shop: Shop) -> Callable[..., Any]:
    """Calls of an administrator: method, path below /staff, body."""
    with shop.transaction() as connection:
        ensure_admin(connection, "boss@example.org", shop.passwords.hash(PASSWORD), "fr")
    http = create_app({"SHOP": shop}).test_client()
    limiter.reset()
    body = {"email": "boss@example.org", "password": PASSWORD}
    session = http.post(f"{API}/session", json=body)
    assert session.status_code < 300, session.text
    csrf = session.get_json()["csrf_token"]

    def call(method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        headers = {"X-CSRF-Token": csrf, "Idempotency-Key": str(uuid.uuid4())}
        return http.open(f"{API}/staff{path}", method=method, json=body, headers=headers)

    return call


@pytest.fixture
def staff(shop: Shop) -> Callable[..., Any]:
    return log_in(shop)


def refused(answer: Any) -> bool:
    return (answer.status_code, answer.get_json()["type"]) == (422, "/problems/price-refused")


def test_staff_cannot_put_it_on_sale(staff: Any, database: Any) -> None:
    for price in ("0", "0.00"):
        answer = staff("POST", "/products", NEW | {"sku": "FREE", "price": price})
        assert refused(answer)
        assert "0.01 EUR" in answer.get_json()["detail"]
    assert staff("POST", "/products", NEW | {"sku": "FREE", "price": "0.001"}).status_code == 422
    assert database.execute("SELECT 1 FROM shop.products").fetchall() == []

    draft = NEW | {"sku": "DRAFT", "price": "0.00", "active": False}
    made = staff("POST", "/products", draft).get_json()
    assert (made["active"], made["not_for_sale"]) == (False, "price")
    assert refused(staff("PATCH", "/products/DRAFT", {"active": True}))
    assert refused(staff("PATCH", "/products/DRAFT", {"active": True, "price": "0"}))
    assert staff("PATCH", "/products/DRAFT", {"name": "Coussin rond"}).status_code == 200
    assert staff("PATCH", "/products/DRAFT", {"price": "0.01"}).get_json()["active"] is False

    sold = staff("PATCH", "/products/DRAFT", {"active": True}).get_json()
    assert (sold["active"], sold["not_for_sale"]) == (True, None)
    assert refused(staff("PATCH", "/products/DRAFT", {"price": "0.00"}))
    assert staff("GET", "/products/DRAFT").get_json()["price"] == "0.01"
    off = staff("PATCH", "/products/DRAFT", {"price": "0.00", "active": False}).get_json()
    assert (off["price"], off["not_for_sale"]) == ("0.00", "price")


def test_a_row_that_has_it_already_is_shown_to_staff_and_not_to_shoppers(
    staff: Any, http: FlaskClient, database: Any, new_product: Callable[..., str]
) -> None:
    sku = new_product(50, name="Coussin gratuit")
    cart = cart_with(http, sku, 1)
    database.execute("UPDATE shop.products SET price = 0 WHERE sku = %s", (sku,))

    assert http.get(f"{API}/products/{sku}").status_code == 404
    assert http.get(f"{API}/stock/{sku}").status_code == 404
    for search in ("", "?q=coussin"):
        assert http.get(f"{API}/products{search}").get_json()["items"] == []
    assert http.get(f"{API}/categories").get_json()["items"] == []
    (item,) = http.get(f"{API}/carts/{cart}").get_json()["items"]
    assert (item["available"], item["stock_state"]) == (0, "sold_out")
    more = http.post(f"{API}/carts/{cart}/items", json={"sku": sku, "quantity": 9})
    raised = http.put(f"{API}/carts/{cart}/items/{sku}", json={"quantity": 10})
    for answer in (more, raised, check_out(http, cart, shipping_method="pickup")):
        assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/not-for-sale")
    assert database.execute("SELECT 1 FROM shop.orders").fetchall() == []
    assert http.delete(f"{API}/carts/{cart}/items/{sku}").get_json()["items"] == []

    found = staff("GET", f"/products/{sku}").get_json()
    assert (found["active"], found["not_for_sale"]) == (True, "price")
    assert staff("PATCH", f"/products/{sku}", {"price": "4.50"}).get_json()["not_for_sale"] is None
    assert http.get(f"{API}/products/{sku}").status_code == 200


@pytest.mark.parametrize(
    ("currency", "too_little", "least"),
    [
        ("JPY", ("0.40", "0.99", "1.50"), "1.00"),
        ("EUR", ("0.00",), "0.01"),
        ("TND", ("0.00",), "0.01"),
    ],
)
def test_the_least_price_is_the_currencys(
    currency: str, too_little: tuple[str, ...], least: str, shop: Shop
) -> None:
    settings = shop.settings.model_copy(update={"currency": currency})
    staff = log_in(replace(shop, settings=settings))
    for price in too_little:
        assert refused(staff("POST", "/products", NEW | {"sku": "LEAST", "price": price}))
    made = staff("POST", "/products", NEW | {"sku": "LEAST", "price": least}).get_json()
    assert (made["price"], made["not_for_sale"]) == (least, None)


def test_the_database_and_the_domain_have_the_same_rule(engine: Engine) -> None:
    prices = [Decimal(text) for text in ("0", "0.01", "0.99", "1", "1.5", "12.5")]
    rows = [
        {
            "sku": f"{currency} {price} {kind} {active}",
            "name": "x",
            "category": "x",
            "currency": currency,
            "price": price,
            "kind": kind,
            "active": active,
        }
        for currency, price, kind, active in combinations(
            ("EUR", "JPY", "KRW", "TND", "BHD", "XYZ"),
            prices,
            ("product", "service"),
            (True, False),
        )
    ]
    with engine.begin() as connection:
        connection.execute(insert(products), rows)
        for_sale = set(connection.execute(select(products.c.sku).where(FOR_SALE)).scalars())
    assert for_sale == {
        row["sku"]
        for row in rows
        if why_not_for_sale(row["kind"], row["price"], row["currency"], active=row["active"])
        is None
    }
    assert {"EUR 0.01 product True", "JPY 1 product True"} <= for_sale
    assert not for_sale & {"EUR 0 product True", "JPY 0.99 product True", "JPY 1.5 product True"}


def test_no_promotion_makes_goods_free(
    staff: Any, http: FlaskClient, new_product: Callable[..., str]
) -> None:
    code = {"code": "PRESQUE", "label": "Presque offert", "kind": "percent", "value": "100"}
    assert staff("POST", "/promotions", code).status_code == 422
    assert staff("POST", "/promotions", code | {"value": "90"}).status_code == 201
    more = {"shipping_method": "pickup", "promo_code": "PRESQUE"}
    for cents in (1, 2, 5):
        sku = new_product(3, price=Decimal(cents) / 100)
        order = check_out(http, cart_with(http, sku, 1), **more).get_json()
        # 90 % of 5 cents are 4.5, which round to all of them.
        assert (order["gross"], order["total"]) == (f"0.0{cents}", "0.01")
