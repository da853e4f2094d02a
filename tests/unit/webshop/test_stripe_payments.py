"""The Stripe adapter against a local server that answers in the shapes that Stripe's API has."""

import json
import threading
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import stripe

from webshop.adapters.ordering.stripe_payments import StripeGateway, from_minor_units, minor_units
from webshop.domain.errors import GatewayRefused, GatewayUnavailable, WebhookRejected
from webshop.domain.ordering.payments import HostedPaymentRequest, Payment, PaymentStatus

SECRET = "whsec_unit"
PAYMENT_ID = uuid.UUID("0197f3c2-7b1e-4c58-9a55-000000000004")
SESSION_ID = "cs_test_a1YS1tMFlnEZNrqRTNHHKRNGXRzGTqQ5rLOGNGNS0AXbyCrHQhvNvFdCUC"


def session(**changes: Any) -> dict[str, Any]:
    """A Checkout Session as the API answers, shortened by what we never read."""
    return {
        "id": SESSION_ID,
        "object": "checkout.session",
        "amount_subtotal": 3750,
        "amount_total": 3750,
        "cancel_url": "http://shop.test/orders/1",
        "client_reference_id": str(PAYMENT_ID),
        "created": 1763800000,
        "currency": "eur",
        "customer": None,
        "expires_at": 1763886400,
        "livemode": False,
        "locale": "fr",
        "metadata": {"order_number": "SN-2026-000001"},
        "mode": "payment",
        "payment_intent": None,
        "payment_status": "unpaid",
        "status": "open",
        "success_url": "http://shop.test/orders/1",
        "url": f"https://checkout.stripe.com/c/pay/{SESSION_ID}#fid",
    } | changes


PAID = {"status": "complete", "payment_status": "paid", "payment_intent": "pi_3MtwBwLkdIwHu7ix"}


def refund_object(refund_id: uuid.UUID, amount: int) -> dict[str, Any]:
    return {
        "id": "re_1Nispe2eZvKYlo2Cd31jOCgZ",
        "object": "refund",
        "amount": amount,
        "currency": "eur",
        "metadata": {"refund_id": str(refund_id)},
        "payment_intent": PAID["payment_intent"],
        "status": "succeeded",
    }


