"""Orders of the web shop and their lines."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from webshop.adapters.tables import order_lines, order_numbers, orders
from webshop.domain.orders import Order, OrderLine, OrderStatus, Recipient


def next_order_number(connection: Connection, now: datetime) -> str:
    """A new number for people to read, such as SN-2026-000042; a rollback leaves a gap."""
    number = connection.execute(select(order_numbers.next_value())).scalar_one()
    return f"SN-{now.year}-{number:06d}"


def add_order(connection: Connection, order: Order) -> None:
    """Store a new order with its lines."""
    connection.execute(
        insert(orders).values(
            order_id=order.order_id,
            order_number=order.order_number,
            cart_id=order.cart_id,
            session_id=order.session_id,
            customer_id=order.customer_id,
            channel="web",
            country=order.recipient.country,
            currency=order.currency,
            status=order.status,
            email=order.recipient.email,
            name=order.recipient.name,
            address=order.recipient.address,
            gross_amount=order.gross,
            discount_amount=order.discount,
            shipping_amount=order.shipping,
            tax_amount=order.tax,
            total_amount=order.total,
            placed_at=order.placed_at,
            expires_at=order.expires_at,
        )
    )
    connection.execute(
        insert(order_lines),
        [
            {
                "order_id": order.order_id,
                "line_number": line.line_number,
                "sku": line.sku,
                "product_name": line.product_name,
                "kind": line.kind,
                "quantity": line.quantity,
                "unit_price": line.unit_price,
                "amount": line.amount,
            }
            for line in order.lines
        ],
    )


def get_order(connection: Connection, order_id: uuid.UUID, *, lock: bool = False) -> Order | None:
    """The web order with its lines, None if there is none; `lock` holds it until the commit."""
    statement = select(orders).where(orders.c.order_id == order_id, orders.c.channel == "web")
    return _load(connection, statement.with_for_update() if lock else statement)


def lock_expired_order(connection: Connection, now: datetime) -> Order | None:
    """An unpaid order whose time is over, locked; None if there is none that nobody else holds."""
    return _load(
        connection,
        select(orders)
        .where(
            orders.c.status.in_([OrderStatus.PENDING_PAYMENT, OrderStatus.PAYMENT_FAILED]),
            orders.c.expires_at <= now,
        )
        .order_by(orders.c.expires_at)
        .limit(1)
        .with_for_update(skip_locked=True),
    )


def save_status(connection: Connection, order: Order) -> None:
    """Write what the state machine changed: status and its times."""
    connection.execute(
        update(orders)
        .where(orders.c.order_id == order.order_id)
        .values(
            status=order.status,
            paid_at=order.paid_at,
            cancelled_at=order.cancelled_at,
            expires_at=order.expires_at,
        )
    )


def _load(connection: Connection, statement: Select[Any]) -> Order | None:
    row = connection.execute(statement).one_or_none()
    if row is None:
        return None
    lines = connection.execute(
        select(
            order_lines.c.line_number,
            order_lines.c.sku,
            order_lines.c.product_name,
            order_lines.c.kind,
            order_lines.c.quantity,
            order_lines.c.unit_price,
        )
        .where(order_lines.c.order_id == row.order_id)
        .order_by(order_lines.c.line_number)
    )
    return _order(row, tuple(OrderLine(*line) for line in lines))


def _order(row: Row[Any], lines: tuple[OrderLine, ...]) -> Order:
    return Order(
        order_id=row.order_id,
        order_number=row.order_number,
        cart_id=row.cart_id,
        session_id=row.session_id,
        customer_id=row.customer_id,
        currency=row.currency,
        recipient=Recipient(row.email, row.name, row.address, row.country),
        lines=lines,
        status=OrderStatus(row.status),
        placed_at=row.placed_at,
        expires_at=row.expires_at,
        paid_at=row.paid_at,
        cancelled_at=row.cancelled_at,
        discount=row.discount_amount,
        shipping=row.shipping_amount,
        tax=row.tax_amount,
    )
