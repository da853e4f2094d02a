"""Payments and refunds of the gateway; each change and its webhook are one transaction."""

import json
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy.dialects import postgresql

from webshop.sandbox_gateway.cards import Behaviour, Card
from webshop.sandbox_gateway.tables import payments, refunds, webhooks

#: Unsettled payments are closed after this: nobody comes back to their pages.
LIFETIME = timedelta(hours=24)

UNSETTLED_STATUSES = frozenset({"open", "challenged", "processing"})


class Refused(Exception):
    """A call that breaks a rule of the gateway; the message says which."""


@dataclass(frozen=True)
class NewPayment:
    """What the shop wants to be paid; fixed from here on."""

    payment_id: uuid.UUID
    order_number: str
    amount: Decimal
    currency: str
    return_url: str
    language: str


@dataclass(frozen=True)
class Payment:
    """A payment; `status` is one of `tables.STATUSES`."""

    reference: str
    payment_id: uuid.UUID
    order_number: str
    amount: Decimal
    currency: str
    return_url: str
    language: str
    status: str
    reason: str | None
    card_last4: str | None

    @property
    def view(self) -> dict[str, Any]:
        """As the shop sees it."""
        return {
            "reference": self.reference,
            "payment_id": str(self.payment_id),
            "status": "pending" if self.status in UNSETTLED_STATUSES else self.status,
            "amount": str(self.amount),
            "currency": self.currency,
            "reason": self.reason,
        }


_COLUMNS = [payments.c[name] for name in Payment.__dataclass_fields__]


def _payment(row: Row[Any]) -> Payment:
    return Payment(**row._mapping)


def create_payment(connection: Connection, wanted: NewPayment) -> Payment:
    """The payment with this `payment_id`, made if it is not there.

    Raises Refused if it is there for another order, amount or currency.
    """
    connection.execute(
        postgresql.insert(payments)
        .values(reference=f"pay_{secrets.token_urlsafe(24)}", **vars(wanted))
        .on_conflict_do_nothing(index_elements=["payment_id"])
    )
    row = connection.execute(
        select(*_COLUMNS).where(payments.c.payment_id == wanted.payment_id)
    ).one()
    found = _payment(row)
    fixed = ("order_number", "amount", "currency", "return_url")
    if any(getattr(found, name) != getattr(wanted, name) for name in fixed):
        raise Refused(f"Payment {wanted.payment_id} exists for something else.")
    return found


def get_payment(connection: Connection, reference: str, *, lock: bool = False) -> Payment | None:
    """The payment, None if there is none; `lock` holds it until the commit."""
    statement = select(*_COLUMNS).where(payments.c.reference == reference)
    row = connection.execute(statement.with_for_update() if lock else statement).one_or_none()
    return None if row is None else _payment(row)


def use_card(
    connection: Connection, payment: Payment, card: Card, now: datetime, late: timedelta
) -> None:
    """Try to pay an open, locked payment with a card."""
    keep = {"card_last4": card.last4}
    match card.behaviour:
        case Behaviour.SUCCESS:
            _settle(connection, payment, "succeeded", None, **keep)
        case Behaviour.DECLINE:
            _settle(connection, payment, "failed", card.decline_reason, **keep)
        case Behaviour.CHALLENGE:
            _change(connection, payment, {"status": "challenged", **keep})
        case Behaviour.TIMEOUT:
            _change(connection, payment, {"status": "processing", **keep})
        case Behaviour.LATE:
            answer_at = now + late
            _change(connection, payment, {"status": "processing", "answer_at": answer_at, **keep})


def answer_challenge(connection: Connection, payment: Payment, *, accepted: bool) -> None:
    """Settle a challenged, locked payment as the shopper answered the bank."""
    if accepted:
        _settle(connection, payment, "succeeded", None)
    else:
        _settle(connection, payment, "failed", "authentication_failed")


def give_up(connection: Connection, payment: Payment) -> None:
    """Close an open or challenged, locked payment: the shopper went back."""
    _settle(connection, payment, "failed", "given_up")


def process_due_payments(connection: Connection, now: datetime) -> int:
    """Settle payments that the banks have answered, and close expired ones; return how many."""
    waiting = select(*_COLUMNS).with_for_update(skip_locked=True).limit(100)
    answered = connection.execute(
        waiting.where(payments.c.status == "processing", payments.c.answer_at <= now)
    ).all()
    for row in answered:
        _settle(connection, _payment(row), "succeeded", None)
    old = connection.execute(
        waiting.where(
            payments.c.status.in_(sorted(UNSETTLED_STATUSES)),
            payments.c.created_at <= now - LIFETIME,
        )
    ).all()
    for row in old:
        _settle(connection, _payment(row), "failed", "expired")
    return len(answered) + len(old)


def refund_payment(
    connection: Connection, payment: Payment, refund_id: uuid.UUID, amount: Decimal
) -> None:
    """Refund part of a locked payment, once per `refund_id`.

    Raises Refused if it was not paid, or more would be refunded than was paid.
    """
    known = connection.execute(
        select(refunds.c.reference, refunds.c.amount).where(refunds.c.refund_id == refund_id)
    ).one_or_none()
    if known is not None:
        if tuple(known) != (payment.reference, amount):
            raise Refused(f"Refund {refund_id} exists for something else.")
        return
    if payment.status != "succeeded":
        raise Refused(
            f"Payment {payment.reference} is {payment.status}: there is nothing to refund."
        )
    given = connection.execute(
        select(func.coalesce(func.sum(refunds.c.amount), 0)).where(
            refunds.c.reference == payment.reference
        )
    ).scalar_one()
    if given + amount > payment.amount:
        raise Refused(f"Of {payment.amount}, {given} went back already: {amount} is too much.")
    connection.execute(
        insert(refunds).values(refund_id=refund_id, reference=payment.reference, amount=amount)
    )


def _settle(
    connection: Connection, payment: Payment, status: str, reason: str | None, **fields: Any
) -> None:
    settled = _change(connection, payment, {"status": status, "reason": reason, **fields})
    event_id = uuid.uuid4()
    body = {"event_id": str(event_id), "type": f"payment.{status}", "payment": settled.view}
    connection.execute(
        insert(webhooks).values(
            event_id=event_id, reference=payment.reference, body=json.dumps(body)
        )
    )


def _change(connection: Connection, payment: Payment, values: Mapping[str, Any]) -> Payment:
    row = connection.execute(
        update(payments)
        .where(payments.c.reference == payment.reference)
        .values(**values)
        .returning(*_COLUMNS)
    ).one()
    return _payment(row)
