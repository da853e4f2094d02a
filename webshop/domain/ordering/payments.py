"""Paying: attempts to pay an order, and the protocol that a payment provider's adapter fulfils.

The shop never sees a card. It asks the provider for a hosted page, sends the shopper there, and
learns by webhook (or, if that got lost, by asking) what became of the payment.

    pending ── the provider took the money ──> succeeded
       │
       └── declined, given up, or the money came when it could not be used ──> failed

A payment that came too late or twice is `failed` with `refund_due_at`: the shop refunds it.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from shopnow.languages import Language

#: Why a received payment is refunded.
PAID_TOO_LATE = "paid_too_late"
PAID_TWICE = "paid_twice"


class PaymentStatus(StrEnum):
    """Where a payment stands, at the shop and at the provider."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True)
class Payment:
    """One attempt to pay an order; `reason` says why it failed.

    `redirect_url` is the provider's page, None until the provider has answered.
    """

    payment_id: uuid.UUID
    order_id: uuid.UUID
    amount: Decimal
    currency: str
    method: str
    provider: str
    status: PaymentStatus
    created_at: datetime
    reason: str | None = None
    provider_reference: str | None = None
    redirect_url: str | None = None
    refund_due_at: datetime | None = None
    refunded_at: datetime | None = None

    def succeeded(self) -> "Payment":
        """The payment once the order is paid with it."""
        return replace(self, status=PaymentStatus.SUCCEEDED, reason=None)

    def failed(self, reason: str) -> "Payment":
        """The payment once the provider said that it takes no money for it."""
        return replace(self, status=PaymentStatus.FAILED, reason=reason)

    def unusable(self, reason: str, now: datetime) -> "Payment":
        """The payment once money came that the order cannot be paid with: it goes back."""
        return replace(self, status=PaymentStatus.FAILED, reason=reason, refund_due_at=now)


@dataclass(frozen=True)
class HostedPaymentRequest:
    """What the provider's page is to ask for; `return_url` is where it sends the shopper after."""

    payment_id: uuid.UUID
    order_number: str
    amount: Decimal
    currency: str
    return_url: str
    language: Language


@dataclass(frozen=True)
class HostedPayment:
    """The provider's name for a payment, and the address of its page."""

    reference: str
    redirect_url: str


@dataclass(frozen=True)
class GatewayPayment:
    """A payment as the provider sees it; `payment_id` is the shop's, None if it is unknown here."""

    reference: str
    payment_id: uuid.UUID | None
    status: PaymentStatus
    amount: Decimal
    currency: str
    reason: str | None = None


@dataclass(frozen=True)
class GatewayEvent:
    """An authenticated event of a payment; repeated deliveries have the same `event_id`."""

    event_id: str
    payment: GatewayPayment


class PaymentGateway(Protocol):
    """A payment provider. Its calls take seconds at worst: never make one holding stock locks.

    Each raises GatewayUnavailable if the provider did not answer, and may then be repeated: the
    ids make the repetition change nothing. GatewayRefused is the provider's no.
    """

    #: Name as it stands in payments, events and the address of the webhook.
    provider: str
    #: Whether it takes test cards only and no money moves: the shop's pages say so.
    is_test: bool

    def create(self, request: HostedPaymentRequest) -> HostedPayment:
        """A page on which to pay: one for each `payment_id`."""
        ...

    def in_language(self, page_url: str, language: Language) -> str:
        """The address of a page in this language, the same one if its language is fixed."""
        ...

    def find(self, reference: str) -> GatewayPayment:
        """How the payment stands now."""
        ...

    def refund(self, payment: Payment, refund_id: uuid.UUID, amount: Decimal) -> None:
        """Refund part or all of a payment, once per `refund_id`."""
        ...

    def parse_webhook(
        self, headers: Mapping[str, str], body: bytes, now: datetime
    ) -> GatewayEvent | None:
        """The event in a webhook, None if it is not about a payment; `headers` by lower-case name.

        Raises WebhookRejected.
        """
        ...
