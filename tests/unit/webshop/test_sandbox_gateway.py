"""The sandbox gateway's cards and signatures, and the webhooks that the shop's adapter reads."""

import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient

from webshop.adapters.ordering.sandbox_payments import SandboxGateway
from webshop.api.http.tokens import order_token
from webshop.api.ordering import payments
from webshop.bootstrap import Shop
from webshop.domain.errors import WebhookRejected
from webshop.domain.ordering.carts import CartItem
from webshop.domain.ordering.orders import Order
from webshop.domain.ordering.payments import Payment, PaymentStatus
from webshop.sandbox_gateway.cards import TEST_CARDS, Behaviour, read_card
from webshop.sandbox_gateway.signature import HEADER, TOLERANCE_S, BadSignature, sign, verify
from webshop.sandbox_gateway.texts import BEHAVIOURS
from webshop.services.ordering import payment_page

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
CARD = {"card_number": "4242 4242 4242 4242", "card_expiry": "11/26", "card_cvc": "123"}


@pytest.mark.parametrize(
    ("number", "behaviour", "reason"),
    [
        ("4242424242424242", Behaviour.SUCCESS, "card_declined"),
        ("4000-0000-0000-0002", Behaviour.DECLINE, "card_declined"),
        ("4000000000003220", Behaviour.CHALLENGE, "card_declined"),
        ("4000000000000119", Behaviour.TIMEOUT, "card_declined"),
        ("4000000000000259", Behaviour.LATE, "card_declined"),
        ("5555555555554444", Behaviour.DECLINE, "not_a_test_card"),
    ],
)
def test_a_card_does_what_it_is_for(number: str, behaviour: Behaviour, reason: str) -> None:
    card, errors = read_card(CARD | {"card_number": number}, TODAY)
    assert card is not None
    assert (errors, card.behaviour, card.decline_reason) == ({}, behaviour, reason)
    assert card.last4 == number[-4:]
    assert number[:8] not in repr(card)


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"card_number": "4242424242424241"}, {"card_number": "number_wrong"}),
        ({"card_number": "4242"}, {"card_number": "number_digits"}),
        ({"card_number": "4" * 10_000}, {"card_number": "number_digits"}),
        ({"card_number": "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢"}, {"card_number": "number_digits"}),
        ({"card_expiry": "10/26"}, {"card_expiry": "expiry_past"}),
        ({"card_expiry": "13/30"}, {"card_expiry": "expiry_form"}),
        ({"card_expiry": "2030-01"}, {"card_expiry": "expiry_form"}),
        ({"card_cvc": "12"}, {"card_cvc": "cvc_form"}),
        ({"card_cvc": "12345"}, {"card_cvc": "cvc_form"}),
    ],
)
def test_a_wrong_field_is_named(changes: dict[str, str], errors: dict[str, str]) -> None:
    assert read_card(CARD | changes, TODAY) == (None, errors)


def test_an_empty_form_names_every_field() -> None:
    card, errors = read_card({}, TODAY)
    assert (card, set(errors)) == (None, set(CARD))


def test_what_a_test_card_does_has_a_text() -> None:
    assert set(BEHAVIOURS) == {card.value for card in TEST_CARDS.values()}


def test_a_signature_holds_for_its_body_secret_and_time() -> None:
    header = sign("secret", b"body", NOW)
    verify("secret", header, b"body", NOW)
    verify("secret", header, b"body", NOW + timedelta(seconds=TOLERANCE_S))
    old = NOW + timedelta(seconds=TOLERANCE_S + 1)
    seconds, digest = header.removeprefix("t=").split(",v1=")
    for wrong in (
        ("other", header, b"body", NOW),
        ("secret", header, b"Body", NOW),
        ("secret", header, b"body", old),
        ("secret", header, b"body", NOW - timedelta(seconds=TOLERANCE_S + 1)),
        # A fresh time on an old signature: the time is signed too.
        ("secret", f"t={int(old.timestamp())},v1={digest}", b"body", old),
        ("secret", f"t={int(old.timestamp())},{header}", b"body", old),
        ("secret", f"v1={digest},t={seconds}", b"body", NOW),
        ("secret", "", b"body", NOW),
        ("secret", None, b"body", NOW),
        ("secret", f"t={seconds},v1=é", b"body", NOW),
        ("secret", f"t={'9' * 40},v1={digest}", b"body", NOW),
    ):
        with pytest.raises(BadSignature):
            verify(*wrong)


