"""Stock levels under row locks, and their ledger."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from webshop.adapters.tables import products, stock, stock_movements
from webshop.domain.stock import StockChange, StockLevel


def lock_levels(connection: Connection, skus: Iterable[str]) -> dict[str, StockLevel]:
    """Levels of the products by sku, locked in sku order until the transaction ends.

    The fixed order keeps two orders of the same products from waiting for each other. A product
    that was never stocked is missing from the answer.
    """
    rows = connection.execute(
        select(
            stock.c.sku,
            products.c.name,
            stock.c.on_hand,
            stock.c.reserved,
            stock.c.reorder_point,
            stock.c.version,
        )
        .join(products, products.c.sku == stock.c.sku)
        .where(stock.c.sku.in_(sorted(set(skus))))
        .order_by(stock.c.sku)
        .with_for_update(of=stock)
    )
    return {row.sku: StockLevel(*row) for row in rows}


def open_stock(connection: Connection, sku: str, reorder_point: int) -> None:
    """Begin to keep stock of a product, from zero units."""
    connection.execute(insert(stock).values(sku=sku, reorder_point=reorder_point))


def save_changes(
    connection: Connection,
    changes: Sequence[StockChange],
    event_ids: Sequence[uuid.UUID],
    occurred_at: datetime,
) -> None:
    """Write the new levels and one ledger row a change; `event_ids` are their stock_changed events.

    The levels must have been locked by this transaction.
    """
    if not changes:
        return
    connection.execute(
        update(stock)
        .where(stock.c.sku == bindparam("of_sku"))
        .values(
            on_hand=bindparam("new_on_hand"),
            reserved=bindparam("new_reserved"),
            version=bindparam("new_version"),
        ),
        [
            {
                "of_sku": change.after.sku,
                "new_on_hand": change.after.on_hand,
                "new_reserved": change.after.reserved,
                "new_version": change.after.version,
            }
            for change in changes
        ],
    )
    connection.execute(
        insert(stock_movements),
        [
            {
                "sku": change.after.sku,
                "version": change.after.version,
                "reason": change.reason,
                "reference": change.reference,
                "quantity": change.quantity,
                "available_before": change.before.available,
                "available_after": change.after.available,
                "on_hand_before": change.before.on_hand,
                "on_hand_after": change.after.on_hand,
                "occurred_at": occurred_at,
                "event_id": event_id,
            }
            for change, event_id in zip(changes, event_ids, strict=True)
        ],
    )
