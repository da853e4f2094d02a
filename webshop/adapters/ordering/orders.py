"""Orders of the web shop, their lines, payments and history."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select, update

from webshop.adapters.json_rows import insert_json_rows, json_rows
from webshop.adapters.tables import (
    carts,
    order_history,
    order_lines,
    order_numbers,
    orders,
    payments,
    promotions,
)
from webshop.domain.ordering.orders import Order, OrderLine, OrderStatus, Recipient

# Built once: making a statement takes longer than running it.
_NEXT_NUMBER = select(order_numbers.next_value())
_ADD_HISTORY = insert(order_history).inline()
_ORDER = (
    *("order_id", "order_number", "cart_id", "session_id", "customer_id", "channel", "country"),
    *("currency", "status", "email", "name", "address", "gross_amount", "discount_amount"),
    *("shipping_amount", "tax_amount", "total_amount", "placed_at", "expires_at"),
    *("shipping_method", "vat_amount", "promotion_code", "language", "phone"),
)
_LINE = (
    *("order_id", "line_number", "sku", "product_name", "kind", "quantity", "unit_price"),
    *("amount", "discount_amount", "vat_rate"),
)
_PLACED = json_rows("placed", [*(orders.c[name] for name in _ORDER), order_history.c.actor]).cte()
_ADD_ORDER = insert_json_rows(order_lines, "lines", _LINE).add_cte(
    insert(orders).from_select(_ORDER, select(*(_PLACED.c[name] for name in _ORDER))).cte(),
    insert(order_history)
    .from_select(
        ["order_id", "status", "actor"],
        select(_PLACED.c.order_id, _PLACED.c.status, _PLACED.c.actor),
    )
    .cte(),
    update(carts)
    .where(carts.c.cart_id == bindparam("cart"))
    .values(status="checked_out", updated_at=func.now())
    .cte(),
)


def next_order_number(connection: Connection, now: datetime) -> str:
    """A new number for people to read, such as SN-2026-000042; a rollback leaves a gap."""
    number = connection.execute(_NEXT_NUMBER).scalar_one()
    return f"SN-{now.year}-{number:06d}"


def add_order(connection: Connection, order: Order, *, by: str) -> None:
    """Store a new order with its lines and close its cart; `by` is the actor who placed it."""
    placed = {
        "order_id": order.order_id,
        "order_number": order.order_number,
        "cart_id": order.cart_id,
        "session_id": order.session_id,
        "customer_id": order.customer_id,
        "channel": "web",
        "country": order.recipient.country,
        "currency": order.currency,
        "status": order.status,
        "email": order.recipient.email,
        "name": order.recipient.name,
        "address": order.recipient.address,
        "gross_amount": order.gross,
        "discount_amount": order.discount,
        "shipping_amount": order.shipping,
        "tax_amount": order.tax,
        "total_amount": order.total,
        "placed_at": order.placed_at,
        "expires_at": order.expires_at,
        "shipping_method": order.shipping_method,
        "vat_amount": order.vat,
        "promotion_code": order.promotion_code,
        "language": order.recipient.language,
        "phone": order.recipient.phone,
        "actor": by,
    }
    lines = [
        {
            "order_id": order.order_id,
            "line_number": line.line_number,
            "sku": line.sku,
            "product_name": line.product_name,
            "kind": line.kind,
            "quantity": line.quantity,
            "unit_price": line.unit_price,
            "amount": line.amount,
            "discount_amount": line.discount,
            "vat_rate": line.vat_rate,
        }
        for line in order.lines
    ]
    connection.execute(_ADD_ORDER, {"placed": [placed], "lines": lines, "cart": order.cart_id})


def get_order(connection: Connection, order_id: uuid.UUID, *, lock: bool = False) -> Order | None:
    """The web order with its lines, None if there is none; `lock` holds it until the commit."""
    statement = select(orders).where(orders.c.order_id == order_id, orders.c.channel == "web")
    return _load(connection, statement.with_for_update() if lock else statement)


def lock_expired_order(
    connection: Connection, now: datetime, *, but: Collection[uuid.UUID] = ()
) -> Order | None:
    """An unpaid order whose time is over, locked; None if there is none that nobody else holds.

    `but` are orders to leave out.
    """
    return _load(
        connection,
        select(orders)
        .where(
            orders.c.status.in_([OrderStatus.PENDING_PAYMENT, OrderStatus.PAYMENT_FAILED]),
            orders.c.expires_at <= now,
            orders.c.order_id.not_in(but),
        )
        .order_by(orders.c.expires_at)
        .limit(1)
        .with_for_update(skip_locked=True),
    )


def save_status(
    connection: Connection, order: Order, *, by: str = "system", note: str | None = None
) -> None:
    """Write what the state machine changed, status and its times, and a line of history.

    `by` is the actor who changed it, `note` what they said about it.
    """
    connection.execute(
        update(orders)
        .where(orders.c.order_id == order.order_id)
        .values(
            status=order.status,
            paid_at=order.paid_at,
            cancelled_at=order.cancelled_at,
            expires_at=order.expires_at,
            shipped_at=order.shipped_at,
            tracking=order.tracking,
        )
    )
    connection.execute(
        _ADD_HISTORY,
        {"order_id": order.order_id, "status": order.status, "actor": by, "note": note},
    )


def save_refunded_amount(connection: Connection, order: Order) -> None:
    """Write how much of an order was paid back; a constraint keeps it within what was paid."""
    connection.execute(
        update(orders)
        .where(orders.c.order_id == order.order_id)
        .values(refunded_amount=order.refunded_amount)
    )


def get_history(connection: Connection, order_id: uuid.UUID) -> Sequence[Row[Any]]:
    """Every status that the order has had, oldest first: status, actor, note, at."""
    return connection.execute(
        select(order_history)
        .where(order_history.c.order_id == order_id)
        .order_by(order_history.c.entry)
    ).all()


def get_payments(connection: Connection, order_id: uuid.UUID) -> Sequence[Row[Any]]:
    """The attempts to pay the order, oldest first: rows of `payments`."""
    return connection.execute(
        select(payments)
        .where(payments.c.order_id == order_id)
        .order_by(payments.c.created_at, payments.c.payment_id)
    ).all()


def get_promotion_label(connection: Connection, code: str) -> str:
    """What the promotion of an order is called."""
    return connection.execute(
        select(promotions.c.label).where(promotions.c.code == code)
    ).scalar_one()


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
            order_lines.c.discount_amount,
            order_lines.c.vat_rate,
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
        recipient=Recipient(row.email, row.name, row.address, row.country, row.phone, row.language),
        lines=lines,
        status=OrderStatus(row.status),
        placed_at=row.placed_at,
        expires_at=row.expires_at,
        paid_at=row.paid_at,
        cancelled_at=row.cancelled_at,
        discount=row.discount_amount,
        shipping=row.shipping_amount,
        tax=row.tax_amount,
        shipped_at=row.shipped_at,
        tracking=row.tracking,
        shipping_method=row.shipping_method,
        vat=row.vat_amount,
        promotion_code=row.promotion_code,
        refunded_amount=row.refunded_amount,
    )
