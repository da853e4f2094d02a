"""Gateway and shop are killed between any two steps of a payment: none is lost or duplicated."""

import os
import signal
import uuid
from collections.abc import Callable
from typing import Any

import httpx
import psutil
import psycopg
import pytest

from ops.local_stack.layout import Layout
from ops.local_stack.supervisor import Supervisor
from tests.support.waiting import wait_until
from webshop.simulation.hosted_page import GOOD_CARD, submit_card

pytestmark = pytest.mark.integration

READY = {"shop": "shop_url", "payment-gateway": "gateway_api_url"}
PATHS = {"shop": "/api/v1/health/ready", "payment-gateway": "/health"}


class Processes:
    """The stack's processes, to be killed or held."""

    def __init__(self, stack: Any, http: httpx.Client) -> None:
        self._settings = stack.settings
        self._supervisor = Supervisor(Layout(stack.settings.home))
        self._http = http

    def family(self, name: str) -> list[psutil.Process]:
        pid = self._supervisor.info(name)["pid"]
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]

    def send(self, name: str, number: signal.Signals) -> None:
        for process in self.family(name):
            os.kill(process.pid, number)

    def kill(self, *names: str) -> None:
        """kill -9 of whole families."""
        for name in names:
            self.send(name, signal.SIGKILL)

    def wait(self, *names: str) -> None:
        """Until the supervisor has started them again and they answer."""
        for name in names:
            wait_until(lambda name=name: self._answers(name), 60)

    def _answers(self, name: str) -> bool:
        url = getattr(self._settings, READY[name]) + PATHS[name]
        try:
            return self._http.get(url).is_success
        except httpx.TransportError:
            return False


@pytest.fixture
def processes(stack: Any, shopper: Any) -> Processes:
    return Processes(stack, shopper.http)


def same_answer(shopper: Any, order: dict[str, Any], key: str) -> httpx.Response:
    """What the browser does when no answer came: the same call again."""
    answers: list[httpx.Response] = []

    def asked() -> bool:
        try:
            answers.append(shopper.start_payment(order, key))
        except httpx.TransportError:
            return False
        return bool(answers[-1].status_code != 503)

    wait_until(asked, 60)
    return answers[-1]


def test_a_payment_survives_kill_9_between_any_two_steps(
    shopper: Any,
    stack: Any,
    database: Any,
    processes: Processes,
    new_product: Callable[[int], str],
) -> None:
    sku = new_product(2)
    order, key = shopper.order(sku, 2), str(uuid.uuid4())

    # The gateway hangs when the shop asks for the page: the payment is there, the page is not.
    processes.send("payment-gateway", signal.SIGSTOP)
    first = shopper.start_payment(order, key)
    assert (first.status_code, first.json()["type"]) == (503, "/problems/gateway-unavailable")
    query = "SELECT payment_id, redirect_url FROM shop.payments WHERE order_id = %s"
    [pending] = database.execute(query, [order["order_id"]]).fetchall()
    assert pending["redirect_url"] is None
    processes.kill("payment-gateway", "shop")
    processes.wait("payment-gateway", "shop")

    # The same call then gives the page, also if the shop died before it noted the page's address.
    started = same_answer(shopper, order, key).json()
    assert started["payment_id"] == str(pending["payment_id"])
    database.execute(
        "UPDATE shop.payments SET redirect_url = NULL, provider_reference = NULL"
        " WHERE order_id = %s",
        [order["order_id"]],
    )
    assert same_answer(shopper, order, key).json() == started

    # The shop holds still while its webhook is on the way, then both die before it is answered.
    processes.send("shop", signal.SIGSTOP)
    back = submit_card(shopper.http, started["redirect_url"], GOOD_CARD)
    assert back.status_code == 303
    processes.kill("payment-gateway", "shop")
    processes.wait("payment-gateway", "shop")
    assert shopper.settled(order, started["payment_id"])["status"] == "succeeded"

    # Sent once more, as after a kill between the shop's commit and its answer.
    dsn = stack.settings.gateway_dsn.replace("+psycopg", "")
    with psycopg.connect(dsn, autocommit=True) as gateway:
        gateway.execute(
            "UPDATE gateway.webhooks SET delivered_at = NULL, due_at = now() FROM gateway.payments"
            " WHERE payments.reference = webhooks.reference AND payment_id = %s",
            [started["payment_id"]],
        )
        wait_until(
            lambda: (
                gateway.execute(
                    "SELECT bool_and(delivered_at IS NOT NULL) FROM gateway.webhooks"
                    " JOIN gateway.payments USING (reference) WHERE payment_id = %s",
                    [started["payment_id"]],
                ).fetchone()
                == (True,)
            ),
            60,
        )
        taken = gateway.execute(
            "SELECT status FROM gateway.payments WHERE order_number = %s", [order["order_number"]]
        ).fetchall()
    assert taken == [("succeeded",)]
    assert shopper.status(order) == "paid"
    events = database.execute(
        "SELECT type FROM shop.outbox WHERE payload->'payload'->>'order_id' = %s ORDER BY seq",
        [order["order_id"]],
    ).fetchall()
    assert [event["type"] for event in events] == ["order_placed", "order_paid"]
    ledger = database.execute(
        "SELECT reason FROM shop.stock_movements WHERE sku = %s ORDER BY version", [sku]
    ).fetchall()
    assert [row["reason"] for row in ledger] == ["restock", "reservation", "sale"]
