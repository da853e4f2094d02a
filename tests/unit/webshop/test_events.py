"""Events say what changed, and every one of them fulfils its contract and finds its topic."""

import json
import uuid
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest

from shopnow.contracts import ContractError, validate
from webshop.adapters.messaging.kafka_messages import MAX_EVENT_BYTES, kafka_message
from webshop.adapters.messaging.outbox import outbox_row
from webshop.domain.catalogue.stock import StockLevel, reserve
from webshop.domain.errors import CartTooLarge
from webshop.domain.messaging import events
from webshop.domain.ordering.carts import LARGEST_QUANTITY, MOST_PRODUCTS, Cart, CartItem
from webshop.domain.ordering.orders import Order
from webshop.domain.ordering.payments import Payment, PaymentStatus

Orders = Callable[..., Order]
Carts = Callable[..., Cart]


def payment(order: Order, now: datetime, *, succeeded: bool) -> Payment:
    pending = Payment(
        payment_id=uuid.uuid4(),
        order_id=order.order_id,
        amount=order.total,
        currency="EUR",
        method="card",
        provider="sandbox",
        status=PaymentStatus.PENDING,
        created_at=now,
    )
    return pending.succeeded() if succeeded else pending.failed("card_declined")


def test_every_event_of_the_shop_fulfils_its_contract(
    order_of: Orders, cart_of: Carts, mug: CartItem, now: datetime
) -> None:
    cart, order = cart_of(mug), order_of(mug)
    [change] = reserve({"CUI-001": StockLevel("CUI-001", "Mug", 2, 0, 4, 1)}, {"CUI-001": 2}, "SN")
    built = [
        events.cart_item_changed(cart, mug, 2, now),
        events.cart_item_changed(cart, mug, -1, now),
        events.checkout_started(cart, now),
        events.order_placed(order, now),
        events.order_cancelled(order, "expired", now),
        events.payment_settled(payment(order, now, succeeded=True), now),
        events.payment_settled(payment(order, now, succeeded=False), now),
        events.stock_changed(change, now),
    ]
    assert [validate(event).name for event in built] == [
        "cart_item_added",
        "cart_item_removed",
        "checkout_started",
        "order_placed",
        "order_cancelled",
        "order_paid",
        "payment_failed",
        "stock_changed",
    ]
    assert {event["occurred_at"] for event in built} == {"2026-11-22T09:30:00.123456Z"}
    assert len({event["event_id"] for event in built}) == len(built)


def test_a_removed_item_is_told_with_a_positive_quantity(
    cart_of: Carts, mug: CartItem, now: datetime
) -> None:
    event = events.cart_item_changed(cart_of(mug), mug, -2, now)
    assert event["event_type"] == "cart_item_removed"
    assert event["payload"]["quantity"] == 2


def test_stock_changed_tells_before_and_after(now: datetime) -> None:
    before = StockLevel("CUI-001", "Mug", on_hand=5, reserved=1, reorder_point=4, version=8)
    [change] = reserve({"CUI-001": before}, {"CUI-001": 4}, "SN-7")
    assert events.stock_changed(change, now)["payload"] == {
        "sku": "CUI-001",
        "product_name": "Mug",
        "version": 9,
        "reason": "reservation",
        "reference": "SN-7",
        "quantity": -4,
        "available_before": 4,
        "available_after": 0,
        "on_hand_before": 5,
        "on_hand_after": 5,
        "reorder_point": 4,
    }


def test_amounts_in_an_order_add_up_as_decimals(order_of: Orders, now: datetime) -> None:
    order = order_of(
        CartItem("A", "Mug", "product", 3, Decimal("2.955")),
        CartItem("B", "Tea", "product", 1, Decimal("0.1")),
    )
    payload = events.order_placed(order, now)["payload"]
    amounts = [Decimal(line["amount"]) for line in payload["lines"]]
    assert Decimal(payload["gross_amount"]) == sum(amounts) == Decimal("8.965")
    assert payload["total_amount"] == "8.965"


def test_an_event_that_breaks_its_contract_is_never_made(
    cart_of: Carts, mug: CartItem, now: datetime
) -> None:
    with pytest.raises(ContractError):
        events.checkout_started(cart_of(), now)


def test_outbox_row_and_kafka_message_name_aggregate_key_and_id(
    order_of: Orders, mug: CartItem, now: datetime
) -> None:
    order = order_of(mug)
    event = events.payment_settled(payment(order, now, succeeded=True), now)
    row = outbox_row(event)
    assert (row["aggregatetype"], row["aggregateid"]) == ("payments", str(order.order_id))
    assert (row["id"], row["type"]) == (event["event_id"], "order_paid")
    message = kafka_message(event)
    assert message["key"] == str(order.order_id).encode()
    assert json.loads(message["value"]) == event
    assert dict(message["headers"]) == {
        "event_id": event["event_id"].encode(),
        "event_type": b"order_paid",
    }


def largest_items(count: int) -> list[CartItem]:
    """Products whose codes and names are as long as the database allows, four bytes a character."""
    price = Decimal("99999999.99")
    return [
        CartItem("K" * 60 + f"{n:04}", "😀" * 300, "product", LARGEST_QUANTITY, price)
        for n in range(count)
    ]


def test_the_largest_order_of_the_shop_fits_into_a_kafka_message(
    order_of: Orders, now: datetime
) -> None:
    order = order_of(*largest_items(MOST_PRODUCTS))
    event = events.order_placed(order, now)
    # As PostgreSQL writes the outbox's JSON.
    assert len(json.dumps(event, ensure_ascii=False).encode()) < MAX_EVENT_BYTES


def test_a_larger_order_is_refused(order_of: Orders) -> None:
    with pytest.raises(CartTooLarge):
        order_of(*largest_items(MOST_PRODUCTS + 1))
