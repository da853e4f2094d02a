"""Lists of orders and customers, as staff look through them."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, true, tuple_

from webshop.adapters.tables import accounts, customers, order_lines, orders


def _literal(text: str) -> str:
    """The text with the wildcards of LIKE taken literally."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def find_orders(
    connection: Connection,
    *,
    query: str,
    status: str | None,
    after: tuple[datetime, uuid.UUID] | None,
    limit: int,
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Up to `limit` web orders, newest first, after a position (placed_at, order_id).

    `query` is a part of the number, name or e-mail address, accents and case aside.
    """
    units = (
        select(func.sum(order_lines.c.quantity))
        .where(order_lines.c.order_id == orders.c.order_id)
        .scalar_subquery()
    )
    statement = select(
        orders.c.order_id,
        orders.c.order_number,
        orders.c.status,
        orders.c.name,
        orders.c.email,
        orders.c.country,
        units.label("items_count"),
        orders.c.total_amount.label("total"),
        orders.c.refunded_amount.label("refunded"),
        orders.c.currency,
        orders.c.placed_at,
        orders.c.paid_at,
    ).where(orders.c.channel == "web")
    if status is not None:
        statement = statement.where(orders.c.status == status)
    if query:
        text = func.concat_ws(" ", orders.c.order_number, orders.c.name, orders.c.email)
        statement = statement.where(_holds(text, query))
    if after is not None:
        statement = statement.where(tuple_(orders.c.placed_at, orders.c.order_id) < tuple_(*after))
    return connection.execute(
        statement.order_by(orders.c.placed_at.desc(), orders.c.order_id.desc()).limit(limit)
    ).all()


def find_customers(
    connection: Connection, *, query: str, after: str | None, limit: int
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Up to `limit` customers by customer_id after one, each with what they have bought.

    Columns: those of the customer, account_id and role (null without an account), second_factor
    (whether the account has one), orders (paid), spent (less what was paid back), last_paid_at.
    """
    bought = (
        select(
            func.count().label("orders"),
            func.coalesce(
                func.sum(orders.c.total_amount - orders.c.refunded_amount), 0
            ).label("spent"),
            func.max(orders.c.paid_at).label("last_paid_at"),
        )
        .where(orders.c.customer_id == customers.c.customer_id, orders.c.paid_at.is_not(None))
        .lateral()
    )  # fmt: skip
    statement = (
        select(
            customers.c.customer_id,
            customers.c.email,
            customers.c.name,
            customers.c.country,
            accounts.c.account_id,
            accounts.c.role,
            accounts.c.second_factor_at.is_not(None).label("second_factor"),
            customers.c.created_at,
            bought.c.orders,
            bought.c.spent,
            bought.c.last_paid_at,
        )
        .select_from(customers)
        .join(bought, true())
        .join(accounts, accounts.c.customer_id == customers.c.customer_id, isouter=True)
    )
    if query:
        text = func.concat_ws(" ", customers.c.customer_id, customers.c.name, customers.c.email)
        statement = statement.where(_holds(text, query))
    if after is not None:
        statement = statement.where(customers.c.customer_id > after)
    return connection.execute(statement.order_by(customers.c.customer_id).limit(limit)).all()


def _holds(text: Any, query: str) -> Any:
    wanted = func.lower(func.unaccent(_literal(query)))
    return func.lower(func.unaccent(text)).contains(wanted, escape="\\")
