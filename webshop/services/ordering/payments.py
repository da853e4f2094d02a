"""Paying an order at a payment provider, safe against crashes.

Each function with a connection is one transaction, which the caller opens, and takes its locks in
the order of all services: order, then stock by sku. The provider is never called within one: a
payment is committed as pending first, and every call is idempotent.
"""

import logging
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from webshop.adapters.catalogue.stock import lock_levels
from webshop.adapters.messaging.outbox import write_outbox
from webshop.adapters.ordering.orders import save_status
from webshop.adapters.ordering.payments import (
    add_event,
    add_payment,
    get_payment,
    get_pending_payment,
    save_outcome,
)
from webshop.domain.catalogue.stock import StockChange, release, reserve, sell_reserved
from webshop.domain.errors import NotFound
from webshop.domain.messaging.events import payment_settled
from webshop.domain.money import ZERO
from webshop.domain.ordering.orders import Order
from webshop.domain.ordering.payments import (
    PAID_TOO_LATE,
    PAID_TWICE,
    GatewayEvent,
    GatewayPayment,
    Payment,
    PaymentStatus,
)
from webshop.services.catalogue.stock import record_changes
from webshop.services.messaging.order_mails import queue_confirmed_email
from webshop.services.ordering.orders import require_order

log = logging.getLogger(__name__)


def start_payment(
    connection: Connection, order_id: uuid.UUID, provider: str, now: datetime
) -> tuple[Order, Payment]:
    """The pending payment of an order that holds its stock: the existing one, or a new one.

    An order with a total of zero is paid immediately. After a decline the stock is reserved again
    first. Raises NotFound, TransitionRefused, OrderExpired or OutOfStock; then nothing has changed.
    """
    order = require_order(connection, order_id, lock=True)
    order.require_payable(now)
    under_way = get_pending_payment(connection, order_id)
    if under_way is not None and under_way.provider == provider:
        return order, under_way
    if under_way is not None:
        # The shop has changed its provider. If the old one is still paid, it is refunded.
        left = under_way.failed("provider_changed")
        save_outcome(connection, left)
        write_outbox(connection, [payment_settled(left, now)])
    if not order.holds_stock:
        levels = lock_levels(connection, order.stocked_units)
        changes = reserve(levels, order.stocked_units, order.order_number)
        order = order.awaiting_payment()
        save_status(connection, order)
        record_changes(connection, changes, now)
    payment = Payment(
        payment_id=uuid.uuid4(),
        order_id=order_id,
        amount=order.total,
        currency=order.currency,
        method="card",
        provider=provider,
        status=PaymentStatus.PENDING,
        created_at=now,
    )
    add_payment(connection, payment)
    if order.total == ZERO:
        # Providers do not accept an amount of zero.
        return _sell(connection, order, payment, now)
    return order, payment


def require_payment(connection: Connection, order_id: uuid.UUID, payment_id: uuid.UUID) -> Payment:
    """The payment of this order. Raises NotFound."""
    payment = get_payment(connection, payment_id)
    if payment is None or payment.order_id != order_id:
        raise NotFound("payment", payment_id)
    return payment


def handle_webhook_event(
    connection: Connection, provider: str, event: GatewayEvent, now: datetime
) -> None:
    """Apply a webhook event, once per event id."""
    if not add_event(connection, provider, event):
        log.info("duplicate webhook %s of %s", event.event_id, provider)
        return
    settle(connection, provider, event.payment, now)


def settle(connection: Connection, provider: str, reported: GatewayPayment, now: datetime) -> None:
    """Apply the provider's state of a payment, from a webhook or from polling.

    Idempotent; events may come late and out of order. Success sells the reserved stock, failure
    releases it. Money for an order that can no longer be paid is recorded as a due refund.
    """
    payment = None if reported.payment_id is None else get_payment(connection, reported.payment_id)
    if payment is None or payment.provider != provider:
        log.warning("%s reports payment %s, which is unknown here", provider, reported.reference)
        return
    order = require_order(connection, payment.order_id, lock=True)
    # Read again: the previous holder of the order's lock may have settled it.
    payment = require_payment(connection, payment.order_id, payment.payment_id)
    payment = replace(payment, provider_reference=reported.reference)
    if reported.status is PaymentStatus.SUCCEEDED:
        _record_success(connection, order, payment, reported, now)
    elif reported.status is PaymentStatus.FAILED:
        _record_failure(connection, order, payment, reported.reason or "declined", now)


def abandon(connection: Connection, payment: Payment, now: datetime) -> None:
    """Close a payment that never got a page and whose order can no longer be paid."""
    order = require_order(connection, payment.order_id, lock=True)
    payment = require_payment(connection, payment.order_id, payment.payment_id)
    if payment.provider_reference is None and not order.holds_stock:
        _record_failure(connection, order, payment, "abandoned", now)


def _record_success(
    connection: Connection, order: Order, payment: Payment, reported: GatewayPayment, now: datetime
) -> None:
    if payment.status is PaymentStatus.SUCCEEDED or payment.refund_due_at is not None:
        return
    if (reported.amount, reported.currency) != (payment.amount, payment.currency):
        # Amounts are fixed when the payment is created: this needs a person to investigate.
        log.error(
            "payment %s: %s %s was expected and %s %s paid; it is not recorded",
            *(
                payment.payment_id,
                payment.amount,
                payment.currency,
                reported.amount,
                reported.currency,
            ),
        )
        return
    if payment.status is PaymentStatus.PENDING and order.holds_stock:
        _sell(connection, order, payment, now)
        return
    # No event: the payment did not sell the order and will be refunded.
    reason = PAID_TOO_LATE if order.paid_at is None else PAID_TWICE
    save_outcome(connection, payment.unusable(reason, now))
    log.warning("payment %s of order %s: %s", payment.payment_id, order.order_number, reason)


def _sell(
    connection: Connection, order: Order, payment: Payment, now: datetime
) -> tuple[Order, Payment]:
    """The order and its payment once it is paid and its reserved stock sold."""
    payment, order = payment.succeeded(), order.paid(now)
    units = order.stocked_units
    changes = sell_reserved(lock_levels(connection, units), units, order.order_number)
    _save(connection, order, payment, changes, now)
    queue_confirmed_email(connection, order, now)
    return order, payment


def _record_failure(
    connection: Connection, order: Order, payment: Payment, reason: str, now: datetime
) -> None:
    if payment.status is not PaymentStatus.PENDING:
        return
    changes: list[StockChange] = []
    if order.holds_stock:
        units = order.stocked_units
        changes = release(lock_levels(connection, units), units, order.order_number)
        order = order.payment_failed()
    _save(connection, order, payment.failed(reason), changes, now)


def _save(
    connection: Connection,
    order: Order,
    payment: Payment,
    changes: Sequence[StockChange],
    now: datetime,
) -> None:
    save_status(connection, order)
    save_outcome(connection, payment)
    write_outbox(connection, [payment_settled(payment, now)])
    record_changes(connection, changes, now)
