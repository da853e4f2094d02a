"""Paying on the hosted page, on the shop and the sandbox gateway."""

import json
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import httpx
import psycopg
import pytest
from psycopg.rows import dict_row

from shopnow.settings import Settings
from tests.support.waiting import wait_until
from webshop.sandbox_gateway.signature import HEADER, sign
from webshop.simulation.hosted_page import (
    GOOD_CARD,
    answer_challenge,
    card_form,
    submit_card,
)

pytestmark = pytest.mark.usefixtures("gateway_server", "housekeeping")

CHALLENGE_CARD = "4000000000003220"
TIMEOUT_CARD = "4000000000000119"
LATE_CARD = "4000000000000259"


@pytest.fixture
def gateway(settings: Settings) -> Iterator[psycopg.Connection[dict[str, Any]]]:
    """The gateway's own database."""
    dsn = settings.gateway_dsn.replace("+psycopg", "")
    with psycopg.connect(dsn, autocommit=True, row_factory=dict_row) as connection:
        yield connection


def event_types(database: Any, order: dict[str, Any]) -> list[str]:
    """The events of an order and its payments, in the order in which they were written."""
    rows = database.execute(
        "SELECT type FROM shop.outbox WHERE payload->'payload'->>'order_id' = %s ORDER BY seq",
        [order["order_id"]],
    )
    return [row["type"] for row in rows]


def movements(database: Any, sku: str) -> list[str]:
    rows = database.execute(
        "SELECT reason FROM shop.stock_movements WHERE sku = %s ORDER BY version", [sku]
    )
    return [row["reason"] for row in rows]


def expire(database: Any, shopper: Any, order: dict[str, Any]) -> None:
    """Let the time to pay be over, and wait until the order is cancelled."""
    database.execute(
        "UPDATE shop.orders SET expires_at = now() - interval '1 s' WHERE order_id = %s",
        [order["order_id"]],
    )
    wait_until(lambda: shopper.status(order) == "cancelled")


def given_back(gateway: Any, payment_id: str) -> list[Decimal]:
    rows = gateway.execute(
        "SELECT r.amount FROM gateway.refunds r JOIN gateway.payments USING (reference)"
        " WHERE payment_id = %s ORDER BY r.created_at",
        [payment_id],
    )
    return [row["amount"] for row in rows]


@pytest.mark.parametrize(
    ("accept", "outcome", "status", "left"),
    [(True, "succeeded", "paid", 1), (False, "failed", "payment_failed", 3)],
)
def test_the_bank_asks_and_the_shopper_answers(
    shopper: Any,
    new_product: Callable[[int], str],
    accept: bool,
    outcome: str,
    status: str,
    left: int,
) -> None:
    sku = new_product(3)
    order = shopper.order(sku, 2)
    started = shopper.start_payment(order).json()
    page = started["redirect_url"]
    asked = submit_card(shopper.http, page, CHALLENGE_CARD)
    assert asked.headers["location"].startswith("/pay/")
    assert "3220" in shopper.http.get(page).text
    back = answer_challenge(shopper.http, page, accept=accept)
    assert f"/orders/{order['order_id']}?token=" in back.headers["location"]
    assert f"payment={started['payment_id']}" in back.headers["location"]
    payment = shopper.settled(order, started["payment_id"])
    assert payment["status"] == outcome
    assert payment["reason"] == (None if accept else "authentication_failed")
    assert (shopper.status(order), shopper.available(sku)) == (status, left)


def test_a_shopper_who_goes_back_may_pay_later(
    shopper: Any, new_product: Callable[[int], str]
) -> None:
    order = shopper.order(new_product(1), 1)
    started = shopper.start_payment(order).json()
    shopper.http.post(f"{started['redirect_url']}/give-up")
    payment = shopper.settled(order, started["payment_id"])
    assert (payment["status"], payment["reason"]) == ("failed", "given_up")
    assert shopper.pay(order).outcome == "succeeded"


