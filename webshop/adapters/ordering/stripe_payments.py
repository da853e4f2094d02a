"""Stripe as the payment provider: Checkout Sessions, whose page Stripe hosts.

The session is the payment's reference, and carries our payment's id as `client_reference_id`. A
decline leaves the session open, as Stripe lets the shopper try another card on the same page.

https://docs.stripe.com/api/checkout/sessions, /api/refunds, /webhooks/signature
"""

import json
import re
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

import stripe
from stripe import StripeClient

from shopnow.languages import Language
from webshop.domain.errors import GatewayRefused, GatewayUnavailable, WebhookRejected
from webshop.domain.ordering.payments import (
    GatewayEvent,
    GatewayPayment,
    HostedPayment,
    HostedPaymentRequest,
    Payment,
    PaymentStatus,
)

Result = TypeVar("Result")

#: One call, seconds, and how often the client repeats one that got no answer.
TIMEOUT_S = 8
RETRIES = 2
#: How old a webhook may be, seconds.
TOLERANCE_S = 300

#: Currencies without a minor unit, and those with three decimals, of which Stripe takes two.
#: https://docs.stripe.com/currencies#zero-decimal
_NO_DECIMALS = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA"}
    | {"PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"}
)
_THREE_DECIMALS = frozenset({"BHD", "JOD", "KWD", "OMR", "TND"})

_SESSION_EVENTS = frozenset(
    {
        "checkout.session.completed",
        "checkout.session.async_payment_succeeded",
        "checkout.session.async_payment_failed",
        "checkout.session.expired",
    }
)
#: How the keys of Stripe's test mode begin, secret and restricted. https://docs.stripe.com/keys
_TEST_KEYS = ("sk_test_", "rk_test_")
_SIGNATURE = re.compile(r"t=(\d{1,12})(?:,v[01]=[0-9a-f]{64})+")
_UNAVAILABLE_ERRORS = (stripe.APIConnectionError, stripe.RateLimitError, stripe.APIError)


def minor_units(amount: Decimal, currency: str) -> int:
    """The amount in the currency's minor unit, as Stripe expects it.

    Raises GatewayRefused for an amount that is no whole number of them.
    """
    units = amount * _factor(currency)
    if units != units.to_integral_value():
        raise GatewayRefused(f"{amount} {currency} is not a whole number of the smallest unit.")
    return int(units)


def from_minor_units(units: int, currency: str) -> Decimal:
    """The amount that Stripe counts as `units`."""
    return Decimal(units) / _factor(currency)


def _factor(currency: str) -> int:
    if currency in _NO_DECIMALS:
        return 1
    return 1000 if currency in _THREE_DECIMALS else 100


