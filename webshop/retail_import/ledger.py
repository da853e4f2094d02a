"""The stock ledger of an import: movements that chain without a gap and never go below zero.

The data set names sales, returns and corrections, but no delivery. So a movement that would take
more than is free is preceded by one delivery: the smallest whole number of lots that covers it.
The rule looks at nothing but the stock itself, so a replay delivers the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

#: Pieces in one delivery lot. At 250, nine products in ten need one delivery in a month.
RESTOCK_LOT = 250

#: Reorder point of a product that an import creates.
REORDER_POINT = 20


@dataclass(slots=True)
class StockLevel:
    """Stock of one product as the movements go by; `reserved` belongs to open orders."""

    on_hand: int
    reserved: int
    reorder_point: int
    version: int

    @property
    def available(self) -> int:
        """Pieces that are free to sell."""
        return self.on_hand - self.reserved


@dataclass(frozen=True, slots=True)
class Movement:
    """One change of one product's stock; `quantity` is signed, `version` counts from 1."""

    version: int
    reason: str
    quantity: int
    on_hand_before: int
    on_hand_after: int
    available_before: int
    available_after: int
    reorder_point: int


def move(level: StockLevel, quantity: int, reason: str) -> Iterator[Movement]:
    """Change a level by a signed quantity: the movement, after a delivery where it needs one."""
    missing = -quantity - level.available
    if quantity < 0 and missing > 0:
        lots = -(-missing // RESTOCK_LOT)
        yield _change(level, lots * RESTOCK_LOT, "restock")
    yield _change(level, quantity, reason)


def _change(level: StockLevel, quantity: int, reason: str) -> Movement:
    on_hand, available = level.on_hand, level.available
    level.on_hand += quantity
    level.version += 1
    return Movement(
        version=level.version,
        reason=reason,
        quantity=quantity,
        on_hand_before=on_hand,
        on_hand_after=level.on_hand,
        available_before=available,
        available_after=level.available,
        reorder_point=level.reorder_point,
    )
