"""The stock-alert service on YARN: fast, alone, and nothing lost when its driver is killed."""

import hashlib
import json
import time
import uuid
from typing import Any

import psutil
import psycopg
import pytest
from confluent_kafka import Producer

from shopnow.contracts import make_event
from shopnow.leader_lease import STOCK_ALERTS_SERVICE, Heartbeat, Lease, LeaseTaken, read_heartbeat
from shopnow.topics import STOCK, STOCK_ALERTS

pytestmark = [pytest.mark.integration, pytest.mark.timeout(1500)]

#: A first start has to unpack Spark, on a machine that does other things too.
STARTED_WITHIN_S = 600.0
ALERTED_WITHIN_S = 300.0


def living(settings: Any, *, than_this_driver: int | None = None) -> Heartbeat:
    """Wait for the service's sign of life, of another driver if one is given; return it."""
    deadline = time.monotonic() + STARTED_WITHIN_S
    while time.monotonic() < deadline:
        heartbeat = read_heartbeat(settings.shop_pg_dsn, STOCK_ALERTS_SERVICE)
        if (
            heartbeat
            and heartbeat.age_s < 10
            and driver(heartbeat.application_id) not in (None, than_this_driver)
        ):
            return heartbeat
        time.sleep(1)
    pytest.fail(f"the stream does not live after {STARTED_WITHIN_S:.0f} s: {heartbeat}")


def driver(application_id: str) -> int | None:
    """Process id of the application's driver on this machine."""
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        if (
            words[:1]
            and words[0].endswith("java")
            and any("ApplicationMaster" in word for word in words)
            and any(application_id in word for word in words)
        ):
            return int(process.pid)
    return None


class StockChanges:
    """Sends stock changes of products of its own, and knows which alerts they must raise."""

    def __init__(self, bootstrap: str) -> None:
        self._producer = Producer({"bootstrap.servers": bootstrap, "linger.ms": 0})
        self._prefix = f"ALERT-{uuid.uuid4().hex[:8]}"
        self._version = 0
        self.expected: dict[str, str] = {}

    def send(self, count: int, *, pause_s: float = 0.0) -> None:
        """Send `count` changes; of four, one sells out, one runs low, one recovers."""
        for number in range(count):
            before, after, kind = [
                (9, 0, "sold_out"),
                (9, 4, "low_stock"),
                (4, 9, "recovered"),
                (9, 8, None),
            ][number % 4]
            self._version += 1
            event = make_event(
                "stock_changed",
                {
                    "sku": f"{self._prefix}-{number % 7}",
                    "product_name": "Produit d'essai",
                    "version": self._version,
                    "reason": "adjustment",
                    "reference": None,
                    "quantity": after - before,
                    "available_before": before,
                    "available_after": after,
                    "on_hand_before": before,
                    "on_hand_after": after,
                    "reorder_point": 5,
                },
                source="test",
            )
            if kind is not None:
                digest = hashlib.sha256(f"{event['event_id']}:{kind}".encode()).hexdigest()
                self.expected[digest] = kind
            self._producer.produce(
                STOCK, json.dumps(event).encode(), key=event["payload"]["sku"].encode()
            )
            self._producer.flush(30)
            time.sleep(pause_s)

    def garbage(self) -> None:
        """A message that is no event at all."""
        self._producer.produce(STOCK, b"\xff\xfe not an event", key=self._prefix.encode())
        self._producer.flush(30)

    def stored(self, database: psycopg.Connection[dict[str, Any]]) -> list[dict[str, Any]]:
        """Wait until the shop has every expected alert; its rows."""
        deadline = time.monotonic() + ALERTED_WITHIN_S
        while True:
            rows = database.execute(
                "SELECT alert_id, kind, latency_ms FROM shop.stock_alerts WHERE sku LIKE %s",
                (f"{self._prefix}-%",),
            ).fetchall()
            if len(rows) >= len(self.expected) or time.monotonic() > deadline:
                assert {row["alert_id"]: row["kind"] for row in rows} == self.expected
                return rows
            time.sleep(0.2)


def test_a_stock_change_becomes_an_alert_within_milliseconds(stack, database, capsys):
    living(stack.settings)
    warm_up = StockChanges(stack.settings.kafka_bootstrap)
    warm_up.send(20)
    warm_up.stored(database)

    changes = StockChanges(stack.settings.kafka_bootstrap)
    changes.send(400, pause_s=0.01)
    latencies = sorted(row["latency_ms"] for row in changes.stored(database))

    p50, p99 = (latencies[int(len(latencies) * share)] for share in (0.5, 0.99))
    with capsys.disabled():
        print(
            f"\nstock alerts, Kafka to Kafka: p50 {p50:.0f} ms, p99 {p99:.0f} ms, "
            f"max {latencies[-1]:.0f} ms over {len(latencies)} alerts"
        )
    # A micro-batch stream would take a second; the figures above are for the reader.
    assert p50 < 500


def test_garbage_on_the_topic_does_not_stop_the_alerts(stack, database):
    before = living(stack.settings)
    changes = StockChanges(stack.settings.kafka_bootstrap)
    changes.garbage()
    changes.send(4)
    changes.garbage()
    changes.send(4)
    changes.stored(database)

    assert living(stack.settings).application_id == before.application_id


def test_a_second_driver_is_refused(stack):
    living(stack.settings)
    second = Lease(stack.settings.shop_pg_dsn, STOCK_ALERTS_SERVICE, "application_of_a_double")

    with pytest.raises(LeaseTaken):
        second.acquire(wait_s=0)


def test_kill_9_of_the_driver_loses_no_alert_and_doubles_none(stack, database, read_topic, capsys):
    settings = stack.settings
    pid = driver(living(settings).application_id)
    assert pid is not None
    changes = StockChanges(settings.kafka_bootstrap)
    changes.send(100, pause_s=0.005)

    psutil.Process(pid).kill()
    killed_at = time.monotonic()
    changes.send(100, pause_s=0.005)
    living(settings, than_this_driver=pid)
    changes.send(100, pause_s=0.005)
    changes.stored(database)
    with capsys.disabled():
        print(f"\nall alerts are there {time.monotonic() - killed_at:.0f} s after kill -9")

    expected = changes.expected
    seen = read_topic(STOCK_ALERTS, lambda p: p.get("alert_id") in expected, len(expected))
    assert {event["payload"]["alert_id"] for event in seen} == set(changes.expected)
    contents = {json.dumps(event, sort_keys=True) for event in seen}
    assert len(contents) == len(changes.expected), "a replayed alert differs from the first one"
