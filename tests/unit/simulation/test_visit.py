"""A visit makes the calls that a shopper makes, and takes nothing odd for normal."""

import json
import uuid
from decimal import Decimal
from urllib.parse import parse_qsl

import httpx
import pytest

from webshop.simulation.hosted_page import DECLINED_CARD
from webshop.simulation.plan import Intent, Shopper
from webshop.simulation.visit import Outcome, UnexpectedAnswer, visit_shop

CATALOGUE = [
    {"sku": "A", "available": 30, "stock_state": "in_stock"},
    {"sku": "B", "available": 7, "stock_state": "in_stock"},
    {"sku": "C", "available": 1, "stock_state": "low"},
]


class TinyShop:
    """A shop in memory that answers as the API does, for one shopper at a time."""

    def __init__(self) -> None:
        self.stock = {product["sku"]: product["available"] for product in CATALOGUE}
        self.cart: dict[str, int] = {}
        self.calls: list[str] = []
        self.broken = ""
        self.paid = ""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/api/v1")
        self.calls.append(f"{request.method} {path.split('/')[1]}")
        if request.url.host == "gateway":
            form = dict(parse_qsl(request.content.decode()))
            self.paid = "failed" if form["card_number"] == DECLINED_CARD else "succeeded"
            return httpx.Response(303, headers={"Location": "http://shop/orders/1"})
        body = json.loads(request.content or b"{}")
        if self.broken and self.broken in path:
            return httpx.Response(500, json={"title": "broken"})
        return self.answer(request.method, path.strip("/").split("/"), body)

    def answer(self, method: str, path: list[str], body: dict) -> httpx.Response:
        match method, path:
            case "GET", ["products"]:
                return httpx.Response(200, json={"items": CATALOGUE, "next": None})
            case "GET", ["stock", sku]:
                return httpx.Response(200, json={"available": self.stock[sku]})
            case "POST", ["events"]:
                return httpx.Response(202)
            case "POST", ["carts"]:
                self.cart = {}
                return httpx.Response(201, json={"cart_id": str(uuid.uuid4())})
            case "POST", ["carts", _, "items"]:
                self.cart[body["sku"]] = body["quantity"]
                return httpx.Response(201)
            case "POST", ["carts", _, "checkout"]:
                if any(self.stock[sku] < quantity for sku, quantity in self.cart.items()):
                    return httpx.Response(409)
                for sku, quantity in self.cart.items():
                    self.stock[sku] -= quantity
                order = {"order_id": "1", "total": "10.00", "access_token": "t"}
                return httpx.Response(201, json=order)
            case "POST", ["orders", _, "payments"]:
                page = {"payment_id": "2", "redirect_url": "http://gateway/pay/2"}
                return httpx.Response(201, json=page | {"status": "pending"})
            case "GET", ["orders", _, "payments", _]:
                return httpx.Response(200, json={"status": self.paid, "reason": None})
            case _:
                return httpx.Response(200, json={})


def shopper(intent: Intent) -> Shopper:
    return Shopper(
        number=1,
        session_id=uuid.UUID(int=1),
        intent=intent,
        name="Zoé",
        email="zoe@example.org",
        country="FR",
        language="fr",
        word="lampe",
        picks=(0.0, 0.4),
        quantities=(1, 2),
    )


def visit(shop: TinyShop, intent: Intent):
    with httpx.Client(transport=httpx.MockTransport(shop), base_url="http://shop") as http:
        return visit_shop(http, shopper(intent), CATALOGUE)


@pytest.mark.parametrize(
    ("intent", "outcome"),
    [
        (Intent.BROWSE, Outcome.BROWSED),
        (Intent.SEARCH, Outcome.SEARCHED),
        (Intent.ABANDON, Outcome.ABANDONED),
        (Intent.BUY, Outcome.BOUGHT),
        (Intent.DECLINED, Outcome.DECLINED),
        (Intent.RETRY, Outcome.RETRIED),
        (Intent.EMPTY_SHELF, Outcome.EMPTIED),
    ],
)
def test_how_a_visit_ends(intent, outcome):
    assert visit(TinyShop(), intent).outcome is outcome


def test_browsing_tells_the_collector_of_each_page():
    shop = TinyShop()
    visit(shop, Intent.BROWSE)
    assert shop.calls == ["GET products", "POST events"] * 2


def test_the_scarcest_product_in_plain_stock_is_bought_out_in_two_steps():
    shop = TinyShop()
    emptied = visit(shop, Intent.EMPTY_SHELF)
    assert emptied.emptied_sku == "B"
    assert shop.stock == {"A": 30, "B": 0, "C": 1}
    assert (emptied.paid_orders, emptied.paid_amount) == (2, Decimal("20.00"))


def test_a_product_that_went_meanwhile_is_no_failure():
    shop = TinyShop()
    shop.stock = dict.fromkeys(shop.stock, 0)
    assert visit(shop, Intent.BUY).outcome is Outcome.SOLD_OUT


@pytest.mark.parametrize("broken", ["/events", "/carts", "/checkout", "/payments"])
def test_a_server_error_is_never_taken_for_normal(broken):
    shop = TinyShop()
    shop.broken = broken
    with pytest.raises(UnexpectedAnswer, match="→ 500"):
        visit(shop, Intent.BUY)