def test_a_page_that_is_opened_again_is_in_the_language_asked_for_now(
    shopper: Any, new_product: Callable[[int], str]
) -> None:
    order, key = shopper.order(new_product(1), 1), str(uuid.uuid4())
    first = shopper.start_payment(order, key, language="fr").json()
    assert 'lang="fr"' in shopper.http.get(first["redirect_url"]).text
    again = shopper.start_payment(order, language="en").json()
    assert again["payment_id"] == first["payment_id"]
    assert 'lang="en"' in shopper.http.get(again["redirect_url"]).text
    assert shopper.start_payment(order, key, language="fr").json() == first


def test_a_bank_that_never_answers_lets_the_order_expire(
    shopper: Any, database: Any, new_product: Callable[[int], str]
) -> None:
    sku = new_product(2)
    order = shopper.order(sku, 2)
    started = shopper.start_payment(order).json()
    submit_card(shopper.http, started["redirect_url"], TIMEOUT_CARD)
    # Anyone who is impatient gets the same page again: nobody pays twice while a bank is thinking.
    assert shopper.start_payment(order).json()["payment_id"] == started["payment_id"]
    expire(database, shopper, order)
    assert shopper.available(sku) == 2
    assert movements(database, sku) == ["restock", "reservation", "release"]
    assert shopper.payment(order, started["payment_id"])["status"] == "pending"
    assert event_types(database, order) == ["order_placed", "order_cancelled"]


def test_money_that_comes_after_the_order_expired_goes_back(
    shopper: Any, database: Any, gateway: Any, new_product: Callable[[int], str]
) -> None:
    sku = new_product(2)
    order = shopper.order(sku, 2)
    started = shopper.start_payment(order).json()
    submit_card(shopper.http, started["redirect_url"], LATE_CARD)
    expire(database, shopper, order)
    gateway.execute(
        "UPDATE gateway.payments SET answer_at = now() WHERE payment_id = %s",
        [started["payment_id"]],
    )
    payment = shopper.settled(order, started["payment_id"])
    assert (payment["status"], payment["reason"]) == ("failed", "paid_too_late")
    wait_until(lambda: shopper.payment(order, started["payment_id"])["refund"] == "done")
    assert given_back(gateway, started["payment_id"]) == [Decimal(order["total"])]
    # It was no sale: neither stock nor events know of it.
    assert (shopper.status(order), shopper.available(sku)) == ("cancelled", 2)
    assert event_types(database, order) == ["order_placed", "order_cancelled"]


def test_a_payment_that_never_got_its_page_is_closed_with_its_order(
    shopper: Any, database: Any, new_product: Callable[[int], str]
) -> None:
    order = shopper.order(new_product(1), 1)
    payment_id = str(uuid.uuid4())
    # As the shop leaves it when it dies before the gateway is asked, and nobody asks again.
    database.execute(
        "INSERT INTO shop.payments (payment_id, order_id, amount, currency, method, provider,"
        " status, created_at) VALUES (%s, %s, 12.50, 'EUR', 'card', 'sandbox', 'pending',"
        " now() - interval '1 min')",
        [payment_id, order["order_id"]],
    )
    expire(database, shopper, order)
    payment = shopper.settled(order, payment_id)
    assert (payment["status"], payment["reason"]) == ("failed", "abandoned")


def test_an_order_that_costs_nothing_needs_no_card(
    shopper: Any, database: Any, new_product: Callable[[int], str]
) -> None:
    sku = new_product(2)
    order, key = shopper.order(sku, 1), str(uuid.uuid4())
    database.execute(
        "UPDATE shop.orders SET discount_amount = gross_amount, shipping_amount = 0,"
        " total_amount = 0 WHERE order_id = %s",
        [order["order_id"]],
    )
    started = shopper.start_payment(order, key)
    assert (started.status_code, started.json()["status"]) == (201, "succeeded")
    assert f"/orders/{order['order_id']}?token=" in started.json()["redirect_url"]
    assert shopper.start_payment(order, key).json() == started.json()
    assert shopper.status(order) == "paid"
    assert event_types(database, order) == ["order_placed", "order_paid"]


