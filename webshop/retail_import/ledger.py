"""The stock ledger of an import: movements that chain without a gap and never go below zero.

The data set names sales, returns and corrections, but no delivery. So a movement that would take
more than is free is preceded by one delivery: the smallest whole number of lots that covers it.
The rule looks at nothing but the stock itself, so a replay delivers the same.
"""

from __future__ import annotations

from webshop.domain.catalogue import stock
from webshop.domain.catalogue.stock import Reason, StockChange, StockLevel

#: Pieces in one delivery lot. At 250, nine products in ten need one delivery in a month.
RESTOCK_LOT = 250

#: Reorder point of a product that an import creates.
REORDER_POINT = 20


def move(level: StockLevel, quantity: int, reason: Reason, reference: str) -> list[StockChange]:
    """Change a level by a signed quantity: the change, after a delivery where it needs one."""
    changes = []
    missing = -quantity - level.available
    if quantity < 0 and missing > 0:
        lots = -(-missing // RESTOCK_LOT)
        changes.append(stock.move(level, lots * RESTOCK_LOT, "restock", reference))
        level = changes[-1].after
    return [*changes, stock.move(level, quantity, reason, reference)]
