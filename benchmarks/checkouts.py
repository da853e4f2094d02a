"""Checkouts per second: the shop against pgbench running the same SQL, durably.

A checkout turns a cart into an order with reserved stock, ledger and outbox rows, in one committed
transaction. Measured in rounds, each of them: over HTTP; the service called directly, by threads of
one process as in the shop; pgbench. Carts are filled beforehand. The SQL is captured from real
checkouts over the API, so pgbench does what the shop does today. Also shown is whose processor time
a checkout takes, for all of it runs on one machine.
"""

import argparse
import sys
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from benchmarks import http_load
from benchmarks.captured_sql import Recorder, Transaction, recording
from benchmarks.fixtures import buyer, checkout, fill_carts, on_sale
from benchmarks.http_load import drive
from benchmarks.pgbench import run_script
from benchmarks.pgbench_script import Script, ScriptWriter
from benchmarks.processors import USERS, ProcessorTime, processors
from benchmarks.results import median_ratio, percentile_ms, print_json, print_line, print_table
from benchmarks.running import command, running_settings
from benchmarks.servers import Address, granian, served
from webshop.api.http.current import EXTENSION
from webshop.app import create_app
from webshop.bootstrap import Shop, database_engine
from webshop.domain.ordering.orders import Recipient
from webshop.services.ordering.carts import require_cart
from webshop.services.ordering.orders import Purchase, check_out
from webshop.simulation import shop_requests
from webshop.simulation.shop_requests import API, Request

GOAL = 0.5
MEASURED = {
    "http": "shop over HTTP",
    "direct": "service called directly",
    "pgbench": "pgbench, the same SQL",
}
#: Products on sale: so many that buyers rarely wait for the same one.
PRODUCTS = 200
UNITS = 1_000_000
#: Units bought of a captured product before its capture. Its stock differs from that of the other
#: captures in every number, so that the origin of a number can be recognised.
BOUGHT_BEFORE = ((), (3,), (2, 5))


@dataclass(frozen=True)
class Scripts:
    """What pgbench runs: filling a cart, and checking it out."""

    cart: Script
    checkout: Script


def _send(client: FlaskClient, request: Request) -> dict[str, Any]:
    answer = client.post(f"{API}{request.path}", json=request.body, headers=request.headers)
    if answer.status_code != 201:
        raise RuntimeError(f"POST {request.path} → {answer.status_code}: {answer.text[:300]}")
    found: dict[str, Any] = answer.get_json()
    return found


def _buy(client: FlaskClient, recorder: Recorder, sku: str, units: int, tag: str) -> Any:
    """Buy something in the shop; return the transactions of the cart and of the checkout."""
    recorder.take()
    cart = _send(client, shop_requests.open_cart())["cart_id"]
    _send(client, shop_requests.add_item(cart, sku, units))
    filled = recorder.take()
    _send(client, shop_requests.check_out(cart, **buyer(tag)))
    return filled, recorder.take()


def capture(products: Sequence[str]) -> Scripts:
    """Buy in the real application, and make pgbench scripts of the SQL that it sends."""
    app: Flask = create_app()
    shop: Shop = app.extensions[EXTENSION]
    tags = [uuid.uuid4().hex for _ in BOUGHT_BEFORE]
    carts: list[tuple[Transaction, ...]] = []
    checkouts: list[tuple[Transaction, ...]] = []
    with recording(shop.engine) as recorder:
        client = app.test_client()
        for sku, tag, before in zip(products, tags, BOUGHT_BEFORE, strict=True):
            for units in before:
                _buy(client, recorder, sku, units, uuid.uuid4().hex)
            filled, bought = _buy(client, recorder, sku, 1, tag)
            carts.append(filled)
            checkouts.append(bought)
    shop.engine.dispose()
    emails = tuple(buyer(tag)["email"] for tag in tags)
    writer = ScriptWriter(
        {
            tuple(products): ":sku_prefix::text || :p::text",
            emails: ":tag::text || '.' || :client_id::text || '.' || :n::text || '@bench.example'",
        }
    )
    head = ("\\set n :n + 1", "\\set p 1 + (:client_id * 7919 + :n * 104729) % :products")
    return Scripts(writer.write(carts, before=head), writer.write(checkouts, before=head))


def over_http(address: Address, clients: int, carts: Sequence[str]) -> http_load.Load:
    """Check the carts out over the API."""
    return drive(address, clients, [checkout(cart) for cart in carts]).require(201)


