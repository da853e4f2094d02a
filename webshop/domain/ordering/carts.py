"""A cart: what a shopper means to buy, at the shop's prices of this moment."""

import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from webshop.domain.errors import CartClosed, CartEmpty, CartTooLarge, NotForSale
from webshop.domain.money import STANDARD_VAT_RATE, ZERO

CartStatus = Literal["open", "checked_out", "merged"]

#: Units of one product in one cart.
LARGEST_QUANTITY = 999
#: Products in one cart: the event of its order has to fit into a Kafka message.
MOST_PRODUCTS = 500


@dataclass(frozen=True)
class CartItem:
    """One product in a cart; the price is the catalogue's, never the caller's."""

    sku: str
    name: str
    kind: Literal["product", "service"]
    quantity: int
    unit_price: Decimal
    for_sale: bool = True
    #: Share of tax on the price without it; the price contains it.
    vat_rate: Decimal = STANDARD_VAT_RATE

    @property
    def amount(self) -> Decimal:
        """unit_price × quantity."""
        return self.unit_price * self.quantity


@dataclass(frozen=True)
class Cart:
    """A cart with its items in the order in which they were added."""

    cart_id: uuid.UUID
    session_id: uuid.UUID | None
    customer_id: str | None
    currency: str
    status: CartStatus
    items: tuple[CartItem, ...] = ()

    @property
    def items_count(self) -> int:
        """Units of all products."""
        return sum(item.quantity for item in self.items)

    @property
    def total(self) -> Decimal:
        """Σ amount of the items."""
        return sum((item.amount for item in self.items), ZERO)

    def item(self, sku: str) -> CartItem | None:
        """The cart's item of this product, None if it has none."""
        return next((item for item in self.items if item.sku == sku), None)

    def require_open(self) -> None:
        """Raises CartClosed if it has become an order, or part of another cart."""
        if self.status != "open":
            raise CartClosed(self.cart_id)

    def require_orderable(self) -> None:
        """Raises CartClosed, CartEmpty, CartTooLarge or NotForSale if it cannot be checked out."""
        self.require_open()
        if not self.items:
            raise CartEmpty(self.cart_id)
        if len(self.items) > MOST_PRODUCTS:  # two carts were merged
            raise CartTooLarge(MOST_PRODUCTS)
        for item in self.items:
            if not item.for_sale:
                raise NotForSale(item.sku)
