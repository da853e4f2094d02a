"""After any sequence of operations ledger = stock = events, and money adds up to the cent."""

import random
import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from webshop.adapters.catalogue.stock import level_from_ledger
from webshop.adapters.ordering.promotions import add_promotion
from webshop.adapters.ordering.returns import get_returns
from webshop.domain.errors import ShopError
from webshop.domain.ordering.orders import Recipient
from webshop.domain.ordering.payments import GatewayPayment, PaymentStatus
from webshop.domain.ordering.promotions import Promotion
from webshop.domain.ordering.returns import ReturnStatus
from webshop.services.catalogue.inventory import count_product, restock_product
from webshop.services.ordering.carts import add_item, open_cart
from webshop.services.ordering.fulfilment import ship
from webshop.services.ordering.orders import Purchase, cancel, check_out
from webshop.services.ordering.payments import settle, start_payment
from webshop.services.ordering.refunds import refund_order
from webshop.services.ordering.returns import decide_return, receive_return, request_return

STEPS = 150
#: Not the one of the stack: nobody there is to be asked about these payments.
PROVIDER = "test"
RESERVATION = timedelta(minutes=15)
WHO = {"by": "account:test"}
RECIPIENT = Recipient(
    "zoe@example.org",
    "Zoé",
    {"line1": "1 rue X", "line2": None, "postal_code": "75002", "city": "Paris"},
    "FR",
)


class Chance:
    """Takes one random step of the shop after another; what the shop refuses changes nothing."""

    def __init__(self, seed: int, skus: list[str], code: str) -> None:
        self.random = random.Random(seed)
        self.skus, self.code = skus, code
        self.orders: list[uuid.UUID] = []

    def step(self, connection: Connection) -> None:
        """One step in the caller's transaction. Raises ShopError."""
        buying = [self.order, self.order, self.pay, self.pay, self.ship, self.cancel]
        going_back = [self.refund, self.ask_return, self.decide, self.receive]
        action = self.random.choice([*buying, *going_back, self.restock, self.count])
        action(connection, datetime.now(UTC))

    def order(self, connection: Connection, now: datetime) -> None:
        cart = open_cart(connection, None, "EUR")
        for sku in self.random.sample(self.skus, self.random.randint(1, 3)):
            cart = add_item(connection, cart, sku, self.random.randint(1, 4), now)
        method = self.random.choice(["standard", "express", "pickup"])
        purchase = Purchase(RECIPIENT, method, self.random.choice([None, self.code]))
        order = check_out(connection, cart, purchase, now, reservation=RESERVATION)
        self.orders.append(order.order_id)

    def pay(self, connection: Connection, now: datetime) -> None:
        _, payment = start_payment(connection, self._one(), PROVIDER, now)
        outcome = self.random.choice([PaymentStatus.SUCCEEDED] * 3 + [PaymentStatus.FAILED])
        reported = GatewayPayment(
            str(payment.payment_id), payment.payment_id, outcome, payment.amount, payment.currency
        )
        settle(connection, PROVIDER, reported, now)

    def ship(self, connection: Connection, now: datetime) -> None:
        ship(connection, self._one(), None, now=now, **WHO)

    def cancel(self, connection: Connection, now: datetime) -> None:
        cancel(connection, self._one(), now)

    def refund(self, connection: Connection, now: datetime) -> None:
        restock = self.random.random() < 0.5
        units = {self.random.randint(1, 2): self.random.randint(1, 3)}
        refund_order(
            connection, self._one(), units, reason="broken", restock=restock, now=now, **WHO
        )

    def ask_return(self, connection: Connection, now: datetime) -> None:
        units = {self.random.randint(1, 3): self.random.randint(1, 2)}
        request_return(connection, self._one(), units, "too small", now)

    def decide(self, connection: Connection, now: datetime) -> None:
        status = self.random.choice(
            [ReturnStatus.ACCEPTED, ReturnStatus.ACCEPTED, ReturnStatus.REFUSED]
        )
        for found in get_returns(connection, self._one()):
            decide_return(connection, found.return_id, status, note=None, now=now, **WHO)

    def receive(self, connection: Connection, now: datetime) -> None:
        for found in get_returns(connection, self._one()):
            receive_return(connection, found.return_id, restock=True, now=now, **WHO)

    def restock(self, connection: Connection, now: datetime) -> None:
        sku, quantity = self.random.choice(self.skus), self.random.randint(1, 9)
        restock_product(connection, sku, quantity, "delivery", now=now, **WHO)

    def count(self, connection: Connection, now: datetime) -> None:
        sku, on_hand = self.random.choice(self.skus), self.random.randint(0, 25)
        count_product(connection, sku, on_hand, "inventory", now=now, **WHO)

    def _one(self) -> uuid.UUID:
        if not self.orders:
            raise ShopError("no order yet")
        return self.random.choice(self.orders)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_ledger_stock_and_events_agree_after_any_sequence(
    engine: Engine, database: Any, new_product: Callable[[int], str], seed: int
) -> None:
    code = f"TEST{uuid.uuid4().hex[:10].upper()}"
    promotion = Promotion(
        code, "x", "percent", Decimal("7"), Decimal(0), None, None, None, 0, False, True
    )
    with engine.begin() as connection:
        add_promotion(connection, promotion)
    chance = Chance(seed, [new_product(15) for _ in range(3)], code)
    taken = 0
    for _ in range(STEPS):
        with suppress(ShopError), engine.begin() as connection:
            chance.step(connection)
            taken += 1
    assert taken > STEPS / 4
    for sku in chance.skus:
        check_stock(engine, database, sku)
    check_money(database, chance.orders)
    uses = database.execute(
        "SELECT uses, (SELECT count(*) FROM shop.orders WHERE promotion_code = code"
        "   AND status <> 'cancelled') AS holding FROM shop.promotions WHERE code = %s",
        [code],
    ).fetchone()
    assert uses["uses"] == uses["holding"]


