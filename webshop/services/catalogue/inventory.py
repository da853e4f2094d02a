"""Stock by hand: restocks and counts, each a movement of the ledger with who and why."""

from datetime import datetime

from sqlalchemy import Connection

from webshop.adapters.audit import Action, Change, write_audit
from webshop.adapters.catalogue.stock import lock_levels
from webshop.domain.catalogue.stock import StockChange, StockLevel, count, restock
from webshop.domain.errors import NotFound
from webshop.services.catalogue.stock import record_changes


def restock_product(
    connection: Connection, sku: str, quantity: int, reason: str, *, by: str, now: datetime
) -> StockLevel:
    """Add new units to the stock. Raises NotFound or StockTooLarge."""
    change = restock(_locked_level(connection, sku), quantity, None)
    return _record(connection, "stock.restock", change, reason, by, now)


def count_product(
    connection: Connection, sku: str, on_hand: int, reason: str, *, by: str, now: datetime
) -> StockLevel:
    """Correct the units in the warehouse to what was counted. Raises NotFound or CountTooLow."""
    change = count(_locked_level(connection, sku), on_hand)
    return _record(connection, "stock.count", change, reason, by, now)


def _locked_level(connection: Connection, sku: str) -> StockLevel:
    level = lock_levels(connection, [sku]).get(sku)
    if level is None:
        raise NotFound("stock of product", sku)
    return level


def _record(
    connection: Connection,
    action: Action,
    change: StockChange,
    reason: str,
    by: str,
    now: datetime,
) -> StockLevel:
    record_changes(connection, [change], now, by=by, note=reason)
    line = Change(
        by,
        action,
        f"product {change.after.sku}",
        before={"on_hand": change.before.on_hand, "version": change.before.version},
        after={
            "on_hand": change.after.on_hand,
            "version": change.after.version,
            "reason": reason,
        },
    )
    write_audit(connection, line, now)
    return change.after
