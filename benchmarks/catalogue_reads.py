"""Catalogue reads under gunicorn and granian: which of them serves the shop better.

Both serve the same application with as many processes and threads, side by side on the same
database, and are asked in turn: pages of the list, products, searches.
"""

import argparse
import random
import sys
from collections.abc import Mapping, Sequence
from itertools import chain
from statistics import geometric_mean, median
from typing import Any

import psycopg

from benchmarks.http_load import Load, drive, get
from benchmarks.results import median_ratio, percentile_ms, print_json, print_line, print_table
from benchmarks.running import command, running_settings
from benchmarks.servers import SERVERS, Address, served
from shopnow.settings import Settings
from webshop.simulation.shop_requests import API

KINDS = ("list", "product", "search")
WARM_UP = 50

#: Answers by kind of request and server, a round each.
Loads = dict[str, dict[str, list[Load]]]


def paths(settings: Settings, count: int) -> dict[str, list[str]]:
    """What is asked for, by kind: products of the catalogue, and words of their names."""
    chance = random.Random(0)  # noqa: S311 - the same requests in every run
    query = "SELECT sku, name FROM shop.products WHERE active ORDER BY rank, sku LIMIT 500"
    with psycopg.connect(settings.shop_pg_dsn) as connection:
        found = connection.execute(query).fetchall()
    words = sorted({word for _, name in found for word in name.split() if word.isalpha()})
    return {
        "list": [f"{API}/products?limit={chance.choice((12, 24, 48))}" for _ in range(count)],
        "product": [f"{API}/products/{chance.choice(found)[0]}" for _ in range(count)],
        "search": [f"{API}/products?q={_ascii(chance.choice(words))}" for _ in range(count)],
    }


def _ascii(word: str) -> str:
    """A word as people type it in a hurry: without what the address could not hold."""
    return "".join(letter for letter in word.lower() if letter.isascii()) or "the"


def measure(clients: int, requests: int, rounds: int) -> Loads:
    """Ask both servers in turn, this many requests of each kind in a round."""
    settings = running_settings("postgres", "kafka")
    asked = {kind: [get(path) for path in each] for kind, each in paths(settings, requests).items()}
    loads: Loads = {kind: {server: [] for server in SERVERS} for kind in KINDS}
    with (
        served(settings, SERVERS["gunicorn"]) as one,
        served(settings, SERVERS["granian"]) as other,
    ):
        addresses: Mapping[str, Address] = {"gunicorn": one, "granian": other}
        for kind in KINDS:
            for address in addresses.values():
                drive(address, clients, asked[kind][:WARM_UP]).require(200)
        for number in range(rounds):
            # Who comes first changes: it would have the colder caches each time.
            order = list(addresses.items())[:: 1 if number % 2 else -1]
            for kind in KINDS:
                for server, address in order:
                    loads[kind][server].append(drive(address, clients, asked[kind]).require(200))
            print(f"round {number + 1} of {rounds}", file=sys.stderr)
    return loads


def _figures(loads: Sequence[Load]) -> dict[str, float]:
    seconds = [answer.seconds for answer in chain.from_iterable(load.answers for load in loads)]
    return {
        "per_s": median(load.per_second for load in loads),
        "p50_ms": percentile_ms(seconds, 50),
        "p99_ms": percentile_ms(seconds, 99),
    }


def summary(loads: Loads) -> dict[str, Any]:
    """Figures by kind and server, and granian's speed as a multiple of gunicorn's."""
    ratios = {
        kind: median_ratio(
            [load.per_second for load in by_server["granian"]],
            [load.per_second for load in by_server["gunicorn"]],
        )
        for kind, by_server in loads.items()
    }
    overall = geometric_mean(ratios.values())
    return {
        "figures": {
            kind: {server: _figures(each) for server, each in by_server.items()}
            for kind, by_server in loads.items()
        },
        "granian_over_gunicorn": ratios,
        "granian_over_gunicorn_overall": overall,
        "better": "granian" if overall > 1 else "gunicorn",
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--requests", type=int, default=500, help="of each kind in a round")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    result = summary(measure(options.clients, options.requests, options.rounds))
    if options.json:
        print_json(result)
        return 0
    rows = [
        [kind, server, f"{each['per_s']:,.0f}", f"{each['p50_ms']:.1f}", f"{each['p99_ms']:.1f}"]
        for kind, by_server in result["figures"].items()
        for server, each in by_server.items()
    ]
    title = f"Catalogue reads: {options.clients} clients, medians of {options.rounds} rounds"
    print_table(title, ["", "server", "requests/s", "p50 ms", "p99 ms"], rows)
    ratios = ", ".join(f"{k} {r:.2f}" for k, r in result["granian_over_gunicorn"].items())
    print_line(f"granian ÷ gunicorn, requests/s: {ratios}; better overall: {result['better']}")
    return 0


if __name__ == "__main__":
    command(main)
