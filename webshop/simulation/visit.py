"""One shopper's visit: the calls that the shop's frontend would make, and how it ended."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

import httpx

from webshop.simulation.hosted_page import DECLINED_CARD, GOOD_CARD, submit_card
from webshop.simulation.plan import Intent, Shopper
from webshop.simulation.shop_requests import (
    API,
    Request,
    add_item,
    cancel,
    check_out,
    open_cart,
    see_payment,
    start_payment,
)

#: How long a shopper waits for what became of a payment, and looks again, seconds.
REQUEST_TIMEOUT_S = 30.0
POLL_S = 0.1
LARGEST_QUANTITY = 999

Product = dict[str, Any]


class Outcome(StrEnum):
    """How a visit ended."""

    BROWSED = "looked around"
    SEARCHED = "searched"
    ABANDONED = "left a full cart"
    BOUGHT = "bought"
    DECLINED = "card declined, left"
    RETRIED = "card declined, then bought"
    SOLD_OUT = "found it sold out"
    EMPTIED = "bought the last piece"


class UnexpectedAnswer(RuntimeError):
    """The shop answered with what a shopper never should get; the message quotes it."""


@dataclass
class Visit:
    """What happened: the orders that were paid, and how long each call took."""

    shopper: Shopper
    outcome: Outcome | None = None
    paid_orders: int = 0
    paid_amount: Decimal = Decimal(0)
    seconds: list[float] = field(default_factory=list)
    emptied_sku: str | None = None


class ShopClient:
    """The calls of one visit. Each names the answers that it can live with; others raise."""

    def __init__(self, http: httpx.Client, visit: Visit) -> None:
        self._http, self._visit = http, visit

    def call(
        self,
        request: Request,
        *,
        expect: tuple[int, ...] = (200,),
        params: dict[str, str | int] | None = None,
    ) -> httpx.Response:
        """One call. Raises UnexpectedAnswer, or httpx.HTTPError when none came."""
        started = time.monotonic()
        answer = self._http.request(
            request.method,
            f"{API}{request.path}",
            json=request.body,
            headers=request.headers,
            params=params,
        )
        self._visit.seconds.append(time.monotonic() - started)
        if answer.status_code not in expect:
            raise UnexpectedAnswer(
                f"{request.method} {request.path} → {answer.status_code}: {answer.text[:300]}"
            )
        return answer

    def submit_card(self, page_url: str, number: str) -> None:
        """Pay on the payment provider's page. Raises UnexpectedAnswer or httpx.HTTPError."""
        answer = submit_card(self._http, page_url, number)
        if answer.status_code != httpx.codes.SEE_OTHER:
            raise UnexpectedAnswer(f"the payment page → {answer.status_code}: {answer.text[:300]}")


def visit_shop(http: httpx.Client, shopper: Shopper, catalogue: list[Product]) -> Visit:
    """Play one shopper. Raises UnexpectedAnswer or httpx.HTTPError."""
    visit = Visit(shopper)
    shop = ShopClient(http, visit)
    visit.outcome = _VISITS_BY_INTENT[shopper.intent](shop, visit, catalogue)
    return visit


def _browse(shop: ShopClient, visit: Visit, catalogue: list[Product]) -> Outcome:
    for product in _picked(visit.shopper, catalogue):
        _view_product(shop, visit.shopper, product["sku"])
    return Outcome.BROWSED


def _search(shop: ShopClient, visit: Visit, _catalogue: list[Product]) -> Outcome:
    shopper = visit.shopper
    search: dict[str, str | int] = {"q": shopper.word, "limit": 24}
    found = shop.call(Request("GET", "/products"), params=search).json()["items"]
    _collect(
        shop,
        shopper,
        "product_searched",
        {"query": shopper.word, "results_count": len(found)},
    )
    for product in found[: len(shopper.picks)]:
        _view_product(shop, shopper, product["sku"])
    return Outcome.SEARCHED


def _abandon(shop: ShopClient, visit: Visit, catalogue: list[Product]) -> Outcome:
    cart_id, taken = _fill_cart(shop, visit.shopper, _picked(visit.shopper, catalogue))
    if len(taken) > 1:
        shop.call(Request("DELETE", f"/carts/{cart_id}/items/{taken[0]['sku']}"))
    shop.call(Request("GET", f"/carts/{cart_id}"))
    return Outcome.ABANDONED


def _buy(shop: ShopClient, visit: Visit, catalogue: list[Product]) -> Outcome:
    order = _order(shop, visit.shopper, _picked(visit.shopper, catalogue))
    if order is None:
        return Outcome.SOLD_OUT
    _pay(shop, visit, order, GOOD_CARD)
    return Outcome.BOUGHT


def _declined(shop: ShopClient, visit: Visit, catalogue: list[Product]) -> Outcome:
    order = _order(shop, visit.shopper, _picked(visit.shopper, catalogue))
    if order is None:
        return Outcome.SOLD_OUT
    _pay(shop, visit, order, DECLINED_CARD)
    if visit.shopper.intent is Intent.RETRY:
        # Its stock went back on sale with the refusal, so the last piece may be gone by now.
        return Outcome.RETRIED if _pay(shop, visit, order, GOOD_CARD) else Outcome.SOLD_OUT
    shop.call(cancel(order))
    return Outcome.DECLINED


