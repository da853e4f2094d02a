"""Paying: the protocol that a payment provider's adapter fulfils, and what a charge results in."""

import uuid
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol


@dataclass(frozen=True)
class Card:
    """Card details on their way to the provider: never stored, logged or put into an event."""

    number: str = field(repr=False)


@dataclass(frozen=True)
class Charge:
    """The provider's answer; `reason` says why it was declined, None if it succeeded."""

    succeeded: bool
    provider_reference: str
    reason: str | None = None


@dataclass(frozen=True)
class ChargeRequest:
    """What the provider is asked: charge this card this amount, once per `payment_id`."""

    payment_id: uuid.UUID
    amount: Decimal
    currency: str
    card: Card


class PaymentGateway(Protocol):
    """A payment provider."""

    #: Name as it stands in payments and events.
    provider: str

    def charge(self, request: ChargeRequest) -> Charge:
        """Charge the card once per `payment_id`, however often this is called."""
        ...


@dataclass(frozen=True)
class Payment:
    """One attempt to pay an order."""

    payment_id: uuid.UUID
    order_id: uuid.UUID
    amount: Decimal
    currency: str
    method: str
    provider: str
    charge: Charge
