"""The requests of a purchase, from the cart to its payment, as every client of the shop sends them.

Who sends them, how often, and which answers are fine is up to the client. Paths are below `API`.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

API = "/api/v1"

#: A buyer in Paris: the body of a checkout, of which each caller replaces what it needs.
BUYER: dict[str, Any] = {
    "email": "zoe@example.org",
    "name": "Zoé",
    "address": {"line1": "1 rue de la Paix", "postal_code": "75002", "city": "Paris"},
    "country": "FR",
}

#: An order as its checkout answers.
Order = Mapping[str, Any]


@dataclass(frozen=True)
class Request:
    """One call of the API; no body if it is None, else JSON."""

    method: str
    path: str
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


def open_cart(session_id: uuid.UUID | None = None) -> Request:
    """A new cart, of a visit if its id is given."""
    return Request("POST", "/carts", {"session_id": str(session_id)} if session_id else {})


def add_item(cart_id: str, sku: str, quantity: int = 1) -> Request:
    """So many units more of a product in a cart."""
    return Request("POST", f"/carts/{cart_id}/items", {"sku": sku, "quantity": quantity})


def check_out(cart_id: str, key: str | None = None, **more: Any) -> Request:
    """The order of a cart; `more` joins BUYER, or replaces parts of it."""
    return Request("POST", f"/carts/{cart_id}/checkout", BUYER | more, idempotency_key(key))


def see_order(order: Order) -> Request:
    """The order as it is now."""
    return Request("GET", f"/orders/{order['order_id']}", headers=order_token(order))


def cancel(order: Order, **body: Any) -> Request:
    """Cancel an order."""
    return Request("POST", f"/orders/{order['order_id']}/cancel", body, order_token(order))


def start_payment(order: Order, key: str | None = None, **body: Any) -> Request:
    """The page on which to pay an order."""
    headers = order_token(order) | idempotency_key(key)
    return Request("POST", f"/orders/{order['order_id']}/payments", body, headers)


def see_payment(order: Order, payment_id: str) -> Request:
    """A payment as it is now."""
    path = f"/orders/{order['order_id']}/payments/{payment_id}"
    return Request("GET", path, headers=order_token(order))


def order_token(order: Order) -> dict[str, str]:
    """The header that lets its holder see an order."""
    return {"X-Order-Token": order["access_token"]}


def idempotency_key(key: str | None = None) -> dict[str, str]:
    """The header under which a call is done once; a new key unless one is given."""
    return {"Idempotency-Key": key or str(uuid.uuid4())}
