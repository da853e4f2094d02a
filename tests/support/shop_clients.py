"""Clients of the shop's API: a guest, a visitor with cookies, and someone of the staff."""

import random
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from webshop.simulation import shop_requests
from webshop.simulation.hosted_page import GOOD_CARD, submit_card
from webshop.simulation.shop_requests import API, Request, idempotency_key


def send(http: httpx.Client, request: Request) -> httpx.Response:
    """Send a request to the API that is the client's base URL."""
    return http.request(request.method, request.path, json=request.body, headers=request.headers)


@contextmanager
def api_client(shop_url: str, **options: Any) -> Iterator[httpx.Client]:
    """An HTTP client of the API of the shop at this address."""
    with httpx.Client(base_url=f"{shop_url}{API}", timeout=30, **options) as http:
        yield http


@dataclass(frozen=True)
class Attempt:
    """An attempt to pay: the shop's first answer, and the payment as it was seen last."""

    answer: httpx.Response
    payment: dict[str, Any] | None

    @property
    def outcome(self) -> str | int:
        """`succeeded`, `failed` or `pending`; the HTTP status if the shop started no payment."""
        return self.payment["status"] if self.payment else self.answer.status_code


@dataclass(frozen=True)
class Shopper:
    """A guest of the shop."""

    http: httpx.Client

    def cart_with(self, sku: str, quantity: int) -> str:
        """A new cart that holds this; its id."""
        cart = send(self.http, shop_requests.open_cart(uuid.uuid4())).raise_for_status()
        cart_id: str = cart.json()["cart_id"]
        send(self.http, shop_requests.add_item(cart_id, sku, quantity)).raise_for_status()
        return cart_id

    def check_out(self, cart_id: str, key: str | None = None, **more: Any) -> httpx.Response:
        """Ask for the order of a cart; `more` joins the body, or replaces parts of it."""
        return send(self.http, shop_requests.check_out(cart_id, key, **more))

    def order(self, sku: str, quantity: int, **more: Any) -> dict[str, Any]:
        """An unpaid order of this; `more` joins the checkout's body."""
        placed: dict[str, Any] = (
            self.check_out(self.cart_with(sku, quantity), **more).raise_for_status().json()
        )
        return placed

    def paid_order(self, sku: str, quantity: int, **more: Any) -> dict[str, Any]:
        """A paid order of this, as its checkout answered."""
        placed = self.order(sku, quantity, **more)
        assert self.pay(placed).outcome == "succeeded"
        return placed

    def start_payment(
        self, order: dict[str, Any], key: str | None = None, **body: Any
    ) -> httpx.Response:
        """Ask for the page on which to pay an order."""
        return send(self.http, shop_requests.start_payment(order, key, **body))

    def payment(self, order: dict[str, Any], payment_id: str) -> dict[str, Any]:
        """A payment as the shop sees it now."""
        answer = send(self.http, shop_requests.see_payment(order, payment_id))
        found: dict[str, Any] = answer.raise_for_status().json()
        return found

    def settled(self, order: dict[str, Any], payment_id: str) -> dict[str, Any]:
        """A payment once it is no longer pending; as it is after 30 s if it stays so."""
        deadline = time.monotonic() + 30
        while True:
            found = self.payment(order, payment_id)
            if found["status"] != "pending" or time.monotonic() > deadline:
                return found
            time.sleep(0.05)

    def pay(self, order: dict[str, Any], card: str = GOOD_CARD, key: str | None = None) -> Attempt:
        """Try to pay an order on the payment provider's page, and wait for what becomes of it."""
        answer = self.start_payment(order, key)
        if answer.status_code != httpx.codes.CREATED:
            return Attempt(answer, None)
        started = answer.json()
        submit_card(self.http, started["redirect_url"], card)
        return Attempt(answer, self.settled(order, started["payment_id"]))

    def seen(self, order: dict[str, Any]) -> dict[str, Any]:
        """The order as the shop shows it now."""
        answer = send(self.http, shop_requests.see_order(order))
        found: dict[str, Any] = answer.raise_for_status().json()
        return found

    def status(self, order: dict[str, Any]) -> str:
        """Where the order stands."""
        status: str = self.seen(order)["status"]
        return status

    def cancel(self, order: dict[str, Any], **body: Any) -> httpx.Response:
        """Try to cancel an order."""
        return send(self.http, shop_requests.cancel(order, **body))

    def available(self, sku: str) -> int:
        """Units for sale, as the shop says."""
        units: int = self.http.get(f"/stock/{sku}").raise_for_status().json()["available"]
        return units


@dataclass
class Visitor:
    """A browser of somebody's own: cookies, CSRF token, and an address that nobody else has."""

    http: httpx.Client
    csrf_token: str | None = None

    def send(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        """A call as the shop's pages make it."""
        headers = dict(arguments.pop("headers", {}))
        if self.csrf_token is not None:
            headers["X-CSRF-Token"] = self.csrf_token
        return self.http.request(method, path, headers=headers, **arguments)

    def log_in(
        self, email: str, password: str, cart_id: str | None = None, code: str | None = None
    ) -> httpx.Response:
        """Try to log in; what the shop answered."""
        body = {"email": email, "password": password, "cart_id": cart_id, "code": code}
        answer = self.send("POST", "/session", json=body)
        if answer.is_success:
            self.csrf_token = answer.json()["csrf_token"]
        return answer

    def cart_with(self, sku: str, quantity: int) -> str:
        """A new cart that holds this, or the account's cart with this in it; its id."""
        cart = self._send(shop_requests.open_cart()).raise_for_status()
        cart_id: str = cart.json()["cart_id"]
        self._send(shop_requests.add_item(cart_id, sku, quantity)).raise_for_status()
        return cart_id

    def check_out(self, cart_id: str, **more: Any) -> httpx.Response:
        """Ask for the order of a cart; `more` joins the body, or replaces parts of it."""
        return self._send(shop_requests.check_out(cart_id, **more))

    def order(self, cart_id: str, **more: Any) -> dict[str, Any]:
        """The unpaid order of a cart; `more` joins the checkout's body."""
        placed: dict[str, Any] = self.check_out(cart_id, **more).raise_for_status().json()
        return placed

    def account(self) -> dict[str, Any] | None:
        """Who the shop says is logged in."""
        account: dict[str, Any] | None = self.http.get("/session").json()["account"]
        return account

    def _send(self, request: Request) -> httpx.Response:
        return self.send(request.method, request.path, json=request.body, headers=request.headers)


@contextmanager
def visitors(shop_url: str) -> Iterator[Callable[[], Visitor]]:
    """Makes visitors, each from an address of the loopback network, as attempts count by that."""
    with ExitStack() as opened:

        def make() -> Visitor:
            address = ".".join(map(str, (127, *(random.randint(1, 254) for _ in range(3)))))
            transport = httpx.HTTPTransport(local_address=address)
            return Visitor(opened.enter_context(api_client(shop_url, transport=transport)))

        yield make


@dataclass(frozen=True)
class Manager:
    """Someone of the staff."""

    http: httpx.Client

    def post(self, path: str, body: dict[str, Any], key: str | None = None) -> httpx.Response:
        """POST `/staff/…` with an Idempotency-Key, a new one unless it is given."""
        return self.http.post(f"/staff{path}", json=body, headers=idempotency_key(key))

    def get(self, path: str, **params: Any) -> dict[str, Any]:
        """The answer to GET `/staff/…`."""
        answer: dict[str, Any] = (
            self.http.get(f"/staff{path}", params=params).raise_for_status().json()
        )
        return answer
