"""Many buyers, few units: exactly what was there is sold."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from shopnow.settings import REPO_ROOT

pytestmark = pytest.mark.integration


def test_twenty_clients_buying_the_last_five_units_get_exactly_five(
    shopper: Any, database: Any, new_product: Callable[[int], str]
) -> None:
    sku = new_product(5)
    carts = [shopper.cart_with(sku, 1) for _ in range(20)]

    def buy(cart_id: str) -> str | int:
        placed = shopper.check_out(cart_id)
        if placed.status_code != 201:
            return int(placed.status_code)
        return shopper.pay(placed.json()).outcome

    with ThreadPoolExecutor(20) as pool:
        answers = Counter(pool.map(buy, carts))
    assert answers == {"succeeded": 5, 409: 15}

    level = database.execute("SELECT * FROM shop.stock WHERE sku = %s", [sku]).fetchone()
    assert (level["on_hand"], level["reserved"], level["available"]) == (0, 0, 0)
    movements = database.execute(
        "SELECT version, quantity FROM shop.stock_movements WHERE sku = %s ORDER BY version", [sku]
    ).fetchall()
    assert [m["version"] for m in movements] == list(range(1, level["version"] + 1))
    assert sum(m["quantity"] for m in movements) == 0
    sold = database.execute(
        "SELECT sum(quantity) AS units FROM shop.order_lines JOIN shop.orders USING (order_id)"
        " WHERE sku = %s AND status = 'paid'",
        [sku],
    ).fetchone()
    assert sold == {"units": 5}


def test_buyers_of_the_same_two_products_in_opposite_order_never_block_each_other(
    shopper: Any, database: Any, new_product: Callable[[int], str]
) -> None:
    one, two = new_product(100), new_product(100)

    def cart(first: str, second: str) -> str:
        cart_id: str = shopper.cart_with(first, 1)
        item = {"sku": second, "quantity": 1}
        shopper.http.post(f"/carts/{cart_id}/items", json=item).raise_for_status()
        return cart_id

    carts = [cart(one, two) if number % 2 else cart(two, one) for number in range(24)]
    with ThreadPoolExecutor(12) as pool:
        answers = Counter(answer.status_code for answer in pool.map(shopper.check_out, carts))
    assert answers == {201: 24}
    assert (shopper.available(one), shopper.available(two)) == (76, 76)


def test_two_hundred_clients_at_once_share_the_last_fifty_units(
    stack: Any,
) -> None:
    """Two rounds of oversell.py, which compares answers, stock, ledger and Kafka."""
    command = [sys.executable, "-m", "tests.resilience.oversell", "--rounds", "2", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPO_ROOT)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    for one in json.loads(done.stdout):
        assert (one["ordered"], one["sold_out"], one["differences"]) == (50, 150, [])