def test_a_payment_whose_webhook_was_lost_is_asked_for(
    shopper: Any, database: Any, gateway: Any, new_product: Callable[[int], str]
) -> None:
    order = shopper.order(new_product(1), 1)
    payment_id = shopper.start_payment(order).json()["payment_id"]
    query = "UPDATE gateway.payments SET status = 'succeeded' WHERE payment_id = %s"
    gateway.execute(query, [payment_id])  # as if its webhook had been sent and never arrived
    query = "UPDATE shop.payments SET created_at = now() - interval '1 min' WHERE payment_id = %s"
    database.execute(query, [payment_id])
    assert shopper.settled(order, payment_id)["status"] == "succeeded"
    assert shopper.status(order) == "paid"


class Webhooks:
    """Webhooks that we make up, signed as the gateway signs them."""

    def __init__(self, settings: Settings, gateway: Any, http: httpx.Client) -> None:
        self._http = http
        self._url = f"{settings.shop_url}/api/v1/webhooks/sandbox"
        self._secret = settings.webhook_secret
        self._gateway = gateway

    def body(self, of: str, status: str, **changes: Any) -> bytes:
        row = self._gateway.execute(
            "SELECT reference, payment_id, amount, currency FROM gateway.payments"
            " WHERE payment_id = %s",
            [of],
        ).fetchone()
        payment = {**row, "status": status, "reason": None} | changes
        event = {"event_id": str(uuid.uuid4()), "type": f"payment.{status}", "payment": payment}
        return json.dumps(event, default=str).encode()

    def send(
        self, body: bytes, secret: str | None = None, age: timedelta = timedelta(0)
    ) -> httpx.Response:
        header = sign(secret or self._secret, body, datetime.now(UTC) - age)
        return self._http.post(self._url, content=body, headers={HEADER: header})


@pytest.fixture
def webhooks(settings: Settings, gateway: Any, shopper: Any) -> Webhooks:
    return Webhooks(settings, gateway, shopper.http)


def test_webhooks_twice_out_of_order_and_many_at_once_count_once(
    shopper: Any, database: Any, webhooks: Webhooks, new_product: Callable[[int], str]
) -> None:
    sku = new_product(5)
    order = shopper.order(sku, 5)
    payment_id = shopper.start_payment(order).json()["payment_id"]
    body = webhooks.body(payment_id, "succeeded")
    copies = [body] * 6 + [webhooks.body(payment_id, "succeeded") for _ in range(6)]
    with ThreadPoolExecutor(12) as pool:
        answers = Counter(answer.status_code for answer in pool.map(webhooks.send, copies))
    assert answers == {204: 12}
    late = webhooks.body(payment_id, "failed", reason="card_declined")
    assert webhooks.send(late).status_code == 204
    assert webhooks.send(webhooks.body(payment_id, "pending")).status_code == 204
    assert shopper.status(order) == "paid"
    assert movements(database, sku) == ["restock", "reservation", "sale"]
    assert event_types(database, order) == ["order_placed", "order_paid"]
    known = "SELECT count(*) AS events FROM shop.payment_events WHERE payment_id = %s"
    assert database.execute(known, [payment_id]).fetchone() == {"events": 9}


def test_a_success_after_a_failure_goes_back(
    shopper: Any,
    database: Any,
    gateway: Any,
    webhooks: Webhooks,
    new_product: Callable[[int], str],
) -> None:
    """Webhooks in the wrong order, or a bank that changed its mind: money is never kept unseen."""
    order = shopper.order(new_product(1), 1)
    payment_id = shopper.start_payment(order).json()["payment_id"]
    webhooks.send(webhooks.body(payment_id, "failed", reason="card_declined"))
    assert shopper.status(order) == "payment_failed"
    assert shopper.pay(order).outcome == "succeeded"
    gateway.execute(
        "UPDATE gateway.payments SET status = 'succeeded' WHERE payment_id = %s", [payment_id]
    )
    webhooks.send(webhooks.body(payment_id, "succeeded"))
    wait_until(lambda: shopper.payment(order, payment_id)["refund"] == "done")
    assert shopper.payment(order, payment_id)["reason"] == "paid_twice"
    assert given_back(gateway, payment_id) == [Decimal(order["total"])]
    assert event_types(database, order).count("order_paid") == 1


