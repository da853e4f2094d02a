"""Staff: the range, the stock with who and why, lists that page, and logs that stay as they are."""

import random
import string
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

NewProduct = Callable[[int], str]


def test_a_product_is_made_stocked_priced_and_taken_off_sale(
    shopper: Any, manager: Any, database: Any
) -> None:
    sku, key = f"TEST-{uuid.uuid4().hex[:12]}", str(uuid.uuid4())
    body = {
        "sku": sku,
        "name": "Théière",
        "name_en": "Teapot",
        "category": "Tests",
        "price": "29.90",
    }
    made = [manager.post("/products", body | {"reorder_point": 3}, key) for _ in range(2)]
    assert [answer.status_code for answer in made] == [201, 201]
    assert (made[0].json()["on_hand"], made[0].json()["stock_state"]) == (0, "sold_out")
    assert manager.post("/products", body).json()["type"] == "/problems/already-exists"
    restocked = manager.post(f"/stock/{sku}/restock", {"quantity": 5, "reason": "delivery 4711"})
    assert restocked.json()["available"] == 5

    cart = shopper.cart_with(sku, 1)
    changed = manager.http.patch(
        f"/staff/products/{sku}", json={"price": "19.90", "reorder_point": 5}
    ).json()
    assert (changed["price"], changed["stock_state"]) == ("19.90", "low")
    assert shopper.http.get(f"/carts/{cart}").json()["total"] == "19.90"
    manager.http.patch(f"/staff/products/{sku}", json={"active": False}).raise_for_status()
    assert shopper.check_out(cart).json()["type"] == "/problems/not-for-sale"
    [item] = shopper.http.get(f"/carts/{cart}", params={"lang": "en"}).json()["items"]
    assert (item["name"], item["stock_state"]) == ("Teapot", "sold_out")
    assert manager.get("/products", q="théiere " + sku)["items"] == []
    [found] = manager.get("/products", q=sku.lower())["items"]
    assert found["active"] is False

    actions = database.execute(
        "SELECT action, before, after FROM shop.audit WHERE subject = %s ORDER BY entry",
        [f"product {sku}"],
    ).fetchall()
    assert [row["action"] for row in actions] == [
        "product.create",
        "stock.restock",
        "product.change",
        "product.change",
    ]
    assert (actions[2]["before"], actions[2]["after"]) == (
        {"price": "29.90", "reorder_point": 3},
        {"price": "19.90", "reorder_point": 5},
    )


@pytest.mark.parametrize("price", ["0", "-1.00", "1.005", "1e9", "NaN", "Infinity", True, None])
def test_a_price_that_cannot_be_charged_is_refused(manager: Any, price: Any) -> None:
    body = {"sku": f"TEST-{uuid.uuid4().hex[:12]}", "name": "x", "category": "Tests"}
    assert manager.post("/products", body | {"price": price}).status_code == 422


def test_the_ledger_says_who_and_why_and_what_must_be_on_hand(
    shopper: Any, manager: Any, new_product: NewProduct
) -> None:
    sku = new_product(10)
    shopper.order(sku, 4)
    low = manager.post(f"/stock/{sku}/count", {"on_hand": 3, "reason": "inventory"})
    assert low.json()["type"] == "/problems/count-too-low"
    manager.post(f"/stock/{sku}/count", {"on_hand": 8, "reason": "two broken"}).raise_for_status()
    found = manager.get(f"/stock/{sku}/movements", limit=2)
    assert [(m["reason"], m["quantity"], m["note"]) for m in found["items"]] == [
        ("count", -2, "two broken"),
        ("reservation", -4, None),
    ]
    assert all(m["actor"] for m in found["items"])
    assert found["stock"] == {
        "sku": sku,
        "on_hand": 8,
        "reserved": 4,
        "available": 4,
        "reorder_point": 2,
        "version": 3,
    }
    assert found["ledger"] == {"on_hand": 8, "available": 4, "version": 3}
    [first] = manager.get(f"/stock/{sku}/movements", limit=2, after=found["next"])["items"]
    assert (first["reason"], first["version"]) == ("restock", 1)


def test_one_key_restocks_once(manager: Any, shopper: Any, new_product: NewProduct) -> None:
    sku, key = new_product(1), str(uuid.uuid4())
    body = {"quantity": 5, "reason": "delivery"}
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(lambda _: manager.post(f"/stock/{sku}/restock", body, key), range(4))
        )
    assert {answer.status_code for answer in answers} == {201}
    assert shopper.available(sku) == 6
    for quantity in (0, -5, 10**9, 1.5):
        wrong = manager.post(f"/stock/{sku}/restock", body | {"quantity": quantity})
        assert wrong.status_code == 422
    assert manager.post("/stock/NO-SUCH/restock", body).status_code == 404


@pytest.mark.parametrize("table", ["audit", "order_history", "stock_movements"])
@pytest.mark.parametrize("change", ["UPDATE shop.{} SET actor = 'x'", "DELETE FROM shop.{}"])
def test_a_log_cannot_be_changed(database: Any, table: str, change: str) -> None:
    with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        database.execute(change.format(table))


def test_lists_page_by_key_and_find_by_words(
    shopper: Any, manager: Any, new_product: NewProduct
) -> None:
    sku, name = new_product(9), f"Éloïse {''.join(random.choices(string.ascii_lowercase, k=8))}"
    made = [
        shopper.check_out(shopper.cart_with(sku, 1), name=name).json()["order_number"]
        for _ in range(3)
    ]
    listed, after = [], None
    for _ in range(3):
        more = {"after": after} if after else {}
        page = manager.get("/orders", q=name.replace("É", "e").upper(), limit=1, **more)
        listed += [order["order_number"] for order in page["items"]]
        after = page["next"]
    assert (listed, after) == (made[::-1], None)
    assert manager.get("/orders", q=made[0], status="paid")["items"] == []
    assert manager.get("/orders", q="100%_\\")["items"] == []
    detail = manager.get("/orders", q=made[0])["items"][0]
    assert manager.get(f"/orders/{detail['order_id']}")["order_number"] == made[0]
    assert manager.http.get("/staff/orders", params={"after": "x"}).status_code == 400
    assert manager.http.get("/staff/orders", params={"limit": 0}).status_code == 422
    assert manager.get("/customers", limit=1)["items"] is not None
    for _ in range(2):
        manager.post(f"/stock/{sku}/restock", {"quantity": 1, "reason": "x"}).raise_for_status()
    audit = manager.get("/audit", limit=1)
    assert audit["items"][0]["entry"] > 0
    assert manager.http.get("/staff/audit", params={"after": audit["next"]}).status_code == 200
