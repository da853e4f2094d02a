"""Many clients buy the last units of a product at once, round after round: none is sold twice.

    python -m tests.resilience.oversell [--rounds 20] [--clients 200] [--units 50]

Runs against the stack that is up (SHOPNOW_HOME), through the shop's public API. Each round makes a
product with this many units and a cart for each client, lets all of them check out at the same
moment, and then compares the answers with the database and with Kafka. Ends with status 1 if any
round differs from: exactly `units` orders, every other client gets "sold out", nothing
unexpected answered, ledger = stock = events.
"""

import argparse
import json
import statistics
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import psycopg
from confluent_kafka import Consumer, TopicPartition
from psycopg.rows import dict_row

from benchmarks.fixtures import checkout, fill_carts
from benchmarks.http_load import drive
from shopnow import topics
from shopnow.settings import Settings, get_settings
from tests.support.products import put_on_sale
from webshop.adapters.catalogue.stock import level_from_ledger
from webshop.bootstrap import database_engine

#: The relay has this long to tell Kafka of a round, seconds.
EVENTS_TIMEOUT_S = 60


@dataclass(frozen=True)
class Round:
    """One round: what was answered, and what differs from what must be."""

    ordered: int
    sold_out: int
    seconds: float
    slowest_ms: float
    differences: list[str]


class Race:
    """Rounds against one shop."""

    def __init__(self, settings: Settings, clients: int, units: int) -> None:
        self._settings, self._clients, self._units = settings, clients, units
        self._engine = database_engine(settings, pool_size=1)
        self._shop = (settings.host, settings.port("shop"))

    def run(self) -> Round:
        """One round."""
        kafka = StockTopic(self._settings.kafka_bootstrap)
        sku = put_on_sale(self._engine, self._units)
        carts = fill_carts(self._shop, 16, [sku] * self._clients)
        load = drive(self._shop, self._clients, [checkout(cart) for cart in carts])
        codes = Counter(answer.status for answer in load.answers)
        return Round(
            ordered=codes[201],
            sold_out=codes[409],
            seconds=round(load.seconds, 3),
            slowest_ms=round(max(answer.seconds for answer in load.answers) * 1000, 1),
            differences=[*self._in_answers(codes), *self._in_records(sku, kafka)],
        )

    def _in_answers(self, codes: Counter[int]) -> list[str]:
        expected = {201: self._units, 409: self._clients - self._units}
        if codes == expected:
            return []
        return [f"answers {dict(codes)}, expected {expected}"]

    def _in_records(self, sku: str, kafka: "StockTopic") -> list[str]:
        with psycopg.connect(self._settings.shop_pg_dsn, row_factory=dict_row) as connection:
            level = connection.execute("SELECT * FROM shop.stock WHERE sku = %s", [sku]).fetchone()
            ordered = connection.execute(
                "SELECT coalesce(sum(quantity), 0) AS units FROM shop.order_lines WHERE sku = %s",
                [sku],
            ).fetchone()
            ledger = connection.execute(
                "SELECT event_id::text, version, available_after, on_hand_after"
                " FROM shop.stock_movements WHERE sku = %s ORDER BY version",
                [sku],
            ).fetchall()
        with self._engine.begin() as connection:
            recomputed = level_from_ledger(connection, sku)
        events = kafka.read(sku, len(ledger))
        facts: list[tuple[str, Any, Any]] = [
            ("units ordered", ordered and ordered["units"], self._units),
            ("units available", level and level["available"], 0),
            ("units reserved", level and level["reserved"], self._units),
            ("on hand by the ledger", recomputed.on_hand, level and level["on_hand"]),
            ("available by the ledger", recomputed.available, level and level["available"]),
            (
                "versions",
                [row["version"] for row in ledger],
                list(range(1, self._units + 2)),
            ),
            ("events on Kafka", events, [tuple(row.values()) for row in ledger]),
        ]
        return [
            f"{what}: {found}, expected {expected}"
            for what, found, expected in facts
            if found != expected
        ]


class StockTopic:
    """The stock topic from this moment on."""

    def __init__(self, bootstrap: str) -> None:
        self._consumer = Consumer(
            {"bootstrap.servers": bootstrap, "group.id": f"race-{uuid.uuid4()}"}
        )
        found = self._consumer.list_topics(topics.STOCK, timeout=10).topics[topics.STOCK]
        ends = [
            TopicPartition(topics.STOCK, number, self._end(number)) for number in found.partitions
        ]
        self._consumer.assign(ends)

    def read(self, sku: str, expected: int) -> list[tuple[Any, ...]]:
        """(event_id, version, available_after, on_hand_after) of a product, by version, once each.

        Gives up waiting for `expected` of them after a while.
        """
        found: dict[str, tuple[Any, ...]] = {}
        deadline = time.monotonic() + EVENTS_TIMEOUT_S
        while len(found) < expected and time.monotonic() < deadline:
            for message in self._consumer.consume(1000, timeout=0.2):
                event = json.loads(message.value()) if not message.error() else {}
                payload = event.get("payload", {})
                if payload.get("sku") == sku:
                    found[event["event_id"]] = (
                        event["event_id"],
                        payload["version"],
                        payload["available_after"],
                        payload["on_hand_after"],
                    )
        self._consumer.close()
        return sorted(found.values(), key=lambda row: row[1])

    def _end(self, partition: int) -> int:
        _, end = self._consumer.get_watermark_offsets(
            TopicPartition(topics.STOCK, partition), timeout=10
        )
        return int(end)


def report(rounds: list[Round], units: int, print_line: Callable[[str], None] = print) -> bool:
    """Tell how it went; whether every round was as it must be."""
    bad = [number for number, one in enumerate(rounds, start=1) if one.differences]
    for number in bad:
        for difference in rounds[number - 1].differences:
            print_line(f"round {number}: {difference}")
    median = statistics.median(one.seconds for one in rounds)
    slowest = max(one.slowest_ms for one in rounds)
    print_line(
        f"{len(rounds)} rounds: {len(rounds) - len(bad)} with exactly {units} units sold and"
        f" ledger = stock = events; {len(bad)} without"
    )
    print_line(f"a round takes {median:.2f} s (median); the slowest answer took {slowest:.0f} ms")
    return not bad


def main() -> int:
    """Run the rounds that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--units", type=int, default=50)
    parser.add_argument("--json", action="store_true", help="print the rounds as JSON instead")
    given = parser.parse_args()
    race = Race(get_settings(), given.clients, given.units)
    rounds: list[Round] = []
    for number in range(1, given.rounds + 1):
        rounds.append(race.run())
        if not given.json:
            one = rounds[-1]
            print(
                f"round {number:2}: {one.ordered} ordered, {one.sold_out} sold out,"
                f" {one.seconds:.2f} s"
            )
    if given.json:
        print(json.dumps([asdict(one) for one in rounds]))
        return int(any(one.differences for one in rounds))
    return int(not report(rounds, given.units))


if __name__ == "__main__":
    sys.exit(main())