def test_a_webhook_that_is_not_the_gateways_changes_nothing(
    shopper: Any, webhooks: Webhooks, settings: Settings, new_product: Callable[[int], str]
) -> None:
    order = shopper.order(new_product(1), 1)
    payment_id = shopper.start_payment(order).json()["payment_id"]
    body = webhooks.body(payment_id, "succeeded")
    forged = webhooks.send(body, secret="guess")
    assert forged.json()["type"] == "/problems/webhook-rejected"
    old = webhooks.send(body, age=timedelta(seconds=330))
    ahead = webhooks.send(body, age=timedelta(seconds=-330))
    url = f"{settings.shop_url}/api/v1/webhooks"
    unsigned = shopper.http.post(f"{url}/sandbox", content=body)
    signature = sign(settings.webhook_secret, body, datetime.now(UTC))
    changed = body.replace(order["total"].encode(), b"0.01")
    altered = shopper.http.post(f"{url}/sandbox", content=changed, headers={HEADER: signature})
    answers = (forged, old, ahead, unsigned, altered, webhooks.send(b"{}"), webhooks.send(b"\xff"))
    assert [answer.status_code for answer in answers] == [400] * 7
    assert webhooks.send(b"x" * 40_000).status_code == 413
    assert shopper.http.post(f"{url}/stripe", content=body).status_code == 404
    assert webhooks.send(webhooks.body(payment_id, "succeeded", amount="0.01")).status_code == 204
    foreign = webhooks.body(payment_id, "succeeded", payment_id=str(uuid.uuid4()))
    assert webhooks.send(foreign).status_code == 204
    assert shopper.payment(order, payment_id)["status"] == "pending"
    assert shopper.status(order) == "pending_payment"


def test_twenty_attempts_at_once_pay_an_order_once(
    shopper: Any, database: Any, gateway: Any, new_product: Callable[[int], str]
) -> None:
    sku = new_product(3)
    order = shopper.order(sku, 3)
    with ThreadPoolExecutor(20) as pool:
        attempts = list(pool.map(lambda _: shopper.pay(order), range(20)))
    # A call after the payment gets an error; all others get the same page.
    assert {attempt.outcome for attempt in attempts} <= {"succeeded", 409}
    count = "SELECT count(*) AS payments FROM shop.payments WHERE order_id = %s"
    assert database.execute(count, [order["order_id"]]).fetchone() == {"payments": 1}
    taken = gateway.execute(
        "SELECT status, amount FROM gateway.payments WHERE order_number = %s",
        [order["order_number"]],
    ).fetchall()
    assert taken == [{"status": "succeeded", "amount": Decimal(order["total"])}]
    assert event_types(database, order) == ["order_placed", "order_paid"]
    assert movements(database, sku) == ["restock", "reservation", "sale"]


def test_a_refund_is_passed_on_to_the_gateway_once(
    shopper: Any, manager: Any, database: Any, gateway: Any, new_product: Callable[[int], str]
) -> None:
    order = shopper.order(new_product(4), 2)
    payment_id = shopper.pay(order).payment["payment_id"]

    def refund_a_unit() -> str:
        wanted = {
            "lines": [{"line_number": 1, "quantity": 1}],
            "reason": "broken",
            "restock": False,
        }
        path = f"/orders/{order['order_id']}/refunds"
        answer = manager.post(path, wanted).raise_for_status().json()
        return str(answer["refunds"][-1]["refund_id"])

    def row(refund_id: str) -> dict[str, Any]:
        query = "SELECT settled_at, payment_id FROM shop.refunds WHERE refund_id = %s"
        found: dict[str, Any] = database.execute(query, [refund_id]).fetchone()
        return found

    part = refund_a_unit()
    wait_until(lambda: row(part)["settled_at"] is not None)
    assert str(row(part)["payment_id"]) == payment_id
    # As if the shop had died between the gateway's answer and its own note of it.
    database.execute(
        "UPDATE shop.refunds SET settled_at = NULL, settle_tried_at = NULL WHERE refund_id = %s",
        [part],
    )
    wait_until(lambda: row(part)["settled_at"] is not None)
    rest = refund_a_unit()
    wait_until(lambda: row(rest)["settled_at"] is not None)
    # The last unit takes the shipping with it.
    assert sorted(given_back(gateway, payment_id)) == [Decimal("12.50"), Decimal("17.40")]
    assert sum(given_back(gateway, payment_id)) == Decimal(order["total"])


