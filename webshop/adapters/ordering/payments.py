"""Payments of web orders, their webhook events, and due refunds."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, extract, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql

from webshop.adapters.tables import orders, payment_events, payments, refunds
from webshop.domain.ordering.payments import GatewayEvent, HostedPayment, Payment, PaymentStatus

_COLUMNS = [payments.c[name] for name in Payment.__dataclass_fields__]

#: Polling backs off: the interval is a tenth of the payment's age.
_POLL_BACKOFF_DIVISOR = 10


@dataclass(frozen=True)
class DueRefund:
    """A refund that has not been sent to the provider yet."""

    refund_id: uuid.UUID
    amount: Decimal
    payment: Payment


def add_payment(connection: Connection, payment: Payment) -> None:
    """Store a new attempt to pay. A second pending one for an order breaks a unique index."""
    values = {name: getattr(payment, name) for name in Payment.__dataclass_fields__}
    connection.execute(insert(payments).values(values))


def get_payment(connection: Connection, payment_id: uuid.UUID) -> Payment | None:
    """The payment, None if there is none."""
    return _one(connection, payments.c.payment_id == payment_id)


def get_pending_payment(connection: Connection, order_id: uuid.UUID) -> Payment | None:
    """The payment of an order that is under way, None if there is none."""
    return _one(
        connection,
        (payments.c.order_id == order_id) & (payments.c.status == PaymentStatus.PENDING),
    )


def save_page(connection: Connection, payment_id: uuid.UUID, page: HostedPayment) -> None:
    """Write where the payment is made. The provider's answer is the same each time."""
    connection.execute(
        update(payments)
        .where(payments.c.payment_id == payment_id)
        .values(provider_reference=page.reference, redirect_url=page.redirect_url)
    )


def save_outcome(connection: Connection, payment: Payment) -> None:
    """Write what became of a payment. A second success for one order breaks a unique index."""
    connection.execute(
        update(payments)
        .where(payments.c.payment_id == payment.payment_id)
        .values(
            status=payment.status,
            reason=payment.reason,
            provider_reference=payment.provider_reference,
            refund_due_at=payment.refund_due_at,
        )
    )


def add_event(connection: Connection, provider: str, event: GatewayEvent) -> bool:
    """Store a webhook event; False if it is a duplicate."""
    added = connection.execute(
        postgresql.insert(payment_events)
        .values(
            provider=provider,
            event_id=event.event_id,
            payment_id=event.payment.payment_id,
            status=event.payment.status,
        )
        .on_conflict_do_nothing()
        .returning(payment_events.c.event_id)
    )
    return added.one_or_none() is not None


def claim_payments_to_poll(
    connection: Connection, provider: str, now: datetime, *, after: timedelta, limit: int
) -> Sequence[Payment]:
    """Pending payments without a webhook for `after` or longer, marked as polled now.

    Older payments are polled less often.
    """
    due = (
        select(payments.c.payment_id)
        .where(
            payments.c.provider == provider,
            payments.c.status == PaymentStatus.PENDING,
            payments.c.provider_reference.is_not(None),
            payments.c.created_at <= now - after,
            _is_due(payments.c.polled_at, payments.c.created_at, now, after),
        )
        .order_by(payments.c.polled_at.asc().nulls_first())
        .limit(limit)
    )
    taken = connection.execute(
        update(payments)
        .where(payments.c.payment_id.in_(due.scalar_subquery()))
        .values(polled_at=now)
        .returning(*_COLUMNS)
    )
    return [_payment(row) for row in taken]


