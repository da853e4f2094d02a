"""Carts, orders and a shop without servers for the tests of this folder."""

import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient

from shopnow.settings import Settings
from webshop.adapters.accounts.passwords import Passwords
from webshop.adapters.ordering.sandbox_payments import SandboxGateway
from webshop.api.http.limits import limiter
from webshop.app import create_app
from webshop.bootstrap import Shop, database_engine
from webshop.domain.errors import KafkaUnavailable
from webshop.domain.ordering.carts import Cart, CartItem
from webshop.domain.ordering.orders import Order, Recipient, place_order
from webshop.domain.ordering.pricing import price_items, require_shipping_method
from webshop.domain.ordering.promotions import Promotion

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

    def make(*items: CartItem, promotion: Promotion | None = None) -> Order:
        return place_order(
            cart_of(*items),
            Recipient("zoe@example.org", "Zoé Martin", address, "FR"),
            price_items(items, require_shipping_method("pickup", "FR"), promotion),
            shipping_method="pickup",
            promotion_code=promotion.code if promotion else None,
            order_id=uuid.uuid4(),
            order_number="SN-2026-000001",
            now=NOW,
            reservation=timedelta(minutes=20),
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
def http_with(browsing: FakeBrowsing) -> Callable[..., FlaskClient]:
    """The application under some settings, with no database behind it: what is refused must be
    refused before that. No call has been counted yet."""

    def make(**chosen: Any) -> FlaskClient:
        known = {"postgres_port": 1, "secret_key": "unit-test", "rate_limits": False}
        settings = Settings(**(known | chosen))
        shop = Shop(
            settings,
            database_engine(settings),
            SandboxGateway("http://127.0.0.1:1", "unit-test", WEBHOOK_SECRET),
            browsing,  # type: ignore[arg-type]
            b"unit-test",
            Passwords(64),
        )
        application = create_app({"SHOP": shop})
        limiter.reset()
        return application.test_client()

    return make


@pytest.fixture
def http(http_with: Callable[..., FlaskClient]) -> FlaskClient:
    """The application with the usual settings."""
    return http_with()
