"""After the payment: cancelled, shipped, paid back, sent back; each once under races."""

import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest

from webshop.simulation.shop_requests import order_token

pytestmark = pytest.mark.usefixtures("gateway_server")

NewProduct = Callable[[int], str]


def movements(database: Any, sku: str) -> list[tuple[str, int]]:
    rows = database.execute(
        "SELECT reason, quantity FROM shop.stock_movements WHERE sku = %s ORDER BY version", [sku]
    )
    return [(row["reason"], row["quantity"]) for row in rows]


def order_events(database: Any, order_id: str) -> list[tuple[str, dict[str, Any]]]:
    """The order's events in the outbox, in order, as (type, payload)."""
    rows = database.execute(
        "SELECT type, payload->'payload' AS payload FROM shop.outbox"
        " WHERE payload->'payload'->>'order_id' = %s ORDER BY seq",
        [order_id],
    )
    return [(row["type"], row["payload"]) for row in rows]


def units(quantity: int, **more: Any) -> dict[str, Any]:
    return {"lines": [{"line_number": 1, "quantity": quantity}], "reason": "chipped", **more}


def test_a_paid_order_that_is_cancelled_gives_money_and_units_back_once(
    shopper: Any, database: Any, new_product: NewProduct
) -> None:
    sku = new_product(5)
    order = shopper.paid_order(sku, 2)
    assert shopper.seen(order)["can"] == {"cancel": True, "pay": False, "return": False}
    answers = [shopper.cancel(order, reason="changed my mind") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    found = answers[1].json()
    assert (found["status"], found["refunded"], found["total"]) == ("cancelled", "29.90", "29.90")
    [refund] = found["refunds"]
    assert (refund["amount"], refund["shipping"], refund["reason"]) == (
        "29.90",
        "4.90",
        "changed my mind",
    )
    assert [step["status"] for step in found["history"]] == ["pending_payment", "paid", "cancelled"]
    assert movements(database, sku)[-2:] == [("sale", 0), ("return", 2)]
    events = order_events(database, order["order_id"])
    assert [kind for kind, _ in events] == [
        "order_placed",
        "order_paid",
        "order_cancelled",
        "order_refunded",
    ]
    assert (events[3][1]["amount"], events[3][1]["shipping_amount"]) == ("25.00", "4.90")


def test_units_are_paid_back_at_what_was_paid_and_never_twice(
    shopper: Any, manager: Any, database: Any, new_product: NewProduct
) -> None:
    sku = new_product(9)
    order = shopper.paid_order(sku, 3)
    path = f"/orders/{order['order_id']}/refunds"
    first = manager.post(path, units(1, restock=False))
    assert (first.status_code, first.json()["status"]) == (201, "paid")
    assert first.json()["refunded"] == "12.50"
    assert manager.post(path, units(3, restock=True)).json()["type"] == "/problems/too-many-units"
    rest = manager.post(path, units(2, restock=True)).json()
    assert (rest["status"], rest["refunded"], rest["total"]) == ("refunded", "42.40", "42.40")
    assert manager.post(path, units(1, restock=True)).status_code == 409
    # The chipped unit stays out of the shop, the other two are for sale again.
    assert shopper.available(sku) == 8
    assert shopper.cancel(order).status_code == 409
    amounts = database.execute(
        "SELECT sum(r.amount) AS amount, sum(r.shipping_amount) AS shipping,"
        " (SELECT sum(l.amount) FROM shop.refund_lines l JOIN shop.refunds USING (refund_id)"
        "   WHERE order_id = %(order)s) AS lines FROM shop.refunds r WHERE order_id = %(order)s",
        {"order": order["order_id"]},
    ).fetchone()
    assert amounts == {
        "amount": Decimal("42.4"),
        "shipping": Decimal("4.9"),
        "lines": Decimal("37.5"),
    }


def test_two_refunds_at_once_never_pay_back_more_than_was_paid(
    shopper: Any, manager: Any, database: Any, new_product: NewProduct
) -> None:
    order = shopper.paid_order(new_product(4), 4)
    path = f"/orders/{order['order_id']}/refunds"
    with ThreadPoolExecutor(6) as pool:
        answers = Counter(
            answer.status_code
            for answer in pool.map(lambda _: manager.post(path, units(3, restock=True)), range(6))
        )
    assert answers == {201: 1, 409: 5}
    row = database.execute(
        "SELECT refunded_amount, (SELECT sum(amount) FROM shop.refunds r"
        " WHERE r.order_id = o.order_id) AS refunds FROM shop.orders o WHERE order_id = %s",
        [order["order_id"]],
    ).fetchone()
    assert row == {"refunded_amount": Decimal("37.5"), "refunds": Decimal("37.5")}


def test_one_idempotency_key_refunds_once_even_at_the_same_moment(
    shopper: Any, manager: Any, new_product: NewProduct
) -> None:
    order = shopper.paid_order(new_product(4), 4)
    path, key = f"/orders/{order['order_id']}/refunds", str(uuid.uuid4())
    with ThreadPoolExecutor(5) as pool:
        answers = list(
            pool.map(lambda _: manager.post(path, units(1, restock=True), key), range(5))
        )
    assert {answer.status_code for answer in answers} == {201}
    assert {answer.text for answer in answers} == {answers[0].text}
    assert shopper.seen(order)["refunded"] == "12.50"
    assert manager.post(path, units(2, restock=True), key).status_code == 422
    no_key = manager.http.post(f"/staff{path}", json=units(1, restock=True))
    assert no_key.status_code == 400


def test_an_order_is_either_cancelled_or_shipped(
    shopper: Any, manager: Any, database: Any, new_product: NewProduct
) -> None:
    sku = new_product(40)
    for _ in range(4):
        order = shopper.paid_order(sku, 1)
        ship = f"/orders/{order['order_id']}/ship"
        with ThreadPoolExecutor(4) as pool:
            shipping = [pool.submit(manager.post, ship, {"tracking": "1Z 999"}) for _ in range(2)]
            cancelling = [pool.submit(shopper.cancel, order) for _ in range(2)]
        shipped = [future.result().status_code for future in shipping]
        cancelled = [future.result().status_code for future in cancelling]
        found = shopper.seen(order)
        if found["status"] == "shipped":
            assert (sorted(shipped), cancelled) == ([200, 409], [409, 409])
            assert (found["refunds"], found["tracking"]) == ([], "1Z 999")
        else:
            assert (found["status"], shipped, cancelled) == ("cancelled", [409, 409], [200, 200])
            assert len(found["refunds"]) == 1
    gone = database.execute(
        "SELECT count(*) FILTER (WHERE status = 'shipped') AS shipped FROM shop.orders"
        " JOIN shop.order_lines USING (order_id) WHERE sku = %s",
        [sku],
    ).fetchone()
    assert shopper.available(sku) == 40 - gone["shipped"]


def test_a_return_is_asked_for_accepted_received_and_paid_back(
    shopper: Any, manager: Any, new_product: NewProduct
) -> None:
    sku = new_product(5)
    order = shopper.paid_order(sku, 3)
    path = f"/orders/{order['order_id']}/returns"
    body = units(2)

    def ask(**change: Any) -> Any:
        return shopper.http.post(path, json=body | change, headers=order_token(order))

    assert ask().json()["type"] == "/problems/order-status"
    manager.post(f"/orders/{order['order_id']}/ship", {}).raise_for_status()
    asked = ask()
    assert (asked.status_code, asked.json()["status"]) == (201, "requested")
    assert ask().status_code == 409  # two of three are on their way
    assert shopper.seen(order)["lines"][0]["returnable"] == 1
    assert shopper.http.post(path, json=body).status_code == 404

    one = f"/returns/{asked.json()['return_id']}"
    refund_path = f"/orders/{order['order_id']}/refunds"
    assert manager.post(refund_path, units(2, restock=True)).status_code == 409
    assert manager.post(f"{one}/receive", {}).json()["type"] == "/problems/return-status"
    assert manager.post(f"{one}/accept", {}).json()["status"] == "accepted"
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: manager.post(f"{one}/receive", {}), range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    found = shopper.seen(order)
    assert (found["status"], found["refunded"]) == ("shipped", "25.00")
    assert found["returns"][0]["status"] == "received"
    assert shopper.available(sku) == 4
    listed = manager.get("/returns", status="received", limit=1)["items"][0]
    assert listed["order_number"] == order["order_number"]


def test_prices_in_a_body_are_refused_and_absurd_quantities_too(
    shopper: Any, manager: Any, new_product: NewProduct
) -> None:
    sku = new_product(5)
    cart = shopper.cart_with(sku, 1)
    for forged in ({"total": "0.01"}, {"price": 1}, {"discount": "12.00"}, {"vat": 0}):
        assert shopper.check_out(cart, **forged).status_code == 422
    for item in ({"unit_price": "0.01"}, {"amount": "0"}):
        body = {"sku": sku, "quantity": 1} | item
        assert shopper.http.post(f"/carts/{cart}/items", json=body).status_code == 422
    for quantity in (-1, 0, 1000, 10**12, 1.5, "2", True, None):
        body = {"sku": sku, "quantity": quantity}
        assert shopper.http.post(f"/carts/{cart}/items", json=body).status_code == 422
    order = shopper.check_out(cart).json()
    assert order["total"] == "17.40"
    assert shopper.pay(order).outcome == "succeeded"
    path = f"/orders/{order['order_id']}/refunds"
    for body in (
        units(-1, restock=True),
        units(10**9, restock=True),
        units(1, restock=True, amount="1000.00"),
        {"lines": [{"line_number": 1, "quantity": 1}] * 2, "reason": "twice", "restock": True},
    ):
        assert manager.post(path, body).status_code == 422


def test_a_replayed_checkout_makes_no_second_order(
    shopper: Any, database: Any, new_product: NewProduct
) -> None:
    cart, key = shopper.cart_with(new_product(5), 1), str(uuid.uuid4())
    with ThreadPoolExecutor(6) as pool:
        same = list(pool.map(lambda _: shopper.check_out(cart, key), range(6)))
        other = list(pool.map(lambda _: shopper.check_out(cart), range(3)))
    assert {answer.status_code for answer in same} == {201}
    assert {answer.text for answer in same} == {same[0].text}
    assert [answer.status_code for answer in other] == [409, 409, 409]
    count = database.execute(
        "SELECT count(*) AS orders FROM shop.orders WHERE cart_id = %s", [cart]
    ).fetchone()
    assert count == {"orders": 1}
