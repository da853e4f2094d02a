"""Refunds: units of an order's lines at the price that was paid."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from webshop.domain.errors import TooManyUnits
from webshop.domain.money import CENT, ZERO
from webshop.domain.ordering.orders import Order, OrderLine

_SUB_CENT = Decimal("0.0001")


@dataclass(frozen=True)
class RefundLine:
    """Units paid back at one price, after discount; an order's line may need two of these."""

    line_number: int
    order_line_number: int
    sku: str
    product_name: str
    kind: str
    quantity: int
    unit_price: Decimal

    @property
    def amount(self) -> Decimal:
        """unit_price × quantity."""
        return self.unit_price * self.quantity


@dataclass(frozen=True)
class Refund:
    """Money that goes back to the customer: for units, and for the shipping."""

    refund_id: uuid.UUID
    refund_number: str
    order_id: uuid.UUID
    customer_id: str | None
    country: str
    currency: str
    lines: tuple[RefundLine, ...]
    shipping: Decimal
    reason: str
    refunded_at: datetime

    @property
    def goods(self) -> Decimal:
        """Σ amount of the lines: what sales are lowered by."""
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def amount(self) -> Decimal:
        """What is paid back in all."""
        return self.goods + self.shipping

    @property
    def stocked_units(self) -> dict[str, int]:
        """Units of each product that has stock, by sku."""
        units: dict[str, int] = {}
        for line in self.lines:
            if line.kind == "product":
                units[line.sku] = units.get(line.sku, 0) + line.quantity
        return units


def units_left(order: Order, taken: Mapping[int, int]) -> dict[int, int]:
    """Units of each line, by line number, after those that are `taken`."""
    lines = order.lines
    return {line.line_number: line.quantity - taken.get(line.line_number, 0) for line in lines}


def require_units(order: Order, left: Mapping[int, int], wanted: Mapping[int, int]) -> None:
    """Raises TooManyUnits if more is wanted of a line than is left of it, or there is no such."""
    for line_number, quantity in wanted.items():
        if quantity > left.get(line_number, 0):
            raise TooManyUnits(order.order_number, line_number, quantity, left.get(line_number, 0))


def refund_lines(
    order: Order, refunded: Mapping[int, int], wanted: Mapping[int, int]
) -> tuple[RefundLine, ...]:
    """The refund's lines for the wanted units, by line number, after those refunded before.

    Refunding a line unit by unit pays back exactly what was paid for it, in whatever steps.
    Raises TooManyUnits.
    """
    require_units(order, units_left(order, refunded), wanted)
    found: list[RefundLine] = []
    for line in order.lines:
        first = refunded.get(line.line_number, 0)
        for quantity, unit_price in _prices(line, first, wanted.get(line.line_number, 0)):
            found.append(
                RefundLine(
                    len(found) + 1,
                    line.line_number,
                    line.sku,
                    line.product_name,
                    line.kind,
                    quantity,
                    unit_price,
                )
            )
    return tuple(found)


def _prices(line: OrderLine, first: int, count: int) -> Iterator[tuple[int, Decimal]]:
    """How many of the units `first` … `first + count` were paid at which price.

    What was paid rarely divides into whole cents: the first units of a line carry the odd ones.
    """
    step = CENT if line.unit_price % CENT == 0 else _SUB_CENT
    price, dearer = divmod(int(line.paid / step), line.quantity)
    dear = max(0, min(first + count, dearer) - first)
    for quantity, steps in ((dear, price + 1), (count - dear, price)):
        if quantity:
            yield quantity, steps * step
