"""The orders of a customer, newest first."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, func, select, tuple_

from webshop.adapters.tables import order_lines, orders

#: Where an order stands in the history: placed_at, order_id.
Position = tuple[datetime, uuid.UUID]


@dataclass(frozen=True)
class OrderSummary:
    """One order of a list; `items_count` counts units, `total` is in `currency`."""

    order_id: uuid.UUID
    order_number: str
    status: str
    currency: str
    total: Decimal
    placed_at: datetime
    items_count: int

    @property
    def position(self) -> Position:
        """Where it stands in the history."""
        return self.placed_at, self.order_id


def find_orders(
    connection: Connection, customer_id: str, after: Position | None, limit: int
) -> list[OrderSummary]:
    """Up to `limit` web orders of a customer that come after a position."""
    units = (
        select(func.coalesce(func.sum(order_lines.c.quantity), 0))
        .where(order_lines.c.order_id == orders.c.order_id)
        .scalar_subquery()
    )
    statement = (
        select(
            orders.c.order_id,
            orders.c.order_number,
            orders.c.status,
            orders.c.currency,
            orders.c.total_amount,
            orders.c.placed_at,
            units,
        )
        .where(orders.c.customer_id == customer_id, orders.c.channel == "web")
        .order_by(orders.c.placed_at.desc(), orders.c.order_id.desc())
        .limit(limit)
    )
    if after is not None:
        statement = statement.where(tuple_(orders.c.placed_at, orders.c.order_id) < tuple_(*after))
    return [OrderSummary(*row) for row in connection.execute(statement)]