def event(**changes: Any) -> bytes:
    payment = {
        "reference": "pay_1",
        "payment_id": str(uuid.UUID(int=1)),
        "status": "succeeded",
        "amount": "25.0000",
        "currency": "EUR",
        "reason": None,
    }
    return json.dumps({"event_id": "1", "type": "x", "payment": payment | changes}).encode()


def parse(body: bytes) -> Any:
    gateway = SandboxGateway("http://127.0.0.1:1", "one", "two")
    return gateway.parse_webhook({HEADER.lower(): sign("two", body, NOW)}, body, NOW)


def test_a_webhook_is_read_with_exact_amounts() -> None:
    parsed = parse(event())
    assert (parsed.event_id, parsed.payment.status) == ("1", PaymentStatus.SUCCEEDED)
    assert (parsed.payment.payment_id, parsed.payment.amount) == (uuid.UUID(int=1), Decimal("25"))


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"\xff", b"{}", event(status="won"), event(amount="x"), b"[" * 20_000]
)
def test_a_signed_webhook_that_makes_no_sense_is_rejected(body: bytes) -> None:
    with pytest.raises(WebhookRejected):
        parse(body)


@pytest.mark.parametrize("missing", [("", "two"), ("one", "")])
def test_without_its_secrets_there_is_no_gateway(missing: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="SHOPNOW_GATEWAY_SECRET"):
        SandboxGateway("http://127.0.0.1:1", *missing)


def test_the_shop_takes_no_card_any_more(http: FlaskClient) -> None:
    order_id = uuid.uuid4()
    with http.application.app_context():
        headers = {"X-Order-Token": order_token(order_id), "Idempotency-Key": "one"}
    url = f"/api/v1/orders/{order_id}/payments"
    for body in ({"card_number": "4242424242424242"}, {"amount": "0.01"}, {"language": "de"}):
        assert http.post(url, json=body, headers=headers).status_code == 422


@pytest.mark.parametrize(
    ("body", "address"),
    [({}, ""), ({"language": "fr"}, "?lang=fr"), ({"language": "en"}, "?lang=en")],
)
def test_a_page_that_is_opened_again_is_in_the_language_asked_for_now(
    http: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    order_of: Callable[..., Order],
    mug: CartItem,
    body: dict[str, str],
    address: str,
) -> None:
    @contextmanager
    def transaction(shop: Shop) -> Iterator[None]:
        yield

    order, page = order_of(mug), "http://gateway.test/pay/pay_1"
    payment = Payment(
        payment_id=uuid.UUID(int=1),
        order_id=order.order_id,
        amount=order.total,
        currency=order.currency,
        method="card",
        provider="sandbox",
        status=PaymentStatus.PENDING,
        created_at=NOW,
        provider_reference="pay_1",
        redirect_url=page,
    )
    monkeypatch.setattr(Shop, "transaction", transaction)
    monkeypatch.setattr(payments, "respond_once", lambda _connection, _call, start: start())
    monkeypatch.setattr(payments, "start_payment", lambda *_: (order, payment))
    monkeypatch.setattr(payment_page, "require_order", lambda *_: order)
    monkeypatch.setattr(payment_page, "require_payment", lambda *_: payment)
    with http.application.app_context():
        headers = {"X-Order-Token": order_token(order.order_id), "Idempotency-Key": "one"}
    url = f"/api/v1/orders/{order.order_id}/payments"
    started = http.post(url, json=body, headers=headers)
    assert (started.status_code, started.json["redirect_url"]) == (201, page + address)


def test_a_webhook_without_a_signature_reaches_nothing(http: FlaskClient) -> None:
    url = "/api/v1/webhooks/sandbox"
    answer = http.post(url, data=event())
    assert (answer.status_code, answer.json["type"]) == (400, "/problems/webhook-rejected")
    assert http.post(url, data=b"x" * 33_000).status_code == 413
    assert http.post("/api/v1/webhooks/stripe", data=event()).status_code == 404
