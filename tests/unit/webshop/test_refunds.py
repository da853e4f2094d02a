"""Refunds: unit by unit or at once, exactly what was paid goes back and never more."""

import random
import uuid
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from webshop.domain.errors import ReturnRefused, TooManyUnits
from webshop.domain.messaging.events import order_refunded
from webshop.domain.ordering.carts import CartItem
from webshop.domain.ordering.orders import Order
from webshop.domain.ordering.promotions import Promotion
from webshop.domain.ordering.refunds import Refund, refund_lines
from webshop.domain.ordering.returns import Return, ReturnStatus

Orders = Callable[..., Order]
TEN_PERCENT = Promotion(
    "TEN", "−10 %", "percent", Decimal(10), Decimal(0), None, None, None, 0, False, True
)


def prices(order: Order, refunded: dict[int, int], wanted: dict[int, int]) -> list[tuple[int, str]]:
    lines = refund_lines(order, refunded, wanted)
    return [(line.quantity, str(line.unit_price)) for line in lines]


def test_units_go_back_at_the_price_after_discount(order_of: Orders) -> None:
    order = order_of(CartItem("A", "Mug", "product", 4, Decimal("12.50")), promotion=TEN_PERCENT)
    assert prices(order, {}, {1: 2}) == [(2, "11.25")]


def test_what_does_not_divide_into_cents_is_on_the_first_units(order_of: Orders) -> None:
    # 2 × 0.33 less 0.07 leaves 0.59.
    order = order_of(CartItem("A", "Mug", "product", 2, Decimal("0.33")), promotion=TEN_PERCENT)
    assert order.lines[0].paid == Decimal("0.59")
    assert prices(order, {}, {1: 2}) == [(1, "0.30"), (1, "0.29")]
    assert prices(order, {}, {1: 1}) == [(1, "0.30")]
    assert prices(order, {1: 1}, {1: 1}) == [(1, "0.29")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9999)), min_size=1, max_size=6),
    st.integers(0, 10_000),
)
def test_in_whatever_steps_each_line_gives_back_exactly_what_was_paid_for_it(
    order_of: Orders, bought: list[tuple[int, int]], seed: int
) -> None:
    order = order_of(
        *(
            CartItem(f"P{n}", "Thing", "product", quantity, Decimal(price) / 100)
            for n, (quantity, price) in enumerate(bought)
        ),
        promotion=TEN_PERCENT,
    )
    chance = random.Random(seed)
    refunded = {line.line_number: 0 for line in order.lines}
    back = {line.line_number: Decimal(0) for line in order.lines}
    while any(line.quantity > refunded[line.line_number] for line in order.lines):
        wanted = {
            line.line_number: chance.randint(0, line.quantity - refunded[line.line_number])
            for line in order.lines
        }
        for line in refund_lines(order, refunded, wanted):
            back[line.order_line_number] += line.amount
        for number, units in wanted.items():
            refunded[number] += units
    assert back == {line.line_number: line.paid for line in order.lines}


def test_more_units_than_are_left_are_refused(order_of: Orders, mug: CartItem) -> None:
    order = order_of(mug)
    for refunded, wanted in (({}, {1: 3}), ({1: 1}, {1: 2}), ({}, {2: 1})):
        with pytest.raises(TooManyUnits):
            refund_lines(order, refunded, wanted)


def test_the_event_keeps_shipping_apart_from_what_lowers_sales(
    order_of: Orders, mug: CartItem, now: datetime
) -> None:
    order = order_of(mug)
    refund = Refund(
        uuid.uuid4(),
        "SN-R-2026-000001",
        order.order_id,
        None,
        "FR",
        "EUR",
        refund_lines(order, {}, {1: 2}),
        Decimal("4.90"),
        "cancelled by customer",
        now,
    )
    payload = order_refunded(refund, now)["payload"]
    assert (payload["amount"], payload["shipping_amount"]) == ("36.00", "4.90")
    assert refund.amount == Decimal("40.90")
    assert sum(Decimal(line["amount"]) for line in payload["lines"]) == Decimal("36.00")


STEPS: dict[str, Callable[[Return, datetime], Return]] = {
    "accepted": lambda found, now: found.decided(ReturnStatus.ACCEPTED, now),
    "refused": lambda found, now: found.decided(ReturnStatus.REFUSED, now),
    "received": lambda found, now: found.received(now),
}
ALLOWED = {
    "requested": {"accepted", "refused"},
    "accepted": {"received"},
    "refused": set(),
    "received": set(),
}


@pytest.mark.parametrize("status", ALLOWED)
@pytest.mark.parametrize("step", STEPS)
def test_a_return_takes_only_the_allowed_steps(status: str, step: str, now: datetime) -> None:
    found = Return(uuid.uuid4(), uuid.uuid4(), ReturnStatus(status), "too small", {1: 1}, now)
    if step in ALLOWED[status]:
        assert STEPS[step](found, now).status == step
    else:
        with pytest.raises(ReturnRefused):
            STEPS[step](found, now)