def test_the_gateway_answers_the_shop_only_and_sends_shoppers_nowhere_else(
    shopper: Any, settings: Settings, gateway: Any, new_product: Callable[[int], str]
) -> None:
    url = f"{settings.gateway_api_url}/v1/payments"
    secret = {"Authorization": f"Bearer {settings.gateway_secret}"}
    wanted = {
        "payment_id": str(uuid.uuid4()),
        "order_number": "SN-1",
        "amount": "5.00",
        "currency": "EUR",
        "return_url": f"{settings.shop_url}/orders/1",
        "language": "fr",
    }
    for headers in ({}, {"Authorization": "Bearer guess"}, {"Authorization": "Bearer é".encode()}):
        assert shopper.http.post(url, json=wanted, headers=headers).status_code == 401

    def create(**changes: Any) -> httpx.Response:
        return shopper.http.post(url, json=wanted | changes, headers=secret)

    for elsewhere in ("https://evil.example/", f"{settings.shop_url}.evil.example/", "//x", "x"):
        assert create(return_url=elsewhere).status_code == 422
    for amount in ("0", "-1", "1e99", "NaN", "x"):
        assert create(amount=amount).status_code == 422
    first = create()
    assert (first.status_code, create().json()) == (201, first.json())
    assert create(amount="0.01").status_code == 409
    page = first.json()["redirect_url"]
    # What a form says of money or of the way back is not even read.
    forged = {"amount": "0.01", "return_url": "https://evil.example/", "order_number": "SN-2"}
    back = shopper.http.post(page, data=card_form(GOOD_CARD) | forged)
    assert (back.status_code, back.headers["location"]) == (303, wanted["return_url"])
    taken = gateway.execute(
        "SELECT amount, order_number, card_last4 FROM gateway.payments WHERE payment_id = %s",
        [wanted["payment_id"]],
    ).fetchone()
    assert taken == {"amount": Decimal("5"), "order_number": "SN-1", "card_last4": "4242"}


def test_a_hostile_visitor_of_the_page_gets_nowhere(
    shopper: Any, new_product: Callable[[int], str]
) -> None:
    order = shopper.order(new_product(1), 1)
    started = shopper.start_payment(order, language="en").json()
    page, http = started["redirect_url"].removesuffix("?lang=en"), shopper.http
    shown = http.get(page)
    assert 'lang="en"' in shown.text
    assert "script" not in shown.text
    assert "style=" not in shown.text
    policy = shown.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert shown.headers["cache-control"] == "no-store"
    assert 'lang="fr"' in http.get(f"{page}?lang=fr").text
    assert "<script>" not in http.get(f"{page}?lang=<script>").text
    for wrong in ("4242424242424241", "1", "", "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢", "<script>", "4" * 5000):
        answer = submit_card(http, page, wrong)
        assert answer.status_code == 422
        assert f'value="{wrong}"' not in answer.text
    assert http.post(page, content=b"x" * 20_000).status_code in (413, 422)
    assert http.get(f"{page}x").status_code == 404
    assert submit_card(http, f"{page}x", GOOD_CARD).status_code == 404
    assert answer_challenge(http, page, accept=True).status_code == 303
    assert shopper.payment(order, started["payment_id"])["status"] == "pending"
