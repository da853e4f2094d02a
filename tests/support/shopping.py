"""What a shopper does over the API."""

import uuid
from typing import Any

from flask.testing import FlaskClient

API = "/api/v1"
ADDRESS = {"line1": "1 rue de la Paix", "postal_code": "75002", "city": "Paris"}
BODY = {"email": "zoe@example.org", "name": "Zoé", "address": ADDRESS, "country": "FR"}


def cart_with(http: FlaskClient, sku: str, quantity: int) -> str:
    """A new cart with so many units of a product; its id."""
    cart = http.post(f"{API}/carts", json={"session_id": str(uuid.uuid4())}).get_json()
    item = {"sku": sku, "quantity": quantity}
    assert http.post(f"{API}/carts/{cart['cart_id']}/items", json=item).status_code < 300
    return str(cart["cart_id"])


def check_out(http: FlaskClient, cart_id: str, key: str = "", **more: Any) -> Any:
    """The answer to a checkout; `key` is its Idempotency-Key."""
    headers = {"Idempotency-Key": key or str(uuid.uuid4())}
    return http.post(f"{API}/carts/{cart_id}/checkout", json=BODY | more, headers=headers)