class FakeStripe:
    """Answers by method and path, and keeps what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, dict[str, Any]]] = {}
        self.asked: list[tuple[str, dict[str, list[str]], dict[str, str]]] = []
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def _answer(self) -> None:
                url = urlsplit(self.path)
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                call = f"{self.command} {url.path}"
                fake.asked.append((call, parse_qs(body or url.query), dict(self.headers)))
                status, answer = fake.answers[call]
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(answer).encode())

            do_GET = do_POST = _answer

            def log_message(self, *_args: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()


@pytest.fixture
def fake() -> Iterator[FakeStripe]:
    fake = FakeStripe()
    yield fake
    fake.server.shutdown()
    fake.server.server_close()


@pytest.fixture
def gateway(fake: FakeStripe) -> StripeGateway:
    return StripeGateway("sk_test_unit", SECRET, fake.url)


@pytest.fixture
def payment() -> Payment:
    return Payment(
        payment_id=PAYMENT_ID,
        order_id=uuid.uuid4(),
        amount=Decimal("37.50"),
        currency="EUR",
        method="card",
        provider="stripe",
        status=PaymentStatus.SUCCEEDED,
        created_at=datetime.now(UTC),
        provider_reference=SESSION_ID,
    )


def test_a_payment_is_a_checkout_session_made_once(
    fake: FakeStripe, gateway: StripeGateway
) -> None:
    fake.answers["POST /v1/checkout/sessions"] = (200, session())
    request = HostedPaymentRequest(
        PAYMENT_ID, "SN-2026-000001", Decimal("37.50"), "EUR", "http://shop.test/orders/1", "fr"
    )
    page = gateway.create(request)
    assert page.reference == SESSION_ID
    assert page.redirect_url.startswith("https://checkout.stripe.com/")
    assert gateway.in_language(page.redirect_url, "en") == page.redirect_url
    [(_, form, headers)] = fake.asked
    assert form["client_reference_id"] == [str(PAYMENT_ID)]
    assert form["line_items[0][price_data][unit_amount]"] == ["3750"]
    assert form["line_items[0][price_data][currency]"] == ["eur"]
    assert form["success_url"] == form["cancel_url"] == ["http://shop.test/orders/1"]
    assert headers["Idempotency-Key"] == f"payment-{PAYMENT_ID}"
    assert headers["Authorization"] == "Bearer sk_test_unit"


@pytest.mark.parametrize(
    ("changes", "status", "reason"),
    [
        ({}, PaymentStatus.PENDING, None),
        ({"status": "complete"}, PaymentStatus.PENDING, None),
        (PAID, PaymentStatus.SUCCEEDED, None),
        ({"status": "expired"}, PaymentStatus.FAILED, "expired"),
    ],
)
def test_how_a_session_stands(
    fake: FakeStripe,
    gateway: StripeGateway,
    changes: dict[str, Any],
    status: PaymentStatus,
    reason: str | None,
) -> None:
    fake.answers[f"GET /v1/checkout/sessions/{SESSION_ID}"] = (200, session(**changes))
    found = gateway.find(SESSION_ID)
    assert (found.payment_id, found.status, found.reason) == (PAYMENT_ID, status, reason)
    assert (found.amount, found.currency) == (Decimal("37.5"), "EUR")


def test_a_refund_goes_to_the_payment_intent_and_only_once(
    fake: FakeStripe, gateway: StripeGateway, payment: Payment
) -> None:
    refund_id = uuid.uuid4()
    listed: dict[str, Any] = {"object": "list", "data": [], "has_more": False, "url": "/v1/refunds"}
    fake.answers = {
        f"GET /v1/checkout/sessions/{SESSION_ID}": (200, session(**PAID)),
        "GET /v1/refunds": (200, listed),
        "POST /v1/refunds": (200, refund_object(refund_id, 1250)),
    }
    gateway.refund(payment, refund_id, Decimal("12.50"))
    call, form, headers = fake.asked[-1]
    assert call == "POST /v1/refunds"
    assert (form["payment_intent"], form["amount"]) == ([PAID["payment_intent"]], ["1250"])
    assert headers["Idempotency-Key"] == f"refund-{refund_id}"

    # A day later Stripe has forgotten the key, but not the refund.
    listed["data"] = [refund_object(refund_id, 1250)]
    gateway.refund(payment, refund_id, Decimal("12.50"))
    assert [call for call, _, _ in fake.asked].count("POST /v1/refunds") == 1


def test_a_session_that_was_not_paid_has_nothing_to_give_back(
    fake: FakeStripe, gateway: StripeGateway, payment: Payment
) -> None:
    fake.answers[f"GET /v1/checkout/sessions/{SESSION_ID}"] = (200, session())
    with pytest.raises(GatewayRefused, match="not paid"):
        gateway.refund(payment, uuid.uuid4(), Decimal("1.00"))


def test_stripes_no_and_stripes_absence_are_told_apart(
    fake: FakeStripe, gateway: StripeGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = {
        "error": {
            "code": "resource_missing",
            "message": f"No such checkout.session: {SESSION_ID}",
            "type": "invalid_request_error",
        }
    }
    fake.answers[f"GET /v1/checkout/sessions/{SESSION_ID}"] = (404, error)
    with pytest.raises(GatewayRefused, match="No such"):
        gateway.find(SESSION_ID)
    monkeypatch.setattr("webshop.adapters.ordering.stripe_payments.RETRIES", 0)
    fake.answers[f"GET /v1/checkout/sessions/{SESSION_ID}"] = (
        503,
        {"error": {"type": "api_error", "message": "away"}},
    )
    with pytest.raises(GatewayUnavailable):
        StripeGateway("sk_test_unit", SECRET, fake.url).find(SESSION_ID)
    with pytest.raises(GatewayUnavailable):
        StripeGateway("sk_test_unit", SECRET, "http://127.0.0.1:9").find(SESSION_ID)


def webhook(kind: str, secret: str = SECRET, at: float = 0, **changes: Any) -> tuple[Any, bytes]:
    body = json.dumps(
        {
            "id": "evt_1NG8Du2eZvKYlo2CUI79vXWy",
            "object": "event",
            "api_version": "2026-10-28",
            "created": 1763800100,
            "data": {"object": session(**changes)},
            "livemode": False,
            "type": kind,
        }
    )
    header = stripe.WebhookSignature.generate_signature_header(body, secret, int(time.time() + at))
    return {"stripe-signature": header}, body.encode()


@pytest.mark.parametrize(
    ("kind", "changes", "status"),
    [
        ("checkout.session.completed", PAID, PaymentStatus.SUCCEEDED),
        ("checkout.session.completed", {"status": "complete"}, PaymentStatus.PENDING),
        ("checkout.session.async_payment_succeeded", PAID, PaymentStatus.SUCCEEDED),
        ("checkout.session.async_payment_failed", {"status": "complete"}, PaymentStatus.FAILED),
        ("checkout.session.expired", {"status": "expired"}, PaymentStatus.FAILED),
    ],
)
def test_a_webhook_tells_of_a_session(
    gateway: StripeGateway, kind: str, changes: dict[str, Any], status: PaymentStatus
) -> None:
    event = gateway.parse_webhook(*webhook(kind, **changes), datetime.now(UTC))
    assert event is not None
    assert event.event_id == "evt_1NG8Du2eZvKYlo2CUI79vXWy"
    assert (event.payment.payment_id, event.payment.status) == (PAYMENT_ID, status)


def test_news_of_something_else_is_no_news(gateway: StripeGateway) -> None:
    now = datetime.now(UTC)
    assert gateway.parse_webhook(*webhook("payment_intent.created"), now) is None
    subscription = webhook("checkout.session.completed", mode="subscription")
    assert gateway.parse_webhook(*subscription, now) is None
    foreign = webhook("checkout.session.completed", client_reference_id="theirs", **PAID)
    event = gateway.parse_webhook(*foreign, now)
    assert event is not None
    assert event.payment.payment_id is None


def test_a_forged_old_or_padded_webhook_is_rejected(gateway: StripeGateway) -> None:
    now, kind = datetime.now(UTC), "checkout.session.completed"
    headers, body = webhook(kind, **PAID)
    with pytest.raises(WebhookRejected, match="wrong"):
        gateway.parse_webhook(*webhook(kind, secret="whsec_other"), now)
    with pytest.raises(WebhookRejected, match="wrong"):
        gateway.parse_webhook(headers, body.replace(b"3750", b"0001"), now)
    with pytest.raises(WebhookRejected, match="missing"):
        gateway.parse_webhook({}, body, now)
    for shift in (-301, 310):
        with pytest.raises(WebhookRejected, match="old"):
            gateway.parse_webhook(*webhook(kind, at=shift, **PAID), now)
    # A recorded signature does not become fresh by a second time in front of it or behind.
    old_headers, old_body = webhook(kind, at=-4000, **PAID)
    fresh = f"t={int(time.time())}"
    for header in (
        f"{fresh},{old_headers['stripe-signature']}",
        f"{old_headers['stripe-signature']},{fresh}",
    ):
        with pytest.raises(WebhookRejected):
            gateway.parse_webhook({"stripe-signature": header}, old_body, now)


@pytest.mark.parametrize(
    ("amount", "currency", "units"),
    [("37.50", "EUR", 3750), ("0.01", "USD", 1), ("500", "JPY", 500), ("1.230", "KWD", 1230)],
)
def test_amounts_in_the_smallest_unit(amount: str, currency: str, units: int) -> None:
    assert minor_units(Decimal(amount), currency) == units
    assert from_minor_units(units, currency) == Decimal(amount)


def test_half_a_cent_cannot_be_charged() -> None:
    with pytest.raises(GatewayRefused, match="smallest unit"):
        minor_units(Decimal("1.005"), "EUR")


@pytest.mark.parametrize(("key", "secret"), [("", "whsec"), ("sk", "")])
def test_without_its_secrets_there_is_no_gateway(key: str, secret: str) -> None:
    with pytest.raises(ValueError, match="SHOPNOW_STRIPE"):
        StripeGateway(key, secret, "https://api.stripe.com")
