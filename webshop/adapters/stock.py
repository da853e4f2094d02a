"""Stock levels under row locks, and their ledger.

The ledger is the source of the levels: each row says what one movement left, so that Σ of the
changes of on_hand is what is on hand, and Σ quantity what is for sale.
"""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, Connection, Row, String, any_, bindparam, func, insert, select, update

from webshop.adapters.tables import products, stock, stock_movements
from webshop.domain.stock import StockChange, StockLevel

# Built once: making a statement takes longer than running it.
_LOCK_LEVELS = (
    select(
        stock.c.sku,
        products.c.name,
        stock.c.on_hand,
        stock.c.reserved,
        stock.c.reorder_point,
        stock.c.version,
    )
    .join(products, products.c.sku == stock.c.sku)
    .where(stock.c.sku == any_(bindparam("of_skus", type_=ARRAY(String))))
    .order_by(stock.c.sku)
    .with_for_update(of=stock)
)
_SAVE_LEVEL = (
    update(stock)
    .where(stock.c.sku == bindparam("of_sku"))
    .values(
        on_hand=bindparam("new_on_hand"),
        reserved=bindparam("new_reserved"),
        reorder_point=bindparam("new_reorder_point"),
        version=bindparam("new_version"),
    )
)
_ADD_MOVEMENT = insert(stock_movements)


def lock_levels(connection: Connection, skus: Iterable[str]) -> dict[str, StockLevel]:
    """Levels of the products by sku, locked in sku order until the transaction ends.

    The fixed order keeps two orders of the same products from waiting for each other. A product
    that was never stocked is missing from the answer.
    """
    rows = connection.execute(_LOCK_LEVELS, {"of_skus": sorted(set(skus))})
    return {row.sku: StockLevel(*row) for row in rows}


def open_stock(connection: Connection, sku: str, reorder_point: int) -> None:
    """Begin to keep stock of a product, from zero units."""
    connection.execute(insert(stock).values(sku=sku, reorder_point=reorder_point))


def save_changes(
    connection: Connection,
    changes: Sequence[StockChange],
    event_ids: Sequence[uuid.UUID],
    occurred_at: datetime,
    *,
    by: str,
    note: str | None,
) -> None:
    """Write the new levels and one ledger row a change; `event_ids` are their stock_changed events.

    `by` is the actor, `note` why in their words. The levels must have been locked by this
    transaction.
    """
    if not changes:
        return
    connection.execute(
        _SAVE_LEVEL,
        [
            {
                "of_sku": change.after.sku,
                "new_on_hand": change.after.on_hand,
                "new_reserved": change.after.reserved,
                "new_reorder_point": change.after.reorder_point,
                "new_version": change.after.version,
            }
            for change in changes
        ],
    )
    connection.execute(
        _ADD_MOVEMENT,
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
                "actor": by,
                "note": note,
            }
            for change, event_id in zip(changes, event_ids, strict=True)
        ],
    )


def get_level(connection: Connection, sku: str, *, lock: bool = False) -> Row[Any] | None:
    """The stock row of a product, None if none is kept; `lock` holds it until the commit."""
    statement = select(stock).where(stock.c.sku == sku)
    return connection.execute(statement.with_for_update() if lock else statement).one_or_none()


def level_from_ledger(connection: Connection, sku: str) -> Row[tuple[int, int, int]]:
    """on_hand, available and version of a product, recomputed from its movements alone."""
    moved = stock_movements.c
    return connection.execute(
        select(
            func.coalesce(func.sum(moved.on_hand_after - moved.on_hand_before), 0).label("on_hand"),
            func.coalesce(func.sum(moved.quantity), 0).label("available"),
            func.count().label("version"),
        ).where(moved.sku == sku)
    ).one()


def find_movements(
    connection: Connection, sku: str, *, before: int | None, limit: int
) -> Sequence[Row[Any]]:
    """Up to `limit` movements of a product, newest first, of versions below `before`."""
    statement = select(stock_movements).where(stock_movements.c.sku == sku)
    if before is not None:
        statement = statement.where(stock_movements.c.version < before)
    return connection.execute(
        statement.order_by(stock_movements.c.version.desc()).limit(limit)
    ).all()
