"""Carts, orders and a shop without servers for the tests of this folder."""

import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient

from shopnow.settings import Settings
from webshop.adapters.sandbox_payments import SandboxGateway
from webshop.app import create_app
from webshop.bootstrap import Shop, database_engine
from webshop.domain.carts import Cart, CartItem
from webshop.domain.errors import KafkaUnavailable
from webshop.domain.orders import Order, Recipient, place_order

#: Signs the webhooks that the shop without servers takes for real.
WEBHOOK_SECRET = "unit-webhooks"

NOW = datetime(2026, 11, 22, 9, 30, 0, 123456, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def mug() -> CartItem:
    return CartItem("CUI-001", "Mug", "product", 2, Decimal("18.00"))


@pytest.fixture
def cart_of() -> Callable[..., Cart]:
    def make(*items: CartItem, **fields: Any) -> Cart:
        known = {"session_id": uuid.uuid4(), "customer_id": None, "status": "open"}
        return Cart(cart_id=uuid.uuid4(), currency="EUR", items=items, **(known | fields))

    return make


@pytest.fixture
def order_of(cart_of: Callable[..., Cart]) -> Callable[..., Order]:
    address = {"line1": "1 rue X", "line2": None, "postal_code": "75002", "city": "Paris"}

    def make(*items: CartItem) -> Order:
        return place_order(
            cart_of(*items),
            Recipient("zoe@example.org", "Zoé Martin", address, "FR"),
            order_id=uuid.uuid4(),
            order_number="SN-2026-000001",
            now=NOW,
        )

    return make


class FakeBrowsing:
    """Keeps the events that it is given; refuses them when `away`, as Kafka would."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.away = False

    def publish(self, events: Sequence[dict[str, Any]]) -> None:
        if self.away:
            raise KafkaUnavailable("Kafka has acknowledged 0 events: send them again.")
        self.events.extend(events)


@pytest.fixture
def browsing() -> FakeBrowsing:
    return FakeBrowsing()


@pytest.fixture
def http(browsing: FakeBrowsing) -> FlaskClient:
    """The application with no database behind it: what is refused must be refused before that."""
    settings = Settings(postgres_port=1, secret_key="unit-test")
    gateway = SandboxGateway("http://127.0.0.1:1", "unit-test", WEBHOOK_SECRET)
    shop = Shop(settings, database_engine(settings), gateway, browsing, b"unit-test")  # type: ignore[arg-type]
    return create_app({"SHOP": shop}).test_client()