class StripeGateway:
    """Payments at Stripe. Raises ValueError if one of its two secrets is missing."""

    provider = "stripe"

    def __init__(self, api_key: str, webhook_secret: str, api_url: str) -> None:
        if not api_key or not webhook_secret:
            raise ValueError(
                "SHOPNOW_STRIPE_API_KEY or SHOPNOW_STRIPE_WEBHOOK_SECRET is not set: both are in "
                "Stripe's dashboard."
            )
        self.is_test = api_key.startswith(_TEST_KEYS)
        self._webhook_secret = webhook_secret
        self._client = StripeClient(
            api_key,
            base_addresses={"api": api_url},
            max_network_retries=RETRIES,
            http_client=stripe.RequestsClient(timeout=TIMEOUT_S),
        )

    def create(self, request: HostedPaymentRequest) -> HostedPayment:
        """A Checkout Session; the idempotency key makes it one for each payment."""
        session = _call_stripe(
            lambda: self._client.v1.checkout.sessions.create(
                {
                    "mode": "payment",
                    "client_reference_id": str(request.payment_id),
                    "line_items": [
                        {
                            "quantity": 1,
                            "price_data": {
                                "currency": request.currency.lower(),
                                "unit_amount": minor_units(request.amount, request.currency),
                                "product_data": {"name": request.order_number},
                            },
                        }
                    ],
                    "locale": request.language,
                    "success_url": request.return_url,
                    "cancel_url": request.return_url,
                    "metadata": {"order_number": request.order_number},
                },
                {"idempotency_key": f"payment-{request.payment_id}"},
            )
        )
        if not session.url:
            raise GatewayRefused(f"Stripe's session {session.id} has no page.")
        return HostedPayment(session.id, session.url)

    def in_language(self, page_url: str, language: Language) -> str:  # noqa: ARG002 - see PaymentGateway
        """The same page: a session keeps the language in which it was made."""
        return page_url

    def find(self, reference: str) -> GatewayPayment:
        """How the session stands now."""
        session = _call_stripe(lambda: self._client.v1.checkout.sessions.retrieve(reference))
        return _to_gateway_payment(session.to_dict())

    def refund(self, payment: Payment, refund_id: uuid.UUID, amount: Decimal) -> None:
        """Refund part or all of a payment.

        Stripe drops idempotency keys after a day or more, so a refund carries its id too.
        """
        reference = payment.provider_reference or ""
        session = _call_stripe(lambda: self._client.v1.checkout.sessions.retrieve(reference))
        intent = session.payment_intent
        if intent is None:
            raise GatewayRefused(f"Stripe's session {reference} was not paid.")
        paid_with = intent if isinstance(intent, str) else intent.id
        known = _call_stripe(
            lambda: list(
                self._client.v1.refunds.list(
                    {"payment_intent": paid_with, "limit": 100}
                ).auto_paging_iter()
            )
        )
        ids = {refund.metadata.to_dict().get("refund_id") for refund in known if refund.metadata}
        if str(refund_id) in ids:
            return
        _call_stripe(
            lambda: self._client.v1.refunds.create(
                {
                    "payment_intent": paid_with,
                    "amount": minor_units(amount, payment.currency),
                    "metadata": {"refund_id": str(refund_id)},
                },
                {"idempotency_key": f"refund-{refund_id}"},
            )
        )

    def parse_webhook(
        self, headers: Mapping[str, str], body: bytes, now: datetime
    ) -> GatewayEvent | None:
        """The event of a session; None for other events."""
        signature = headers.get("stripe-signature", "")
        signed_at = _SIGNATURE.fullmatch(signature)
        if signed_at is None:
            raise WebhookRejected("The signature is missing or malformed.")
        try:
            stripe.WebhookSignature.verify_header(body, signature, self._webhook_secret)
            event = json.loads(body)
            kind, event_id, session = event["type"], event["id"], event["data"]["object"]
            is_payment_event = kind in _SESSION_EVENTS and session["mode"] == "payment"
            failed = kind == "checkout.session.async_payment_failed"
            reported = (
                _to_gateway_payment(session, bank_refused=failed) if is_payment_event else None
            )
        except stripe.SignatureVerificationError as error:
            raise WebhookRejected("The signature is wrong.") from error
        except (ValueError, KeyError, TypeError) as error:
            raise WebhookRejected("The webhook is signed but cannot be parsed.") from error
        if abs(now.timestamp() - int(signed_at[1])) > TOLERANCE_S:
            raise WebhookRejected("The signature is too old, or one of the two clocks is wrong.")
        return None if reported is None else GatewayEvent(event_id, reported)


def _to_gateway_payment(
    session: Mapping[str, Any], *, bank_refused: bool = False
) -> GatewayPayment:
    currency = session["currency"].upper()
    status, reason = PaymentStatus.PENDING, None
    if session["payment_status"] == "paid":
        status = PaymentStatus.SUCCEEDED
    elif bank_refused or session["status"] == "expired":
        status = PaymentStatus.FAILED
        reason = "card_declined" if bank_refused else "expired"
    return GatewayPayment(
        reference=session["id"],
        payment_id=_payment_id(session["client_reference_id"]),
        status=status,
        amount=from_minor_units(session["amount_total"], currency),
        currency=currency,
        reason=reason,
    )


def _payment_id(reference: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(reference)
    except (TypeError, ValueError):
        return None  # a session that another application created in the same account


def _call_stripe(call: Callable[[], Result]) -> Result:
    try:
        return call()
    except _UNAVAILABLE_ERRORS as error:
        raise GatewayUnavailable(
            f"Stripe does not answer ({type(error).__name__}): try again."
        ) from error
    except stripe.StripeError as error:
        raise GatewayRefused(f"Stripe refused: {error.user_message or error.code}") from error
