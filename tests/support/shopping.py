"""What a shopper does over the API, with Flask's own test client."""

import uuid
from typing import Any

from flask.testing import FlaskClient

from webshop.simulation import shop_requests
from webshop.simulation.shop_requests import API, Request


def send(http: FlaskClient, request: Request) -> Any:
    """The answer to a request."""
    return http.open(
        f"{API}{request.path}", method=request.method, json=request.body, headers=request.headers
    )


def cart_with(http: FlaskClient, sku: str, quantity: int) -> str:
    """A new cart with this many units of a product; its id."""
    cart_id: str = send(http, shop_requests.open_cart(uuid.uuid4())).get_json()["cart_id"]
    assert send(http, shop_requests.add_item(cart_id, sku, quantity)).status_code < 300
    return cart_id


def check_out(http: FlaskClient, cart_id: str, key: str | None = None, **more: Any) -> Any:
    """The answer to a checkout; `key` is its Idempotency-Key."""
    return send(http, shop_requests.check_out(cart_id, key, **more))
