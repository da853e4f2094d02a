"""Stock arithmetic: nothing is promised twice, nothing falls below zero, no version is skipped."""

import itertools
import random

import pytest

from webshop.domain.catalogue.stock import (
    LARGEST_STOCK,
    StockChange,
    StockLevel,
    count,
    release,
    reserve,
    restock,
    return_to_stock,
    sell_reserved,
    set_reorder_point,
    stock_state,
)
from webshop.domain.errors import CountTooLow, OutOfStock, Shortage, StockTooLarge


def level(sku: str = "MUG", on_hand: int = 10, reserved: int = 0, version: int = 3) -> StockLevel:
    return StockLevel(sku, f"The {sku}", on_hand, reserved, reorder_point=4, version=version)


def test_a_reservation_takes_units_off_sale_and_leaves_them_in_the_warehouse() -> None:
    [change] = reserve({"MUG": level()}, {"MUG": 3}, "SN-1")
    assert (change.after.on_hand, change.after.reserved, change.after.available) == (10, 3, 7)
    assert (change.quantity, change.reason, change.reference) == (-3, "reservation", "SN-1")
    assert change.after.version == 4


def test_a_sale_of_reserved_units_leaves_what_is_for_sale_as_it_is() -> None:
    [change] = sell_reserved({"MUG": level(reserved=3)}, {"MUG": 3}, "SN-1")
    assert (change.after.on_hand, change.after.reserved, change.after.available) == (7, 0, 7)
    assert (change.quantity, change.reason) == (0, "sale")


def test_a_release_puts_units_back_on_sale() -> None:
    [change] = release({"MUG": level(reserved=3)}, {"MUG": 3}, "SN-1")
    assert (change.after.on_hand, change.after.reserved, change.quantity) == (10, 0, 3)


def test_a_reservation_is_all_or_nothing_and_names_every_shortage() -> None:
    levels = {"MUG": level(on_hand=2), "TEA": level("TEA"), "PEN": level("PEN", on_hand=0)}
    with pytest.raises(OutOfStock) as refused:
        reserve(levels, {"MUG": 3, "TEA": 1, "PEN": 1, "NEW": 1}, "SN-1")
    assert refused.value.shortages == (
        Shortage("MUG", 3, 2),
        Shortage("PEN", 1, 0),
        Shortage("NEW", 1, 0),
    )


def test_reserved_units_cannot_be_reserved_again() -> None:
    with pytest.raises(OutOfStock):
        reserve({"MUG": level(on_hand=5, reserved=5)}, {"MUG": 1}, "SN-2")


@pytest.mark.parametrize(("on_hand", "reserved"), [(-1, 0), (3, 4), (3, -1)])
def test_an_impossible_level_cannot_be_made(on_hand: int, reserved: int) -> None:
    with pytest.raises(ValueError, match="impossible"):
        level(on_hand=on_hand, reserved=reserved)


def test_more_cannot_be_released_than_was_reserved() -> None:
    with pytest.raises(ValueError, match="impossible"):
        release({"MUG": level(reserved=1)}, {"MUG": 2}, "SN-1")


def test_a_restock_adds_units() -> None:
    change = restock(level(on_hand=0), 6, None)
    assert (change.after.on_hand, change.quantity, change.reason) == (6, 6, "restock")
    with pytest.raises(ValueError, match="impossible"):
        restock(level(), 0, None)


def test_stock_stays_within_what_the_ledger_can_count() -> None:
    with pytest.raises(StockTooLarge):
        restock(level(on_hand=LARGEST_STOCK), 1, None)


def test_sold_units_come_back_on_the_shelf() -> None:
    [change] = return_to_stock({"MUG": level(on_hand=3, reserved=1)}, {"MUG": 2}, "SN-R-1")
    assert (change.after.on_hand, change.quantity, change.reason) == (5, 2, "return")


@pytest.mark.parametrize(("counted", "quantity"), [(7, -3), (10, 0), (12, 2)])
def test_a_count_corrects_what_is_on_hand(counted: int, quantity: int) -> None:
    change = count(level(on_hand=10, reserved=4), counted)
    assert (change.after.on_hand, change.quantity, change.reason) == (counted, quantity, "count")
    assert change.after.version == 4


def test_a_count_below_what_is_promised_is_refused() -> None:
    with pytest.raises(CountTooLow):
        count(level(on_hand=10, reserved=4), 3)


def test_a_new_reorder_point_moves_no_unit_and_is_told() -> None:
    change = set_reorder_point(level(on_hand=10), 9)
    assert (change.quantity, change.after.reorder_point, change.after.version) == (0, 9, 4)


@pytest.mark.parametrize(
    ("available", "state"), [(0, "sold_out"), (1, "low"), (4, "low"), (5, "in_stock")]
)
def test_how_a_shopper_sees_it(available: int, state: str) -> None:
    assert stock_state(available, reorder_point=4) == state


def test_any_history_is_gapless_and_its_quantities_add_up_to_what_is_for_sale() -> None:
    """A thousand random steps: the ledger alone gives the level."""
    chance = random.Random(7)
    current = level(on_hand=0, version=0)
    held: list[int] = []
    ledger: list[StockChange] = []
    for _ in range(1000):
        step = chance.choice(["reserve", "sell", "release", "restock"])
        quantity = chance.randint(1, 5)
        if step == "restock":
            change = restock(current, quantity, None)
        elif step == "reserve":
            if quantity > current.available:
                with pytest.raises(OutOfStock):
                    reserve({"MUG": current}, {"MUG": quantity}, "SN")
                continue
            [change] = reserve({"MUG": current}, {"MUG": quantity}, "SN")
            held.append(quantity)
        elif not held:
            continue
        else:
            settle = sell_reserved if step == "sell" else release
            [change] = settle({"MUG": current}, {"MUG": held.pop()}, "SN")
        ledger.append(change)
        current = change.after
    assert [change.after.version for change in ledger] == list(range(1, len(ledger) + 1))
    assert sum(change.quantity for change in ledger) == current.available
    assert all(a.after == b.before for a, b in itertools.pairwise(ledger))
    assert current.reserved == sum(held)
