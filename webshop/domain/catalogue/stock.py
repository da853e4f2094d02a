"""Stock arithmetic: every change of a product's stock, and the numbers that it may not break.

`on_hand` is in the warehouse, `reserved` is promised to unpaid orders, `available` is the rest.
Each change carries the product's next version, so that its history has no gap.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from webshop.domain.errors import CountTooLow, OutOfStock, Shortage, StockTooLarge

Reason = Literal["sale", "release", "reservation", "restock", "count", "return", "adjustment"]
StockState = Literal["in_stock", "low", "sold_out"]

#: Units of one product that the ledger and its events can count.
LARGEST_STOCK = 2_000_000_000


@dataclass(frozen=True)
class StockLevel:
    """Stock of one product after its movement number `version`. Raises ValueError if absurd."""

    sku: str
    product_name: str
    on_hand: int
    reserved: int
    reorder_point: int
    version: int

    def __post_init__(self) -> None:
        if not 0 <= self.reserved <= self.on_hand:
            raise ValueError(
                f"{self.sku}: {self.reserved} reserved of {self.on_hand} on hand is impossible"
            )

    @property
    def available(self) -> int:
        """Units for sale."""
        return self.on_hand - self.reserved


@dataclass(frozen=True)
class StockChange:
    """One movement of the ledger: the levels before and after it, and what caused it."""

    before: StockLevel
    after: StockLevel
    reason: Reason
    reference: str | None

    @property
    def quantity(self) -> int:
        """Signed change of the units for sale."""
        return self.after.available - self.before.available

    def as_movement(self) -> dict[str, Any]:
        """What its row of the ledger and its event both say."""
        return {
            "sku": self.after.sku,
            "version": self.after.version,
            "reason": self.reason,
            "reference": self.reference,
            "quantity": self.quantity,
            "available_before": self.before.available,
            "available_after": self.after.available,
            "on_hand_before": self.before.on_hand,
            "on_hand_after": self.after.on_hand,
        }


def stock_state(available: int, reorder_point: int) -> StockState:
    """How a shopper sees it."""
    if available <= 0:
        return "sold_out"
    return "low" if available <= reorder_point else "in_stock"


def _change(
    level: StockLevel, reason: Reason, reference: str | None, *, on_hand: int = 0, reserved: int = 0
) -> StockChange:
    after = replace(
        level,
        on_hand=level.on_hand + on_hand,
        reserved=level.reserved + reserved,
        version=level.version + 1,
    )
    return StockChange(level, after, reason, reference)


def reserve(
    levels: Mapping[str, StockLevel], wanted: Mapping[str, int], reference: str
) -> list[StockChange]:
    """Promise the wanted units of each sku, all or nothing.

    Raises OutOfStock naming every product that lacks units; one that was never stocked has none.
    """
    left = {sku: levels[sku].available if sku in levels else 0 for sku in wanted}
    short = [
        Shortage(sku, quantity, left[sku])
        for sku, quantity in wanted.items()
        if left[sku] < quantity
    ]
    if short:
        raise OutOfStock(short)
    return [
        _change(levels[sku], "reservation", reference, reserved=quantity)
        for sku, quantity in wanted.items()
    ]


def release(
    levels: Mapping[str, StockLevel], reserved: Mapping[str, int], reference: str
) -> list[StockChange]:
    """Release reserved units."""
    return [
        _change(levels[sku], "release", reference, reserved=-quantity)
        for sku, quantity in reserved.items()
    ]


def sell_reserved(
    levels: Mapping[str, StockLevel], reserved: Mapping[str, int], reference: str
) -> list[StockChange]:
    """Take reserved units out of the warehouse; the units for sale stay as they are."""
    return [
        _change(levels[sku], "sale", reference, on_hand=-quantity, reserved=-quantity)
        for sku, quantity in reserved.items()
    ]


def move(level: StockLevel, quantity: int, reason: Reason, reference: str | None) -> StockChange:
    """Change the units in the warehouse by a signed quantity, of which none is reserved."""
    return _change(level, reason, reference, on_hand=quantity)


def restock(level: StockLevel, quantity: int, reference: str | None) -> StockChange:
    """Put new units into the warehouse; `quantity` > 0."""
    if quantity <= 0:
        raise ValueError(f"{level.sku}: a restock of {quantity} units is impossible")
    if level.on_hand + quantity > LARGEST_STOCK:
        raise StockTooLarge(level.sku, LARGEST_STOCK)
    return move(level, quantity, "restock", reference)


def return_to_stock(
    levels: Mapping[str, StockLevel], units: Mapping[str, int], reference: str
) -> list[StockChange]:
    """Return sold units to stock."""
    return [move(levels[sku], quantity, "return", reference) for sku, quantity in units.items()]


def count(level: StockLevel, on_hand: int) -> StockChange:
    """Set the units in the warehouse to what was counted; a count that agrees is a change too.

    Raises CountTooLow if unpaid orders hold more than was counted.
    """
    if on_hand < level.reserved:
        raise CountTooLow(level.sku, on_hand, level.reserved)
    return move(level, on_hand - level.on_hand, "count", None)


def set_reorder_point(level: StockLevel, reorder_point: int) -> StockChange:
    """Change the reorder point: no unit moves, but a stock_changed event is recorded."""
    change = _change(level, "adjustment", None)
    return replace(change, after=replace(change.after, reorder_point=reorder_point))
