"""E-mails about an order, queued in the transaction of the change."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from webshop.domain.money import format_amount
from webshop.domain.ordering.orders import Order
from webshop.domain.ordering.refunds import Refund
from webshop.domain.ordering.returns import Return
from webshop.services.messaging.mails import queue_mail


def queue_confirmed_email(connection: Connection, order: Order, now: datetime) -> None:
    """Queue the e-mail that confirms a paid order."""
    paid = {
        "discount": format_amount(order.discount),
        "shipping": format_amount(order.shipping),
        "vat_included": format_amount(order.vat),
    }
    _queue_email(connection, "order_confirmed", order, now, paid, limited=_is_free(order))


def queue_cancelled_email(
    connection: Connection, order: Order, now: datetime, *, by_staff: bool = False
) -> None:
    """Queue the e-mail about a cancelled order and its refund, if it was paid."""
    back = {"refunded": format_amount(order.refunded_amount)} if order.refunded_amount else {}
    limited = not by_staff and _is_free(order)
    _queue_email(connection, "order_cancelled", order, now, back, limited=limited)


def queue_expired_email(connection: Connection, order: Order, now: datetime) -> None:
    """Queue the e-mail about an order that expired unpaid."""
    _queue_email(connection, "order_expired", order, now, {}, limited=_is_free(order))


def queue_shipped_email(connection: Connection, order: Order, now: datetime) -> None:
    """Queue the e-mail about a shipped order."""
    tracked = {"tracking": order.tracking} if order.tracking else {}
    _queue_email(connection, "order_shipped", order, now, tracked)


def queue_refunded_email(
    connection: Connection, order: Order, refund: Refund, now: datetime
) -> None:
    """Queue the e-mail about a refund."""
    _queue_email(connection, "order_refunded", order, now, {"amount": format_amount(refund.amount)})


def queue_return_accepted_email(
    connection: Connection, order: Order, accepted: Return, now: datetime
) -> None:
    """Queue the e-mail about an accepted return."""
    coming = [
        (line.product_name, accepted.units[line.line_number], line.unit_price)
        for line in order.lines
        if line.line_number in accepted.units
    ]
    _queue_email(connection, "return_accepted", order, now, {"lines": _lines(coming)})


def _queue_email(
    connection: Connection,
    template: str,
    order: Order,
    now: datetime,
    more: dict[str, Any],
    *,
    limited: bool = False,
) -> None:
    context = {
        "order_id": str(order.order_id),
        "order_number": order.order_number,
        "name": order.recipient.name,
        "lines": _lines(
            (line.product_name, line.quantity, line.unit_price) for line in order.lines
        ),
        "total": format_amount(order.total),
        "currency": order.currency,
    }
    queue_mail(
        connection,
        template,
        to=order.recipient.email,
        language=order.recipient.language,
        context=context | more,
        now=now,
        quota="order" if limited else None,
    )


def _is_free(order: Order) -> bool:
    """Whether it cost nothing so far: such orders anybody can place for any address."""
    return order.paid_at is None or order.total == 0


def _lines(lines: Iterable[tuple[str, int, Decimal]]) -> list[dict[str, Any]]:
    return [
        {"name": name, "quantity": quantity, "amount": format_amount(quantity * price)}
        for name, quantity, price in lines
    ]
