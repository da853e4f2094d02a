"""The order state machine: what may follow what, and who holds stock."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from webshop.domain.errors import (
    CartClosed,
    CartEmpty,
    NotForSale,
    OrderExpired,
    TransitionRefused,
)
from webshop.domain.ordering.carts import Cart, CartItem
from webshop.domain.ordering.orders import Order, OrderStatus

Orders = Callable[..., Order]
Carts = Callable[..., Cart]


def pay_all_back(order: Order) -> Order:
    order.require_refundable()
    return order.with_refund(order.total, whole=True)


STEPS: dict[str, Callable[[Order, datetime], Order]] = {
    "paid": lambda order, now: order.paid(now),
    "payment_failed": lambda order, _now: order.payment_failed(),
    "shipped": lambda order, now: order.shipped(now, "1Z999"),
    "cancelled": lambda order, now: order.cancelled(now),
    "refunded": lambda order, _now: pay_all_back(order),
}

#: Every status with the statuses that may follow it; whatever is missing is refused.
ALLOWED = {
    "pending_payment": {"paid", "payment_failed", "cancelled"},
    "payment_failed": {"paid", "payment_failed", "cancelled"},
    "paid": {"shipped", "cancelled", "refunded"},
    "shipped": {"refunded"},
    "cancelled": set(),
    "refunded": set(),
}


@pytest.mark.parametrize("status", ALLOWED)
@pytest.mark.parametrize("step", STEPS)
def test_only_the_allowed_steps_are_taken(
    order_of: Orders, mug: CartItem, now: datetime, status: str, step: str
) -> None:
    order = replace(order_of(mug), status=OrderStatus(status))
    if step in ALLOWED[status]:
        assert STEPS[step](order, now).status == step
    else:
        with pytest.raises(TransitionRefused) as refused:
            STEPS[step](order, now)
        assert refused.value.status == status


def test_the_table_of_this_test_knows_every_status() -> None:
    assert set(ALLOWED) == set(OrderStatus)


def test_only_an_order_that_waits_for_its_first_payment_holds_stock(
    order_of: Orders, mug: CartItem
) -> None:
    order = order_of(mug)
    assert [s.value for s in OrderStatus if replace(order, status=s).holds_stock] == [
        "pending_payment"
    ]


def test_an_order_copies_names_prices_and_amounts_from_the_cart(order_of: Orders) -> None:
    order = order_of(
        CartItem("A", "Mug", "product", 3, Decimal("2.955")),
        CartItem("B", "Delivery", "service", 1, Decimal("4.90")),
    )
    assert [(line.line_number, line.sku, line.amount) for line in order.lines] == [
        (1, "A", Decimal("8.865")),
        (2, "B", Decimal("4.90")),
    ]
    assert order.total == Decimal("13.765")
    assert order.stocked_units == {"A": 3}


def test_an_order_can_be_paid_until_its_time_is_over(order_of: Orders, mug: CartItem) -> None:
    order = order_of(mug)
    assert order.expires_at is not None
    order.require_payable(order.expires_at - timedelta(microseconds=1))
    with pytest.raises(OrderExpired):
        order.require_payable(order.expires_at)


def test_a_paid_order_no_longer_expires(order_of: Orders, mug: CartItem, now: datetime) -> None:
    paid = order_of(mug).paid(now)
    assert (paid.paid_at, paid.expires_at) == (now, None)


def test_a_cart_that_cannot_be_ordered_is_refused(cart_of: Carts, mug: CartItem) -> None:
    with pytest.raises(CartEmpty):
        cart_of().require_orderable()
    with pytest.raises(CartClosed):
        cart_of(mug, status="checked_out").require_orderable()
    with pytest.raises(NotForSale):
        cart_of(replace(mug, for_sale=False)).require_orderable()


def test_an_order_is_paid_back_in_parts_and_never_more_than_was_paid(
    order_of: Orders, mug: CartItem, now: datetime
) -> None:
    order = order_of(mug).paid(now).with_refund(Decimal("10.00"), whole=False)
    assert (order.status, order.refunded_amount) == (OrderStatus.PAID, Decimal("10.00"))
    with pytest.raises(ValueError, match=r"36\.01 refunded of 36\.00"):
        order.with_refund(Decimal("26.01"), whole=True)
    assert order.with_refund(Decimal("26.00"), whole=True).status is OrderStatus.REFUNDED


def test_a_cancelled_order_that_is_paid_back_stays_cancelled(
    order_of: Orders, mug: CartItem, now: datetime
) -> None:
    order = order_of(mug).paid(now).cancelled(now)
    assert order.with_refund(order.total, whole=True).status is OrderStatus.CANCELLED


def test_only_what_was_shipped_can_be_sent_back(
    order_of: Orders, mug: CartItem, now: datetime
) -> None:
    order = order_of(mug).paid(now)
    with pytest.raises(TransitionRefused):
        order.require_returnable()
    order.shipped(now, None).require_returnable()