def check_stock(engine: Engine, database: Any, sku: str) -> None:
    """Level, ledger and stock_changed events of a product say the same, movement by movement."""
    level = database.execute("SELECT * FROM shop.stock WHERE sku = %s", [sku]).fetchone()
    with engine.begin() as connection:
        recomputed = level_from_ledger(connection, sku)
    assert (recomputed.on_hand, recomputed.available, recomputed.version) == (
        level["on_hand"],
        level["available"],
        level["version"],
    )
    shared = (
        "version, reason, reference, quantity, available_before, available_after,"
        " on_hand_before, on_hand_after"
    )
    ledger = database.execute(
        f"SELECT event_id, {shared} FROM shop.stock_movements WHERE sku = %s ORDER BY version",  # noqa: S608
        [sku],
    ).fetchall()
    events = database.execute(
        "SELECT id, payload->'payload' AS payload FROM shop.outbox"
        " WHERE type = 'stock_changed' AND aggregateid = %s ORDER BY seq",
        [sku],
    ).fetchall()
    assert [row["version"] for row in ledger] == list(range(1, level["version"] + 1))
    for row, event in zip(ledger, events, strict=True):
        assert row.pop("event_id") == event["id"]
        assert {name: event["payload"][name] for name in row} == row
    held = database.execute(
        "SELECT coalesce(sum(quantity), 0) AS units FROM shop.order_lines"
        " JOIN shop.orders USING (order_id) WHERE sku = %s AND status = 'pending_payment'",
        [sku],
    ).fetchone()
    assert level["reserved"] == held["units"]


def check_money(database: Any, orders: list[uuid.UUID]) -> None:
    """What was paid back is within what was paid, in order, refunds, lines and events alike."""
    for order_id in orders:
        order = database.execute(
            "SELECT o.*, (SELECT sum(discount_amount) FROM shop.order_lines l"
            "   WHERE l.order_id = o.order_id) AS discounts,"
            " (SELECT coalesce(sum(amount), 0) FROM shop.refunds r"
            "   WHERE r.order_id = o.order_id) AS refunds,"
            " (SELECT coalesce(sum(l.amount), 0) FROM shop.refund_lines l"
            "   JOIN shop.refunds r USING (refund_id) WHERE r.order_id = o.order_id) AS lines,"
            " (SELECT coalesce(sum(shipping_amount), 0) FROM shop.refunds r"
            "   WHERE r.order_id = o.order_id) AS shipping"
            " FROM shop.orders o WHERE order_id = %s",
            [order_id],
        ).fetchone()
        assert order["discounts"] == order["discount_amount"]
        assert order["refunds"] == order["refunded_amount"] <= order["total_amount"]
        assert order["refunds"] == order["lines"] + order["shipping"]
        over = order["status"] == "refunded" or (
            order["status"] == "cancelled" and order["paid_at"] is not None
        )
        assert (order["refunds"] == order["total_amount"]) is over
        events = database.execute(
            "SELECT type, payload->'payload' AS payload FROM shop.outbox"
            " WHERE aggregatetype = 'orders' AND payload->'payload'->>'order_id' = %s",
            [str(order_id)],
        ).fetchall()
        refunded = [e["payload"] for e in events if e["type"] == "order_refunded"]
        assert sum(Decimal(p["amount"]) for p in refunded) == order["lines"]
        assert sum(Decimal(p["shipping_amount"]) for p in refunded) == order["shipping"]
        cancelled = [e for e in events if e["type"] == "order_cancelled"]
        assert len(cancelled) == (order["status"] == "cancelled")
