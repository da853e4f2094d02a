"""What an order costs: to the cent, whatever the discount, and the VAT is in it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webshop.domain.errors import ShippingUnavailable
from webshop.domain.ordering.carts import CartItem
from webshop.domain.ordering.pricing import (
    allocate_discount,
    included_vat,
    price_items,
    require_shipping_method,
    shipping_methods,
)
from webshop.domain.ordering.promotions import Promotion, normal_code

MUG = CartItem("MUG", "Mug", "product", 2, Decimal("18.00"))
TEN_PERCENT = Promotion(
    "TEN", "−10 %", "percent", Decimal(10), Decimal(0), None, None, None, 0, False, True
)
STANDARD = require_shipping_method("standard", "FR")

cents = st.integers(0, 10_000_000).map(lambda n: Decimal(n) / 100)


@given(st.lists(cents, min_size=1, max_size=30), st.integers(0, 100))
def test_shares_of_a_discount_are_cents_that_add_up_and_none_exceeds_its_amount(
    amounts: list[Decimal], percent: int
) -> None:
    discount = (sum(amounts, Decimal(0)) * percent / 100).quantize(Decimal("0.01"))
    shares = allocate_discount(discount, amounts)
    assert sum(shares, Decimal(0)) == discount
    for share, amount in zip(shares, amounts, strict=True):
        assert 0 <= share <= amount
        assert share == share.quantize(Decimal("0.01"))
        assert abs(share - amount * percent / 100) < Decimal("0.02")


def test_the_cents_left_over_go_to_the_largest_remainders() -> None:
    thirds = [Decimal("10.00"), Decimal("10.00"), Decimal("10.00")]
    assert allocate_discount(Decimal("1.00"), thirds) == [
        Decimal("0.34"),
        Decimal("0.33"),
        Decimal("0.33"),
    ]
    assert allocate_discount(Decimal("0.05"), [Decimal("1.00"), Decimal("9.00")]) == [
        Decimal("0.01"),
        Decimal("0.04"),
    ]


def test_vat_is_contained_in_the_price_and_rounded_once_a_rate() -> None:
    assert included_vat([(Decimal("120.00"), Decimal("0.20"))]) == Decimal("20.00")
    books = [(Decimal("0.10"), Decimal("0.055"))] * 3
    assert included_vat(books) == Decimal("0.02")
    assert included_vat([*books, (Decimal("120.00"), Decimal("0.20"))]) == Decimal("20.02")


def test_a_price_is_goods_less_discount_plus_shipping() -> None:
    price = price_items([MUG], STANDARD, TEN_PERCENT)
    assert (price.gross, price.discount, price.shipping, price.total) == (
        Decimal("36.00"),
        Decimal("3.60"),
        Decimal("4.90"),
        Decimal("37.30"),
    )
    # (32.40 + 4.90) × 0.2 / 1.2
    assert price.vat == Decimal("6.22")


def test_each_line_is_taxed_at_its_own_rate() -> None:
    book = CartItem("BOOK", "Livre", "product", 1, Decimal("10.55"), vat_rate=Decimal("0.055"))
    pickup = require_shipping_method("pickup", "FR")
    assert price_items([book], pickup, None).vat == Decimal("0.55")
    assert price_items([book, MUG], pickup, None).vat == Decimal("6.55")


@pytest.mark.parametrize(("units", "shipping"), [(3, "4.90"), (4, "0.00")])
def test_standard_delivery_is_free_from_sixty_after_discount(units: int, shipping: str) -> None:
    assert price_items([replace(MUG, quantity=units)], STANDARD, None).shipping == Decimal(shipping)


def test_a_discount_can_cost_the_free_delivery() -> None:
    four = replace(MUG, quantity=3, unit_price=Decimal("20.00"))
    assert price_items([four], STANDARD, None).shipping == 0
    assert price_items([four], STANDARD, TEN_PERCENT).shipping == Decimal("4.90")


def test_free_shipping_takes_nothing_off_the_goods() -> None:
    free = replace(TEN_PERCENT, kind="free_shipping", value=Decimal(0))
    price = price_items([MUG], require_shipping_method("express", "DE"), free)
    assert (price.discount, price.shipping) == (0, 0)


def test_an_amount_never_takes_off_more_than_the_goods_cost() -> None:
    forty = replace(TEN_PERCENT, kind="amount", value=Decimal("40.00"), minimum=Decimal("41.00"))
    assert forty.discount(Decimal("36.00")) == Decimal("36.00")


def test_where_the_shop_delivers() -> None:
    assert [method.code for method in shipping_methods("FR")] == ["standard", "express", "pickup"]
    assert [method.code for method in shipping_methods("DE")] == ["standard", "express"]
    assert shipping_methods("AQ") == ()
    with pytest.raises(ShippingUnavailable):
        require_shipping_method("pickup", "DE")
    with pytest.raises(ShippingUnavailable):
        require_shipping_method("standard", "AQ")


def test_codes_differ_neither_in_case_nor_in_spaces_around_them() -> None:
    assert normal_code(" Bienvenue10 ") == "BIENVENUE10"
