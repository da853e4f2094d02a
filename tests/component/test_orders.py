"""Orders up to their payment, or without one: nothing is done twice, stock always comes back."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine

from shopnow.settings import Settings
from tests.support.waiting import wait_until
from webshop.services.ordering.orders import expire_orders
from webshop.simulation.hosted_page import DECLINED_CARD
from webshop.simulation.shop_requests import order_token

pytestmark = pytest.mark.usefixtures("gateway_server")


def ledger(database: Any, sku: str) -> list[dict[str, Any]]:
    return list(
        database.execute(
            "SELECT sku, version, reason, reference, quantity, available_before, available_after,"
            " on_hand_before, on_hand_after FROM shop.stock_movements WHERE sku = %s"
            " ORDER BY version",
            [sku],
        )
    )


def test_after_a_decline_somebody_else_may_be_faster(
    shopper: Any, new_product: Callable[[int], str]
) -> None:
    sku = new_product(1)
    slow = shopper.order(sku, 1)
    shopper.pay(slow, DECLINED_CARD)
    assert shopper.pay(shopper.order(sku, 1)).outcome == "succeeded"
    refused = shopper.start_payment(slow)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/out-of-stock")


def test_a_cancelled_order_releases_its_stock_once(
    shopper: Any, database: Any, new_product: Callable[[int], str]
) -> None:
    sku = new_product(5)
    order = shopper.order(sku, 5)
    for _ in range(3):
        answer = shopper.cancel(order)
        assert (answer.status_code, answer.json()["status"]) == (200, "cancelled")
    assert shopper.available(sku) == 5
    assert [m["reason"] for m in ledger(database, sku)] == ["restock", "reservation", "release"]
    assert shopper.pay(order).outcome == 409


def test_an_order_cancelled_after_a_decline_has_nothing_left_to_release(
    shopper: Any, database: Any, new_product: Callable[[int], str]
) -> None:
    sku = new_product(3)
    order = shopper.order(sku, 3)
    shopper.pay(order, DECLINED_CARD)
    assert shopper.cancel(order).json()["status"] == "cancelled"
    assert shopper.available(sku) == 3
    assert [m["reason"] for m in ledger(database, sku)] == ["restock", "reservation", "release"]


def test_a_paid_order_cannot_be_paid_again(shopper: Any, new_product: Callable[[int], str]) -> None:
    order = shopper.paid_order(new_product(5), 1)
    assert shopper.pay(order).outcome == 409


def test_one_idempotency_key_makes_one_order_and_one_payment(
    shopper: Any, database: Any, new_product: Callable[[int], str]
) -> None:
    sku = new_product(10)
    cart, key = shopper.cart_with(sku, 2), str(uuid.uuid4())
    first, again = shopper.check_out(cart, key), shopper.check_out(cart, key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert shopper.check_out(cart, key, name="Somebody else").status_code == 422
    assert shopper.check_out(cart).status_code == 409

    order, payment_key = first.json(), str(uuid.uuid4())
    paid = [shopper.pay(order, key=payment_key) for _ in range(2)]
    assert [attempt.outcome for attempt in paid] == ["succeeded", "succeeded"]
    assert paid[0].answer.json() == paid[1].answer.json()
    assert shopper.start_payment(order, key=payment_key, language="en").status_code == 422
    count = database.execute(
        "SELECT count(DISTINCT order_id) AS orders, count(payment_id) AS payments"
        " FROM shop.orders LEFT JOIN shop.payments USING (order_id) WHERE cart_id = %s",
        [cart],
    ).fetchone()
    assert count == {"orders": 1, "payments": 1}
    assert shopper.available(sku) == 8


def test_the_same_checkout_from_many_clients_at_once_makes_one_order(
    shopper: Any, database: Any, new_product: Callable[[int], str]
) -> None:
    cart, key = shopper.cart_with(new_product(50), 1), str(uuid.uuid4())
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda _: shopper.check_out(cart, key), range(12)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    query = "SELECT count(*) AS orders FROM shop.orders WHERE cart_id = %s"
    assert database.execute(query, [cart]).fetchone() == {"orders": 1}


def test_someone_elses_order_cannot_be_seen_paid_or_cancelled(
    shopper: Any, new_product: Callable[[int], str]
) -> None:
    sku = new_product(5)
    mine, theirs = shopper.order(sku, 1), shopper.order(sku, 1)
    stolen = mine | {"order_id": theirs["order_id"]}
    seen = shopper.http.get(f"/orders/{theirs['order_id']}", headers=order_token(stolen))
    assert seen.status_code == 404
    assert shopper.cancel(stolen).status_code == 404
    assert shopper.pay(stolen).outcome == 404


@pytest.mark.usefixtures("housekeeping")
def test_an_order_that_cannot_expire_now_does_not_keep_others_from_it(
    shopper: Any, database: Any, settings: Settings, new_product: Callable[[int], str]
) -> None:
    held, free = new_product(2), new_product(2)
    blocked, other = shopper.order(held, 1), shopper.order(free, 1)
    with psycopg.connect(settings.shop_pg_dsn) as somebody:
        somebody.execute("SELECT 1 FROM shop.stock WHERE sku = %s FOR UPDATE", [held])
        database.execute(
            "UPDATE shop.orders SET expires_at = now() - interval '1 h' * (order_id = %s)::int"
            " WHERE order_id = ANY(%s::uuid[])",
            [blocked["order_id"], [blocked["order_id"], other["order_id"]]],
        )
        wait_until(lambda: shopper.available(free) == 2)
        assert shopper.available(held) == 1
    wait_until(lambda: shopper.available(held) == 2)


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("fr", "Commande {} annulée : délai de paiement dépassé"),
        ("en", "Order {} cancelled: its time to pay is over"),
    ],
)
def test_who_did_not_pay_in_time_is_told_once(
    shopper: Any,
    database: Any,
    engine: Engine,
    read_inbox: Any,
    new_product: Callable[[int], str],
    language: str,
    subject: str,
) -> None:
    email = f"late-{uuid.uuid4().hex[:12]}@example.org"
    order = shopper.order(new_product(4), 2, email=email, language=language)
    database.execute(
        "UPDATE shop.orders SET expires_at = now() - interval '1 s' WHERE order_id = %s",
        [order["order_id"]],
    )
    with ThreadPoolExecutor(4) as relays:
        list(relays.map(lambda _: expire_orders(engine, datetime.now(UTC)), range(4)))
    (mail,) = read_inbox(email)
    assert mail["subject"] == subject.format(order["order_number"])
    assert order["order_id"] in mail["text"]
    queued = "SELECT count(*) AS mails FROM shop.mails WHERE recipient = %s"
    assert database.execute(queued, [email]).fetchone()["mails"] == 1


def test_the_ledger_cannot_be_rewritten(database: Any, new_product: Callable[[int], str]) -> None:
    sku = new_product(1)
    for statement in (
        "UPDATE shop.stock_movements SET quantity = 5 WHERE sku = %s",
        "DELETE FROM shop.stock_movements WHERE sku = %s",
    ):
        with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
            database.execute(statement, [sku])


@pytest.mark.parametrize(
    "change", ["on_hand = -1", "reserved = -1", "reserved = on_hand + 1", "reorder_point = -1"]
)
def test_the_database_itself_refuses_impossible_stock(
    database: Any, new_product: Callable[[int], str], change: str
) -> None:
    sku = new_product(3)
    with pytest.raises(psycopg.errors.CheckViolation):
        database.execute(f"UPDATE shop.stock SET {change} WHERE sku = %s", [sku])  # noqa: S608
