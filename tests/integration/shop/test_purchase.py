"""Buying through the API: the database and Kafka agree, and nothing is done twice."""

import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import httpx
import pytest

from shopnow import topics
from webshop.simulation.hosted_page import DECLINED_CARD

pytestmark = pytest.mark.integration


def ledger(database: Any, sku: str) -> list[dict[str, Any]]:
    return list(
        database.execute(
            "SELECT sku, version, reason, reference, quantity, available_before, available_after,"
            " on_hand_before, on_hand_after FROM shop.stock_movements WHERE sku = %s"
            " ORDER BY version",
            [sku],
        )
    )


def test_a_purchase_is_the_same_in_the_database_and_on_kafka(
    shopper: Any, database: Any, read_topic: Any, new_product: Callable[[int], str]
) -> None:
    sku = new_product(10)
    order = shopper.order(sku, 3)
    assert (order["status"], order["gross"], order["shipping"], order["total"]) == (
        "pending_payment",
        "37.50",
        "4.90",
        "42.40",
    )
    assert shopper.available(sku) == 7
    assert shopper.pay(order).outcome == "succeeded"
    assert shopper.status(order) == "paid"
    assert shopper.available(sku) == 7

    row = database.execute(
        "SELECT * FROM shop.orders JOIN shop.payments USING (order_id) WHERE order_id = %s",
        [order["order_id"]],
    ).fetchone()
    assert (row["total_amount"], row["amount"]) == (Decimal("42.4"), Decimal("42.4"))

    def mine(payload: dict[str, Any]) -> bool:
        return bool(payload.get("order_id") == order["order_id"])

    [placed] = read_topic(topics.ORDERS, mine, 1)
    assert placed["event_type"] == "order_placed"
    assert placed["payload"]["order_number"] == row["order_number"]
    assert Decimal(placed["payload"]["total_amount"]) == row["total_amount"]
    assert [line["quantity"] for line in placed["payload"]["lines"]] == [3]
    [settled] = read_topic(topics.PAYMENTS, mine, 1)
    assert settled["event_type"] == "order_paid"
    assert settled["payload"]["payment_id"] == str(row["payment_id"])

    movements = ledger(database, sku)
    assert [(m["reason"], m["quantity"]) for m in movements] == [
        ("restock", 10),
        ("reservation", -3),
        ("sale", 0),
    ]
    published = [
        event["payload"] for event in read_topic(topics.STOCK, lambda p: p.get("sku") == sku, 3)
    ]
    shared = movements[0].keys()
    assert [{name: event[name] for name in shared} for event in published] == movements


def test_a_decline_puts_the_stock_on_sale_again_and_another_card_may_pay(
    shopper: Any, database: Any, read_topic: Any, new_product: Callable[[int], str]
) -> None:
    sku = new_product(2)
    order = shopper.order(sku, 2)
    assert shopper.available(sku) == 0
    declined = shopper.pay(order, DECLINED_CARD)
    assert (declined.outcome, declined.payment["reason"]) == ("failed", "card_declined")
    assert shopper.status(order) == "payment_failed"
    assert shopper.available(sku) == 2

    assert shopper.pay(order).outcome == "succeeded"
    assert shopper.available(sku) == 0
    assert [m["reason"] for m in ledger(database, sku)] == [
        "restock",
        "reservation",
        "release",
        "reservation",
        "sale",
    ]

    def mine(payload: dict[str, Any]) -> bool:
        return bool(payload.get("order_id") == order["order_id"])

    published = read_topic(topics.PAYMENTS, mine, 2)
    assert [event["event_type"] for event in published] == ["payment_failed", "order_paid"]


def test_an_expired_order_is_cancelled_and_its_stock_released_once(
    shopper: Any, database: Any, read_topic: Any, new_product: Callable[[int], str]
) -> None:
    sku = new_product(4)
    order = shopper.order(sku, 4)
    database.execute(
        "UPDATE shop.orders SET expires_at = now() - interval '1 s' WHERE order_id = %s",
        [order["order_id"]],
    )

    def mine(payload: dict[str, Any]) -> bool:
        return bool(payload.get("order_id") == order["order_id"])

    placed, cancelled = read_topic(topics.ORDERS, mine, 2)
    assert (placed["event_type"], cancelled["event_type"]) == ("order_placed", "order_cancelled")
    assert cancelled["payload"]["reason"] == "expired"
    assert shopper.available(sku) == 4
    assert [m["reason"] for m in ledger(database, sku)] == ["restock", "reservation", "release"]
    assert shopper.pay(order).outcome == 409


def test_a_browsing_event_is_on_kafka_before_it_is_acknowledged(
    shopper: Any, read_topic: Any
) -> None:
    session, event_id = str(uuid.uuid4()), str(uuid.uuid4())
    view = {
        "event_id": event_id,
        "event_type": "product_viewed",
        "payload": {"session_id": session, "sku": "CUI-001", "language": "fr"},
    }
    answer: httpx.Response = shopper.http.post("/events", json=view)
    assert answer.status_code == 202
    [seen] = read_topic(topics.BROWSING, lambda p: p.get("session_id") == session, 1)
    assert (seen["event_id"], seen["event_type"]) == (event_id, "product_viewed")
