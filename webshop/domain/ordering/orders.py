"""Orders and their state machine.

    pending_payment ── pay ──> paid ── ship ──> shipped
      │  │    ^                 │  │                │
      │  │    │ a new attempt   │  └─ refund all ───┴──> refunded
      │  v    │ reserves again  └─ cancel (refunds what is left, units go back) ─┐
      │ payment_failed (declined; stock released)                                v
      └──┴── cancel or expire ──> cancelled <────────────────────────────────────┘

An order in `pending_payment` holds reserved stock; in no other status does it hold any. Paying
units back one by one leaves an order paid or shipped until all of them are.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from shopnow.languages import DEFAULT_LANGUAGE, Language
from webshop.domain.errors import OrderExpired, TransitionRefused
from webshop.domain.money import STANDARD_VAT_RATE, ZERO
from webshop.domain.ordering.carts import Cart
from webshop.domain.ordering.pricing import Price

CancelReason = Literal["customer", "expired", "payment_failed", "staff"]


class OrderStatus(StrEnum):
    """Where an order stands."""

    PENDING_PAYMENT = "pending_payment"
    PAYMENT_FAILED = "payment_failed"
    PAID = "paid"
    SHIPPED = "shipped"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


_UNPAID = frozenset({OrderStatus.PENDING_PAYMENT, OrderStatus.PAYMENT_FAILED})
_CANCELLABLE = _UNPAID | {OrderStatus.PAID}
_REFUNDABLE = frozenset({OrderStatus.PAID, OrderStatus.SHIPPED})
#: Target status → statuses that it can be reached from, and what the step is called.
_TRANSITIONS: dict[OrderStatus, tuple[frozenset[OrderStatus], str]] = {
    OrderStatus.PENDING_PAYMENT: (frozenset({OrderStatus.PAYMENT_FAILED}), "be paid"),
    OrderStatus.PAID: (_UNPAID, "be paid"),
    OrderStatus.PAYMENT_FAILED: (_UNPAID, "be paid"),
    OrderStatus.SHIPPED: (frozenset({OrderStatus.PAID}), "be shipped"),
    OrderStatus.CANCELLED: (_CANCELLABLE, "be cancelled"),
    OrderStatus.REFUNDED: (_REFUNDABLE, "be refunded"),
}


@dataclass(frozen=True)
class OrderLine:
    """One line, with name, price and VAT rate as they were; `discount` is its share of it."""

    line_number: int
    sku: str
    product_name: str
    kind: Literal["product", "service"]
    quantity: int
    unit_price: Decimal
    discount: Decimal = ZERO
    vat_rate: Decimal = STANDARD_VAT_RATE

    @property
    def amount(self) -> Decimal:
        """unit_price × quantity."""
        return self.unit_price * self.quantity

    @property
    def paid(self) -> Decimal:
        """What its units cost the shopper, VAT included."""
        return self.amount - self.discount


@dataclass(frozen=True)
class Recipient:
    """Who ordered and where it goes; `address` has line1, line2, postal_code, city."""

    email: str
    name: str
    address: dict[str, str | None]
    country: str
    phone: str | None = None
    #: Of the mails about the order: `fr` or `en`.
    language: Language = DEFAULT_LANGUAGE


@dataclass(frozen=True)
class Order:
    """An order of the web shop; amounts in `currency`, times in UTC."""

    order_id: uuid.UUID
    order_number: str
    cart_id: uuid.UUID | None
    session_id: uuid.UUID | None
    customer_id: str | None
    currency: str
    recipient: Recipient
    lines: tuple[OrderLine, ...]
    status: OrderStatus
    placed_at: datetime
    expires_at: datetime | None
    paid_at: datetime | None = None
    cancelled_at: datetime | None = None
    shipped_at: datetime | None = None
    tracking: str | None = None
    discount: Decimal = ZERO
    shipping_method: str = "standard"
    shipping: Decimal = ZERO
    # Catalogue prices contain the VAT: nothing is added to them.
    tax: Decimal = ZERO
    vat: Decimal = ZERO
    promotion_code: str | None = None
    #: Paid back so far, with shipping; never more than `total`.
    refunded_amount: Decimal = ZERO

    @property
    def gross(self) -> Decimal:
        """Σ amount of the lines."""
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def total(self) -> Decimal:
        """What the shopper pays."""
        return self.gross - self.discount + self.shipping + self.tax

    @property
    def stocked_units(self) -> dict[str, int]:
        """Units of each product that has stock, by sku; services have none."""
        units: dict[str, int] = {}
        for line in self.lines:
            if line.kind == "product":
                units[line.sku] = units.get(line.sku, 0) + line.quantity
        return units

    @property
    def is_unpaid(self) -> bool:
        """Whether its payment is still to come."""
        return self.status in _UNPAID

    @property
    def is_cancellable(self) -> bool:
        """Whether it can be cancelled."""
        return self.status in _CANCELLABLE

    @property
    def holds_stock(self) -> bool:
        """Whether units are reserved for it."""
        return self.status is OrderStatus.PENDING_PAYMENT

    def require_payable(self, now: datetime) -> None:
        """Raises TransitionRefused or OrderExpired if it cannot be paid now."""
        self._moved(OrderStatus.PAID)
        if self.expires_at is not None and self.expires_at <= now:
            raise OrderExpired(self.order_number)

    def awaiting_payment(self) -> "Order":
        """The order once its stock is reserved again for another attempt to pay."""
        return self._moved(OrderStatus.PENDING_PAYMENT)

    def paid(self, now: datetime) -> "Order":
        """The order once its payment succeeded."""
        return replace(self._moved(OrderStatus.PAID), paid_at=now, expires_at=None)

    def payment_failed(self) -> "Order":
        """The order once its payment was declined; it keeps its time to pay."""
        return self._moved(OrderStatus.PAYMENT_FAILED)

    def cancelled(self, now: datetime) -> "Order":
        """The order after it was cancelled."""
        return replace(self._moved(OrderStatus.CANCELLED), cancelled_at=now, expires_at=None)

    def shipped(self, now: datetime, tracking: str | None) -> "Order":
        """The order after it was shipped; `tracking` is the carrier's number."""
        return replace(self._moved(OrderStatus.SHIPPED), shipped_at=now, tracking=tracking)

    def require_refundable(self) -> None:
        """Raises TransitionRefused if it was not paid, or all of it was paid back."""
        self._moved(OrderStatus.REFUNDED)

    def require_returnable(self) -> None:
        """Raises TransitionRefused if there is nothing that could be sent back."""
        if self.status is not OrderStatus.SHIPPED:
            raise TransitionRefused(self.order_number, self.status, "be returned")

    def with_refund(self, amount: Decimal, *, whole: bool) -> "Order":
        """The order once `amount` more was paid back; `whole` if no unit is left unrefunded.

        A cancelled order stays cancelled. Raises ValueError above what was paid.
        """
        refunded = self.refunded_amount + amount
        if refunded > self.total:
            raise ValueError(f"{self.order_number}: {refunded} refunded of {self.total} paid")
        ended = whole and self.status is not OrderStatus.CANCELLED
        order = self._moved(OrderStatus.REFUNDED) if ended else self
        return replace(order, refunded_amount=refunded)

    def _moved(self, target: OrderStatus) -> "Order":
        sources, step = _TRANSITIONS[target]
        if self.status not in sources:
            raise TransitionRefused(self.order_number, self.status, step)
        return replace(self, status=target)


