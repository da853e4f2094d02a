"""A purchase up to the payment: order, stock and events are one transaction of the database."""

import uuid
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient

API = "/api/v1"
ADDRESS = {"line1": "1 rue de la Paix", "postal_code": "75002", "city": "Paris"}
BODY = {"email": "zoe@example.org", "name": "Zoé", "address": ADDRESS, "country": "FR"}


def cart_with(http: FlaskClient, sku: str, quantity: int) -> str:
    cart = http.post(f"{API}/carts", json={"session_id": str(uuid.uuid4())}).get_json()
    item = {"sku": sku, "quantity": quantity}
    assert http.post(f"{API}/carts/{cart['cart_id']}/items", json=item).status_code < 300
    return str(cart["cart_id"])


def check_out(http: FlaskClient, cart_id: str, key: str) -> Any:
    return http.post(f"{API}/carts/{cart_id}/checkout", json=BODY, headers={"Idempotency-Key": key})


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
