"""Stock movements chain without a gap and never go below zero."""

import itertools
import random

from webshop.retail_import.ledger import RESTOCK_LOT, StockLevel, move


def level(on_hand: int = 0, reserved: int = 0) -> StockLevel:
    return StockLevel(on_hand=on_hand, reserved=reserved, reorder_point=20, version=0)


def test_a_sale_beyond_stock_is_preceded_by_the_fewest_whole_lots():
    shelf = level(on_hand=10)
    delivery, sale = move(shelf, -RESTOCK_LOT - 11, "sale")
    assert (delivery.reason, delivery.quantity) == ("restock", 2 * RESTOCK_LOT)
    assert (sale.reason, sale.quantity) == ("sale", -RESTOCK_LOT - 11)
    assert shelf.on_hand == 10 + 2 * RESTOCK_LOT - RESTOCK_LOT - 11


def test_the_last_piece_is_sold_without_a_delivery():
    (sale,) = move(level(on_hand=3), -3, "sale")
    assert (sale.available_before, sale.available_after) == (3, 0)


def test_what_open_orders_have_reserved_is_not_sold_again():
    shelf = level(on_hand=5, reserved=4)
    delivery, sale = move(shelf, -2, "sale")
    assert delivery.reason == "restock"
    assert sale.available_after == shelf.on_hand - 4 >= 0


def test_returns_and_corrections_upwards_need_no_delivery():
    assert [change.reason for change in move(level(), 7, "return")] == ["return"]


def test_any_sequence_leaves_a_gapless_ledger():
    chance = random.Random(7)
    shelf = level()
    ledger = []
    for _ in range(500):
        ledger += move(shelf, chance.randint(-400, 300) or 1, "adjustment")
    assert [change.version for change in ledger] == list(range(1, len(ledger) + 1))
    assert ledger[0].on_hand_before == 0
    assert shelf.on_hand == ledger[-1].on_hand_after == sum(change.quantity for change in ledger)
    for before, after in itertools.pairwise(ledger):
        assert before.on_hand_after == after.on_hand_before
    assert all(change.on_hand_after == change.on_hand_before + change.quantity for change in ledger)
    assert min(change.available_after for change in ledger) >= 0