def place_order(
    cart: Cart,
    recipient: Recipient,
    price: Price,
    *,
    shipping_method: str,
    promotion_code: str | None,
    order_id: uuid.UUID,
    order_number: str,
    now: datetime,
    reservation: timedelta,
) -> Order:
    """The order that a cart becomes at its price; it keeps its stock for `reservation` unpaid.

    Raises CartClosed, CartEmpty, CartTooLarge or NotForSale.
    """
    cart.require_orderable()
    lines = tuple(
        OrderLine(
            number,
            item.sku,
            item.name,
            item.kind,
            item.quantity,
            item.unit_price,
            discount,
            item.vat_rate,
        )
        for number, (item, discount) in enumerate(
            zip(cart.items, price.discounts, strict=True), start=1
        )
    )
    return Order(
        order_id=order_id,
        order_number=order_number,
        cart_id=cart.cart_id,
        session_id=cart.session_id,
        customer_id=cart.customer_id,
        currency=cart.currency,
        recipient=recipient,
        lines=lines,
        status=OrderStatus.PENDING_PAYMENT,
        placed_at=now,
        expires_at=now + reservation,
        discount=price.discount,
        shipping_method=shipping_method,
        shipping=price.shipping,
        vat=price.vat,
        promotion_code=promotion_code,
    )
