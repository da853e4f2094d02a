"""Which products can be bought: the rule, and why one cannot."""

from decimal import Decimal
from typing import Literal

from webshop.domain.money import smallest_amount, to_price

#: `service`: postage, fees and the like; `price`: it cannot be paid; `withdrawn`: by staff.
NotForSaleReason = Literal["service", "price", "withdrawn"]


def is_payable(price: Decimal, currency: str) -> bool:
    """Whether a price is a whole number of the currency's units, and one of them at least."""
    return price >= smallest_amount(currency) and price == to_price(price, currency)


def why_not_for_sale(
    kind: str, price: Decimal, currency: str, *, active: bool
) -> NotForSaleReason | None:
    """Why shoppers cannot buy a product, None if they can.

    `webshop.adapters.catalogue.for_sale` says the same in SQL; a test compares the two.
    """
    if kind != "product":
        return "service"
    if not is_payable(price, currency):
        return "price"
    return None if active else "withdrawn"