def get_abandoned_payments(
    connection: Connection, provider: str, now: datetime, *, after: timedelta, limit: int
) -> Sequence[Payment]:
    """Pending payments without a page whose order has left the unpaid statuses meanwhile.

    Nobody can pay them: the page's address was never handed out.
    """
    rows = connection.execute(
        select(*_COLUMNS)
        .join(orders, orders.c.order_id == payments.c.order_id)
        .where(
            payments.c.provider == provider,
            payments.c.status == PaymentStatus.PENDING,
            payments.c.provider_reference.is_(None),
            payments.c.created_at <= now - after,
            orders.c.expires_at.is_(None),
        )
        .limit(limit)
    )
    return [_payment(row) for row in rows]


def claim_payments_to_refund(
    connection: Connection, provider: str, now: datetime, *, again_after: timedelta, limit: int
) -> Sequence[Payment]:
    """Payments that must be refunded, marked as tried now."""
    due = (
        select(payments.c.payment_id)
        .where(
            payments.c.provider == provider,
            payments.c.refund_due_at.is_not(None),
            payments.c.refunded_at.is_(None),
            _is_due(payments.c.refund_tried_at, payments.c.refund_due_at, now, again_after),
        )
        .order_by(payments.c.refund_tried_at.asc().nulls_first())
        .limit(limit)
    )
    taken = connection.execute(
        update(payments)
        .where(payments.c.payment_id.in_(due.scalar_subquery()))
        .values(refund_tried_at=now)
        .returning(*_COLUMNS)
    )
    return [_payment(row) for row in taken]


def mark_payment_refunded(connection: Connection, payment_id: uuid.UUID, now: datetime) -> None:
    """The provider has accepted the refund of this payment."""
    connection.execute(
        update(payments).where(payments.c.payment_id == payment_id).values(refunded_at=now)
    )


def claim_refunds_to_send(
    connection: Connection, provider: str, now: datetime, *, again_after: timedelta, limit: int
) -> Sequence[DueRefund]:
    """Refunds of web orders that were not sent to the provider yet, marked as tried now."""
    paid_with = (
        (payments.c.order_id == refunds.c.order_id)
        & (payments.c.status == PaymentStatus.SUCCEEDED)
        & (payments.c.provider == provider)
        # A card that was charged without a page was charged by nobody who could give back.
        & payments.c.redirect_url.is_not(None)
    )
    due = (
        select(refunds.c.refund_id)
        .join(payments, paid_with)
        .where(
            refunds.c.channel == "web",
            refunds.c.settled_at.is_(None),
            _is_due(refunds.c.settle_tried_at, refunds.c.refunded_at, now, again_after),
        )
        .order_by(refunds.c.settle_tried_at.asc().nulls_first())
        .limit(limit)
    )
    taken = connection.execute(
        update(refunds)
        .where(refunds.c.refund_id.in_(due.scalar_subquery()), paid_with)
        .values(settle_tried_at=now, payment_id=payments.c.payment_id)
        .returning(refunds.c.refund_id, refunds.c.amount.label("refund_amount"), *_COLUMNS)
    )
    return [DueRefund(row.refund_id, row.refund_amount, _payment(row)) for row in taken]


def mark_settled(connection: Connection, refund_id: uuid.UUID, now: datetime) -> None:
    """The provider has accepted this refund."""
    connection.execute(
        update(refunds).where(refunds.c.refund_id == refund_id).values(settled_at=now)
    )


def _is_due(
    tried_at: ColumnElement[Any], since: ColumnElement[Any], now: datetime, after: timedelta
) -> ColumnElement[bool]:
    waited, age = (extract("epoch", now - moment) for moment in (tried_at, since))
    return or_(
        tried_at.is_(None),
        waited >= func.greatest(after.total_seconds(), age / _POLL_BACKOFF_DIVISOR),
    )


def _one(connection: Connection, condition: ColumnElement[bool]) -> Payment | None:
    row = connection.execute(select(*_COLUMNS).where(condition)).one_or_none()
    return None if row is None else _payment(row)


def _payment(row: Row[Any]) -> Payment:
    values = {name: getattr(row, name) for name in Payment.__dataclass_fields__}
    return Payment(**values | {"status": PaymentStatus(row.status)})