def directly(engine: Engine, clients: int, carts: Sequence[str]) -> float:
    """Check the carts out by the service's function; checkouts per second."""

    def place(cart: str) -> None:
        recipient = Recipient(**buyer(cart))
        with engine.begin() as connection:
            found = require_cart(connection, uuid.UUID(cart), lock=True)
            check_out(
                connection,
                found,
                Purchase(recipient),
                datetime.now(UTC),
                reservation=timedelta(minutes=15),
            )

    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(lambda _: engine.connect().close(), range(clients)))
        begun = perf_counter()
        list(pool.map(place, carts))
        return len(carts) / (perf_counter() - begun)


def measure(clients: int, each: int, rounds: int) -> dict[str, Any]:
    """Run the rounds; `each` checkouts a client in each of them."""
    settings = running_settings("postgres", "shop")
    http, direct, pgbench, latencies = [], [], [], []
    used = {"http": ProcessorTime(settings), "pgbench": ProcessorTime(settings)}
    engine = database_engine(settings, pool_size=clients)
    with (
        on_sale(settings, [1_000, 4_000, 9_000]) as captured,
        on_sale(settings, [UNITS] * PRODUCTS) as skus,
        served(settings, granian) as address,
    ):
        scripts = capture(captured)
        choice = [skus[number % PRODUCTS] for number in range(clients * each)]
        over_http(address, clients, fill_carts(address, clients, choice[: clients * 5]))
        for number in range(rounds + 1):
            carts = fill_carts(address, clients, choice)
            with used["http"].counted():
                load = over_http(address, clients, carts)
            direct.append(directly(engine, clients, fill_carts(address, clients, choice)))
            variables: dict[str, str | int] = {
                "tag": uuid.uuid4().hex[:12],
                "n": 0,
                "products": PRODUCTS,
                "sku_prefix": skus[0].removesuffix("1"),
            }
            size = {"clients": clients, "transactions": each}
            run_script(settings, scripts.cart, **size, variables=variables)
            with used["pgbench"].counted():
                pgbench.append(run_script(settings, scripts.checkout, **size, variables=variables))
            http.append(load.per_second)
            latencies += [answer.seconds for answer in load.answers] if number else []
            print(f"round {number} of {rounds}", file=sys.stderr)
    engine.dispose()
    # The first round warms up caches and sessions.
    http, direct, pgbench = http[1:], direct[1:], pgbench[1:]
    return {
        "clients": clients,
        "checkouts_a_round": clients * each,
        "rounds": rounds,
        "statements": scripts.checkout.statements,
        "http_per_s": http,
        "direct_per_s": direct,
        "pgbench_per_s": pgbench,
        "http_p50_ms": percentile_ms(latencies, 50),
        "http_p99_ms": percentile_ms(latencies, 99),
        "http_over_pgbench": median_ratio(http, pgbench),
        "direct_over_pgbench": median_ratio(direct, pgbench),
        "pgbench_over_pgbench": 1.0,
        "processors": processors(),
        "processor_ms_a_checkout": {
            name: {
                user: 1000 * seconds / (clients * each * (rounds + 1))
                for user, seconds in spent.seconds.items()
            }
            for name, spent in used.items()
        },
        "goal": GOAL,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--each", type=int, default=100, help="checkouts of a client in a round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    result = measure(options.clients, options.each, options.rounds)
    if options.json:
        print_json(result)
        return 0
    speeds = {name: f"{median(result[f'{name}_per_s']):,.0f}" for name in MEASURED}
    rows = [
        [label, speeds[name], f"{result[f'{name}_over_pgbench']:.2f}"]
        for name, label in MEASURED.items()
    ]
    title = f"Checkouts: {options.clients} clients, medians of {options.rounds} rounds"
    print_table(title, ["", "checkouts/s", "× pgbench"], rows)
    spent = result["processor_ms_a_checkout"]
    rows = [
        [MEASURED[name], *(f"{ms:.2f}" for ms in [*users.values(), sum(users.values())])]
        for name, users in spent.items()
    ]
    title = f"Processor time of a checkout, ms; {result['processors']} processors"
    print_table(title, ["", *USERS, "sum"], rows)
    print_line(
        f"{result['statements']} statements a checkout; over HTTP p50 {result['http_p50_ms']:.1f} "
        f"ms, p99 {result['http_p99_ms']:.1f} ms; goal ≥ {GOAL} × pgbench"
    )
    return 0


if __name__ == "__main__":
    command(main)
