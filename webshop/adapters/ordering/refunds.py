"""Refunds of web orders. Whether the money has moved is the payment side's to note."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from webshop.adapters.tables import refund_lines, refund_numbers, refunds
from webshop.domain.ordering.refunds import Refund


def next_refund_number(connection: Connection, now: datetime) -> str:
    """A new number for people to read, such as SN-R-2026-000042; a rollback leaves a gap."""
    number = connection.execute(select(refund_numbers.next_value())).scalar_one()
    return f"SN-R-{now.year}-{number:06d}"


def add_refund(connection: Connection, refund: Refund) -> None:
    """Store a refund with its lines."""
    connection.execute(
        insert(refunds).values(
            refund_id=refund.refund_id,
            refund_number=refund.refund_number,
            order_id=refund.order_id,
            customer_id=refund.customer_id,
            channel="web",
            country=refund.country,
            currency=refund.currency,
            amount=refund.amount,
            shipping_amount=refund.shipping,
            reason=refund.reason,
            refunded_at=refund.refunded_at,
        )
    )
    connection.execute(
        insert(refund_lines),
        [
            {
                "refund_id": refund.refund_id,
                "line_number": line.line_number,
                "order_line_number": line.order_line_number,
                "sku": line.sku,
                "product_name": line.product_name,
                "kind": line.kind,
                "quantity": line.quantity,
                "unit_price": line.unit_price,
                "amount": line.amount,
            }
            for line in refund.lines
        ],
    )


def refunded_units(connection: Connection, order_id: uuid.UUID) -> dict[int, int]:
    """Units of the order that were paid back, by its line numbers."""
    line = refund_lines.c
    rows = connection.execute(
        select(line.order_line_number, func.sum(line.quantity))
        .join(refunds, refunds.c.refund_id == line.refund_id)
        .where(refunds.c.order_id == order_id)
        .group_by(line.order_line_number)
    )
    return {number: int(units) for number, units in rows}


def get_refunds(connection: Connection, order_id: uuid.UUID) -> Sequence[Row[*tuple[Any, ...]]]:
    """The order's refunds, oldest first: rows of `refunds`."""
    return connection.execute(
        select(refunds)
        .where(refunds.c.order_id == order_id)
        .order_by(refunds.c.refunded_at, refunds.c.refund_number)
    ).all()


def get_refund_lines(
    connection: Connection, order_id: uuid.UUID
) -> Sequence[Row[*tuple[Any, ...]]]:
    """What the order's refunds paid back: refund_id, line_number (its), quantity, amount."""
    line = refund_lines.c
    return connection.execute(
        select(
            line.refund_id,
            line.order_line_number.label("line_number"),
            func.sum(line.quantity).label("quantity"),
            func.sum(line.amount).label("amount"),
        )
        .join(refunds, refunds.c.refund_id == line.refund_id)
        .where(refunds.c.order_id == order_id)
        .group_by(line.refund_id, line.order_line_number)
        .order_by(line.order_line_number)
    ).all()
