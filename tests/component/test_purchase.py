"""A purchase up to the payment: order, stock and events are one transaction of the database."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.support.shopping import API, cart_with, check_out


def test_a_checkout_reserves_stock_and_writes_its_events(
    http: FlaskClient, database: Any, new_product: Callable[..., str]
) -> None:
    sku, key = new_product(5), str(uuid.uuid4())
    cart_id = cart_with(http, sku, 2)
    answer = check_out(http, cart_id, key)
    assert answer.status_code == 201, answer.text
    assert check_out(http, cart_id, key).get_json() == answer.get_json(), "a repetition"
    assert http.get(f"{API}/stock/{sku}").get_json()["available"] == 3
    types = database.execute("SELECT type, count(*) AS n FROM shop.outbox GROUP BY type").fetchall()
    assert {row["type"]: row["n"] for row in types}.items() >= {"order_placed": 1}.items()


def test_a_checkout_of_more_than_is_left_changes_nothing(
    http: FlaskClient, database: Any, new_product: Callable[..., str]
) -> None:
    sku = new_product(1)
    cart_id = cart_with(http, sku, 1)
    other = cart_with(http, sku, 1)
    assert check_out(http, cart_id, str(uuid.uuid4())).status_code == 201
    answer = check_out(http, other, str(uuid.uuid4()))
    assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/out-of-stock")
    assert database.execute("SELECT count(*) AS n FROM shop.orders").fetchone()["n"] == 1


def test_a_cart_holds_only_as_many_products_as_an_order_may(
    http: FlaskClient,
    database: Any,
    new_product: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in ("webshop.domain.ordering.carts", "webshop.services.ordering.carts"):
        monkeypatch.setattr(f"{module}.MOST_PRODUCTS", 1)
    sku, other = new_product(5), new_product(5)
    cart_id = cart_with(http, sku, 1)
    path = f"{API}/carts/{cart_id}/items"
    answer = http.post(path, json={"sku": other, "quantity": 1})
    assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/quantity-too-large")
    assert answer.get_json()["detail"] == "At most 1 different products can be in one cart."
    assert http.post(path, json={"sku": sku, "quantity": 1}).status_code < 300
    assert check_out(http, cart_id, str(uuid.uuid4())).status_code == 201
