"""Stock movements chain without a gap and never go below zero."""

import itertools
import random

from webshop.domain.catalogue.stock import Reason, StockChange, StockLevel
from webshop.retail_import.ledger import RESTOCK_LOT, move


def level(on_hand: int = 0, reserved: int = 0) -> StockLevel:
    return StockLevel("85123A", "Heart", on_hand, reserved, reorder_point=20, version=0)


def changes(before: StockLevel, quantity: int, reason: Reason) -> list[StockChange]:
    return move(before, quantity, reason, "536365")


def test_a_sale_beyond_stock_is_preceded_by_the_fewest_whole_lots():
    delivery, sale = changes(level(on_hand=10), -RESTOCK_LOT - 11, "sale")
    assert (delivery.reason, delivery.quantity) == ("restock", 2 * RESTOCK_LOT)
    assert (sale.reason, sale.quantity) == ("sale", -RESTOCK_LOT - 11)
    assert sale.after.on_hand == 10 + 2 * RESTOCK_LOT - RESTOCK_LOT - 11


def test_the_last_piece_is_sold_without_a_delivery():
    (sale,) = changes(level(on_hand=3), -3, "sale")
    assert (sale.before.available, sale.after.available) == (3, 0)


def test_what_open_orders_have_reserved_is_not_sold_again():
    delivery, sale = changes(level(on_hand=5, reserved=4), -2, "sale")
    assert delivery.reason == "restock"
    assert sale.after.reserved == 4
    assert sale.after.available == sale.after.on_hand - 4 >= 0


def test_returns_and_corrections_upwards_need_no_delivery():
    assert [change.reason for change in changes(level(), 7, "return")] == ["return"]


def test_any_sequence_leaves_a_gapless_ledger():
    chance = random.Random(7)
    first = shelf = level()
    ledger: list[StockChange] = []
    for _ in range(500):
        ledger += changes(shelf, chance.randint(-400, 300) or 1, "adjustment")
        shelf = ledger[-1].after
    assert [change.after.version for change in ledger] == list(range(1, len(ledger) + 1))
    assert ledger[0].before == first
    assert shelf.on_hand == sum(change.quantity for change in ledger)
    for before, after in itertools.pairwise(ledger):
        assert before.after == after.before
    rows = [change.as_movement() for change in ledger]
    assert all(row["on_hand_after"] == row["on_hand_before"] + row["quantity"] for row in rows)
    assert min(row["available_after"] for row in rows) >= 0
