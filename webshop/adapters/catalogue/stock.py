"""Stock levels under row locks, and their ledger.

The ledger is the source of the levels: each row says what one movement left, so that Σ of the
changes of on_hand is what is on hand, and Σ quantity what is for sale.
"""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, any_, func, insert, select, tuple_, update

from webshop.adapters.json_rows import json_rows
from webshop.adapters.tables import products, stock, stock_movements
from webshop.domain.catalogue.stock import StockChange, StockLevel

# Built once: making a statement takes longer than running it. Products are found by arrays of
# unknown length, never by joins: for a handful of them the planner would read the whole table, or
# replan for each length.
_LEVEL = (stock.c.on_hand, stock.c.reserved, stock.c.reorder_point, stock.c.version)
_LOCK_LEVELS = (
    select(
        stock.c.sku,
        select(products.c.name).where(products.c.sku == stock.c.sku).scalar_subquery(),
        *_LEVEL,
    )
    .where(stock.c.sku == any_(func.array(json_rows("wanted", [stock.c.sku]).scalar_subquery())))
    .order_by(stock.c.sku)
    .with_for_update(of=stock)
)
_MOVEMENT = stock_movements.c.keys()
_MOVED = json_rows("moved", [*stock_movements.c, stock.c.reserved, stock.c.reorder_point]).cte()
_SAVE_CHANGES = (
    insert(stock_movements)
    .from_select(_MOVEMENT, select(*(_MOVED.c[name] for name in _MOVEMENT)))
    .add_cte(
        update(stock)
        .where(stock.c.sku == any_(func.array(select(_MOVED.c.sku).scalar_subquery())))
        .values(
            {
                tuple_(*_LEVEL): select(
                    _MOVED.c.on_hand_after,
                    _MOVED.c.reserved,
                    _MOVED.c.reorder_point,
                    _MOVED.c.version,
                )
                .where(_MOVED.c.sku == stock.c.sku)
                .scalar_subquery()
            }
        )
        .cte()
    )
)


def lock_levels(connection: Connection, skus: Iterable[str]) -> dict[str, StockLevel]:
    """Levels of the products by sku, locked in sku order until the transaction ends.

    The fixed order prevents deadlocks. A product
    that was never stocked is missing from the answer.
    """
    rows = connection.execute(_LOCK_LEVELS, {"wanted": [{"sku": sku} for sku in set(skus)]})
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
    moved = [
        change.as_movement()
        | {
            "reserved": change.after.reserved,
            "reorder_point": change.after.reorder_point,
            "occurred_at": occurred_at,
            "event_id": event_id,
            "actor": by,
            "note": note,
        }
        for change, event_id in zip(changes, event_ids, strict=True)
    ]
    connection.execute(_SAVE_CHANGES, {"moved": moved})


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
