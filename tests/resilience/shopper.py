"""A shopper who is not put off: each call is repeated, under the same key, until it is answered.

What may differ between two answers to the same key is nothing: every answer is compared with the
first one to that key, and calls are repeated at random for that purpose.
"""

import random
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx

from webshop.simulation.hosted_page import DECLINED_CARD, GOOD_CARD, submit_card
from webshop.simulation.shop_requests import (
    API,
    Order,
    Request,
    add_item,
    cancel,
    check_out,
    open_cart,
    see_payment,
    start_payment,
)

Plan = Literal["buy", "decline", "abandon", "cancel", "promo"]
#: Kinds of checkouts and how many in a hundred there are of each.
PLANS: dict[Plan, int] = {"buy": 50, "decline": 15, "abandon": 10, "cancel": 10, "promo": 15}
PROMO_CODE = "BIENVENUE10"
#: How long a call is repeated before the shopper gives up, seconds. A restart takes about ten.
REQUEST_TIMEOUT_S = 180.0
_RETRYABLE_STATUSES = {429, 500, 502, 503, 504}


class GaveUp(RuntimeError):
    """A call got no answer, or one that no shop should give; the message says which."""


@dataclass
class CallLog:
    """What one shopper saw: orders, first answers by call, and answers that differ from them."""

    orders: list[str] = field(default_factory=list)
    answers: dict[tuple[str, str], tuple[int, Any]] = field(default_factory=dict)
    contradictions: list[str] = field(default_factory=list)
    retries: int = 0
    failures: list[str] = field(default_factory=list)


class Shopper:
    """One client of the shop's API."""

    def __init__(self, shop_url: str, call_log: CallLog, seed: int) -> None:
        self._http = httpx.Client(base_url=f"{shop_url}{API}", timeout=20)
        self._call_log = call_log
        self._random = random.Random(seed)

    def close(self) -> None:
        """Close its connections."""
        self._http.close()

    def run_plan(self, plan: Plan, skus: list[str]) -> None:
        """Carry out one plan from the cart to its end. Raises GaveUp."""
        cart = self._call(open_cart(), expect={201})["cart_id"]
        for sku in self._random.sample(skus, k=self._random.randint(1, 3)):
            self._call(add_item(cart, sku, self._random.randint(1, 3)), expect={201, 409})
        buyer = {"email": f"{uuid.uuid4().hex}@chaos.example", "name": "Chaos"}
        promotion = {"promo_code": PROMO_CODE} if plan == "promo" else {}
        order = self._once(check_out(cart, **buyer, **promotion), expect={201, 409})
        if "order_id" not in order:
            return
        self._call_log.orders.append(order["order_id"])
        if plan in {"buy", "promo"}:
            self._pay(order, GOOD_CARD)
        elif plan == "decline":
            self._pay(order, DECLINED_CARD)
            if self._random.random() < 0.5:
                self._pay(order, GOOD_CARD)
        elif plan == "cancel":
            self._call(cancel(order), expect={200, 409})

    def _pay(self, order: Order, card: str) -> None:
        """Pay on the provider's page, and wait until the shop knows of it."""
        started = self._once(start_payment(order), expect={201, 409})
        if "payment_id" not in started:
            return
        # Sent again after a lost answer, the page says that it is done with.
        page = started["redirect_url"]
        self._until(lambda: submit_card(self._http, page, card), {200, 303, 409})
        asked = see_payment(order, started["payment_id"])
        deadline = time.monotonic() + REQUEST_TIMEOUT_S
        while time.monotonic() < deadline:
            if self._call(asked, expect={200})["status"] != "pending":
                return
            time.sleep(0.2)
        raise GaveUp(f"payment {started['payment_id']} stays pending")

    def _once(self, request: Request, *, expect: set[int]) -> dict[str, Any]:
        """A call under an Idempotency-Key; now and then it is sent once more for comparison."""
        first: dict[str, Any] = {}
        for _ in range(2 if self._random.random() < 0.25 else 1):
            answer = self._until(lambda: self._send(request), expect)
            first = self._log_response(request, answer)
        return first

    def _log_response(self, request: Request, answer: httpx.Response) -> dict[str, Any]:
        path, key = request.path, request.headers["Idempotency-Key"]
        given = (answer.status_code, answer.json())
        # A refusal leaves no trace of the key: later, the same call may find what it wants.
        known = self._call_log.answers.get((path, key))
        if known is None or known[0] == httpx.codes.CONFLICT:
            self._call_log.answers[path, key] = given
        elif known != given:
            self._call_log.contradictions.append(f"{path} {key}: {known} and then {given}")
        body: dict[str, Any] = given[1]
        return body

    def _call(self, request: Request, *, expect: set[int]) -> dict[str, Any]:
        found: dict[str, Any] = self._until(lambda: self._send(request), expect).json()
        return found

    def _send(self, request: Request) -> httpx.Response:
        return self._http.request(
            request.method, request.path, json=request.body, headers=request.headers
        )

    def _until(self, send: Callable[[], httpx.Response], expect: set[int]) -> httpx.Response:
        """Repeat a call until it is answered as expected. Raises GaveUp."""
        deadline = time.monotonic() + REQUEST_TIMEOUT_S
        pause = 0.1
        reason = ""
        while time.monotonic() < deadline:
            try:
                answer = send()
            except httpx.TransportError as error:
                reason = str(error) or type(error).__name__
            else:
                if answer.status_code in expect:
                    return answer
                reason = f"{answer.request.url} → {answer.status_code}: {answer.text[:200]}"
                if answer.status_code not in _RETRYABLE_STATUSES:
                    raise GaveUp(reason)
            self._call_log.retries += 1
            time.sleep(pause * self._random.uniform(0.5, 1.5))
            pause = min(pause * 2, 2.0)
        raise GaveUp(f"no answer within {REQUEST_TIMEOUT_S:.0f} s: {reason}")
