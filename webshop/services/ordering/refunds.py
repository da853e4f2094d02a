"""Refunds: units of an order's lines, and its shipping with the last unit.

The order's row lock comes first, so two refunds of one order never overlap and never exceed what
was paid. This records what is owed; the payment follow-up sends it to the provider.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from webshop.adapters.audit import Change, write_audit
from webshop.adapters.catalogue.stock import lock_levels
from webshop.adapters.messaging.outbox import write_outbox
from webshop.adapters.ordering.orders import get_order, save_refunded_amount, save_status
from webshop.adapters.ordering.refunds import add_refund, next_refund_number, refunded_units
from webshop.adapters.ordering.returns import open_units
from webshop.domain.catalogue.stock import return_to_stock
from webshop.domain.errors import NotFound
from webshop.domain.messaging.events import order_refunded
from webshop.domain.money import ZERO, format_amount
from webshop.domain.ordering.orders import Order
from webshop.domain.ordering.refunds import Refund, refund_lines, require_units, units_left
from webshop.services.catalogue.stock import record_changes
from webshop.services.messaging.order_mails import queue_refunded_email


def refund_order(
    connection: Connection,
    order_id: uuid.UUID,
    units: Mapping[int, int],
    *,
    reason: str,
    restock: bool,
    by: str,
    now: datetime,
) -> tuple[Order, Refund]:
    """Refund units, by line number, for staff; `restock` returns them to stock.

    Units in a return are refunded when the return is received. Raises NotFound,
    TransitionRefused or TooManyUnits.
    """
    order = get_order(connection, order_id, lock=True)
    if order is None:
        raise NotFound("order", order_id)
    order.require_refundable()
    refunded = refunded_units(connection, order_id)
    units_in_return = open_units(connection, order_id)
    left = {
        number: count - units_in_return.get(number, 0)
        for number, count in units_left(order, refunded).items()
    }
    require_units(order, left, units)
    after, refund = refund_units(
        connection, order, units, reason=reason, restock=restock, by=by, now=now
    )
    _audit(connection, order, after, refund, by, restock)
    queue_refunded_email(connection, after, refund, now)
    return after, refund


def refund_units(
    connection: Connection,
    order: Order,
    units: Mapping[int, int],
    *,
    reason: str,
    restock: bool,
    by: str,
    now: datetime,
) -> tuple[Order, Refund]:
    """Refund units of a locked order; the last of them include the shipping.

    Raises TooManyUnits.
    """
    refunded = refunded_units(connection, order.order_id)
    lines = refund_lines(order, refunded, units)
    whole = all(
        units.get(number, 0) == count for number, count in units_left(order, refunded).items()
    )
    refund = Refund(
        refund_id=uuid.uuid4(),
        refund_number=next_refund_number(connection, now),
        order_id=order.order_id,
        customer_id=order.customer_id,
        country=order.recipient.country,
        currency=order.currency,
        lines=lines,
        shipping=order.shipping if whole else ZERO,
        reason=reason,
        refunded_at=now,
    )
    refunded_order = order.with_refund(refund.amount, whole=whole)
    add_refund(connection, refund)
    save_refunded_amount(connection, refunded_order)
    if refunded_order.status is not order.status:
        save_status(connection, refunded_order, by=by, note=reason)
    write_outbox(connection, [order_refunded(refund, now)])
    if restock:
        levels = lock_levels(connection, refund.stocked_units)
        changes = return_to_stock(levels, refund.stocked_units, refund.refund_number)
        record_changes(connection, changes, now, by=by, note=reason)
    return refunded_order, refund


def _audit(
    connection: Connection, before: Order, after: Order, refund: Refund, by: str, restock: bool
) -> None:
    change = Change(
        by,
        "order.refund",
        f"order {before.order_number}",
        before={
            "status": before.status,
            "refunded_amount": format_amount(before.refunded_amount),
        },
        after={
            "status": after.status,
            "refunded_amount": format_amount(after.refunded_amount),
            "refund_number": refund.refund_number,
            "reason": refund.reason,
            "restock": restock,
        },
    )
    write_audit(connection, change, refund.refunded_at)
