"""What an order costs: its goods, less the discount, plus shipping; the VAT is in these prices.

The shop sells from France; one table says where it delivers and for how much.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from webshop.domain.errors import ShippingUnavailable
from webshop.domain.money import CENT, STANDARD_VAT_RATE, ZERO, to_cents
from webshop.domain.ordering.carts import CartItem
from webshop.domain.ordering.promotions import Promotion

ShippingCode = Literal["standard", "express", "pickup"]

HOME = "FR"
#: ISO 3166-1 codes of the other countries that the shop delivers to.
ABROAD = frozenset({
    "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "GB", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MC", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
})  # fmt: skip


@dataclass(frozen=True)
class ShippingMethod:
    """One way to get an order; free from goods of `free_from` after discount, if there is one."""

    code: ShippingCode
    label_fr: str
    label_en: str
    price: Decimal
    free_from: Decimal | None
    days_min: int
    days_max: int

    def charge(self, goods: Decimal) -> Decimal:
        """What it costs with goods of this amount after discount."""
        return ZERO if self.free_from is not None and goods >= self.free_from else self.price


_STANDARD: tuple[ShippingCode, str, str] = ("standard", "Livraison standard", "Standard delivery")
_EXPRESS: tuple[ShippingCode, str, str] = ("express", "Livraison express", "Express delivery")
_DOMESTIC = (
    ShippingMethod(*_STANDARD, Decimal("4.90"), Decimal("60.00"), 2, 4),
    ShippingMethod(*_EXPRESS, Decimal("9.90"), None, 1, 1),
    ShippingMethod("pickup", "Retrait en boutique", "Store pickup", ZERO, None, 1, 2),
)
_INTERNATIONAL = (
    ShippingMethod(*_STANDARD, Decimal("9.90"), None, 4, 7),
    ShippingMethod(*_EXPRESS, Decimal("19.90"), None, 2, 3),
)


def shipping_methods(country: str) -> tuple[ShippingMethod, ...]:
    """The ways to get an order to a country; none if the shop does not deliver there."""
    if country == HOME:
        return _DOMESTIC
    return _INTERNATIONAL if country in ABROAD else ()


def require_shipping_method(code: str, country: str) -> ShippingMethod:
    """The method of this code. Raises ShippingUnavailable."""
    for method in shipping_methods(country):
        if method.code == code:
            return method
    raise ShippingUnavailable(code, country)


@dataclass(frozen=True)
class Price:
    """What a cart costs; `discounts` are the items' shares of `discount`, in their order."""

    gross: Decimal
    discount: Decimal
    discounts: tuple[Decimal, ...]
    shipping: Decimal
    vat: Decimal

    @property
    def total(self) -> Decimal:
        """What the shopper pays; `vat` is contained in it."""
        return self.gross - self.discount + self.shipping


def price_items(
    items: Sequence[CartItem], shipping: ShippingMethod, promotion: Promotion | None
) -> Price:
    """Price items, at the catalogue's prices, with a promotion that was found to hold."""
    gross = sum((item.amount for item in items), ZERO)
    discount = promotion.discount(gross) if promotion else ZERO
    discounts = allocate_discount(discount, [item.amount for item in items])
    free = promotion is not None and promotion.ships_free
    charge = ZERO if free else shipping.charge(gross - discount)
    taxed = [
        (item.amount - share, item.vat_rate)
        for item, share in zip(items, discounts, strict=True)
    ]  # fmt: skip
    vat = included_vat([*taxed, (charge, STANDARD_VAT_RATE)])
    return Price(gross, discount, tuple(discounts), charge, vat)


def allocate_discount(discount: Decimal, amounts: Sequence[Decimal]) -> list[Decimal]:
    """Shares of a discount in proportion to the amounts: whole cents that add up to it exactly.

    What rounding down leaves goes, a cent each, to the largest remainders (Hare's method).
    Amounts and discount are in whole cents and the discount is within their sum, so no share
    exceeds its amount.
    """
    whole = sum(amounts, ZERO)
    if not discount:
        return [ZERO for _ in amounts]
    exact = [discount * amount / whole / CENT for amount in amounts]
    cents = [int(share) for share in exact]
    left = int(discount / CENT) - sum(cents)
    by_remainder = sorted(range(len(amounts)), key=lambda i: (cents[i] - exact[i], i))
    for index in by_remainder[:left]:
        cents[index] += 1
    return [count * CENT for count in cents]


def included_vat(amounts: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    """The VAT in amounts that contain it, each with its rate; rounded once a rate, to the cent."""
    by_rate: defaultdict[Decimal, Decimal] = defaultdict(lambda: ZERO)
    for amount, rate in amounts:
        by_rate[rate] += amount
    return sum((to_cents(sum_ * rate / (1 + rate)) for rate, sum_ in by_rate.items()), ZERO)