def _buy_out(shop: ShopClient, visit: Visit, catalogue: list[Product]) -> Outcome:
    """Buy a product below its reorder point, then out, then see that it is sold out."""
    product = _scarcest(catalogue)
    if product is None:
        return Outcome.SOLD_OUT
    sku = product["sku"]
    left = shop.call(Request("GET", f"/stock/{sku}")).json()["available"]
    for share in (left - 1, 1):
        while share > 0:
            quantity = min(share, LARGEST_QUANTITY)
            order = _order(shop, visit.shopper, [product], (quantity,))
            if order is None or not _pay(shop, visit, order, GOOD_CARD):
                return Outcome.SOLD_OUT
            share -= quantity
    visit.emptied_sku = sku
    if _order(shop, visit.shopper, [product], (1,)) is not None:
        raise UnexpectedAnswer(f"{sku} is sold out, and the shop took another order for it")
    return Outcome.EMPTIED


_VISITS_BY_INTENT: dict[Intent, Callable[[ShopClient, Visit, list[Product]], Outcome]] = {
    Intent.BROWSE: _browse,
    Intent.SEARCH: _search,
    Intent.ABANDON: _abandon,
    Intent.BUY: _buy,
    Intent.DECLINED: _declined,
    Intent.RETRY: _declined,
    Intent.EMPTY_SHELF: _buy_out,
}


def _scarcest(catalogue: list[Product]) -> Product | None:
    """The product of which least is left among those in plain stock, so that both alerts come."""
    return min(
        (product for product in catalogue if product["stock_state"] == "in_stock"),
        key=lambda product: (product["available"], product["sku"]),
        default=None,
    )


def _picked(shopper: Shopper, catalogue: list[Product]) -> list[Product]:
    """What the shopper picks of what is for sale; each product once."""
    for_sale = [product for product in catalogue if product["stock_state"] != "sold_out"]
    picks = {int(pick * len(for_sale)) for pick in shopper.picks} if for_sale else set()
    return [for_sale[pick] for pick in sorted(picks)]


def _view_product(shop: ShopClient, shopper: Shopper, sku: str) -> None:
    shop.call(Request("GET", f"/products/{sku}"))
    _collect(shop, shopper, "product_viewed", {"sku": sku})


def _collect(shop: ShopClient, shopper: Shopper, event_type: str, payload: dict[str, Any]) -> None:
    common = {"session_id": str(shopper.session_id), "language": shopper.language}
    event = {"event_type": event_type, "payload": {**common, **payload}}
    shop.call(Request("POST", "/events", event), expect=(202,))


def _fill_cart(
    shop: ShopClient,
    shopper: Shopper,
    products: list[Product],
    quantities: tuple[int, ...] | None = None,
) -> tuple[str, list[Product]]:
    """A cart with these products, and those of them that it took."""
    cart_id = shop.call(open_cart(shopper.session_id), expect=(201,)).json()["cart_id"]
    taken = []
    for product, quantity in zip(products, quantities or shopper.quantities, strict=False):
        _view_product(shop, shopper, product["sku"])
        answer = shop.call(add_item(cart_id, product["sku"], quantity), expect=(200, 201, 409))
        if answer.status_code != httpx.codes.CONFLICT:
            taken.append(product)
    return cart_id, taken


def _order(
    shop: ShopClient,
    shopper: Shopper,
    products: list[Product],
    quantities: tuple[int, ...] | None = None,
) -> dict[str, Any] | None:
    """An order that waits for its payment; None when something was sold out meanwhile."""
    cart_id, taken = _fill_cart(shop, shopper, products, quantities)
    if not taken:
        return None
    buyer = {"email": shopper.email, "name": shopper.name, "country": shopper.country}
    answer = shop.call(check_out(cart_id, **buyer), expect=(201, 409))
    return None if answer.status_code == httpx.codes.CONFLICT else answer.json()


def _pay(shop: ShopClient, visit: Visit, order: dict[str, Any], card: str) -> bool:
    """Try to pay; whether it was. Only the declined card may be declined, and it must be."""
    answer = shop.call(start_payment(order), expect=(201, 409))
    if answer.status_code != httpx.codes.CREATED:
        return False
    started = answer.json()
    shop.submit_card(started["redirect_url"], card)
    payment = _settled(shop, see_payment(order, started["payment_id"]))
    if (payment["status"] == "succeeded") is not (card == GOOD_CARD):
        raise UnexpectedAnswer(f"a payment by card {card[-4:]} ended as {payment}")
    if payment["status"] != "succeeded":
        return False
    visit.paid_orders += 1
    visit.paid_amount += Decimal(order["total"])
    return True


def _settled(shop: ShopClient, asked: Request) -> dict[str, Any]:
    """The payment once it is no longer pending. Raises UnexpectedAnswer if it stays so."""
    deadline = time.monotonic() + REQUEST_TIMEOUT_S
    while True:
        payment: dict[str, Any] = shop.call(asked).json()
        if payment["status"] != "pending":
            return payment
        if time.monotonic() > deadline:
            raise UnexpectedAnswer(
                f"GET {asked.path}: still pending after {REQUEST_TIMEOUT_S:.0f} s"
            )
        time.sleep(POLL_S)
