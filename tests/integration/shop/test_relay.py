"""The relay under kill -9: every committed outbox row is on Kafka, and nothing else is."""

import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Container
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection

from reporting.reconciliation.kafka_log import read_messages
from shopnow import topics
from shopnow.contracts import make_event
from shopnow.database.locks import AdvisoryLock
from shopnow.kafka_offsets import read_offsets
from webshop.adapters.messaging.outbox import write_outbox
from webshop.adapters.messaging.outbox_producer import OutboxProducer
from webshop.bootstrap import database_engine
from webshop.migrate import migrate
from webshop.workers.relay import BATCH, OLDEST_PENDING, Relay

pytestmark = pytest.mark.integration

CARTS = 40
EVENTS_A_CART = 240


def working_relay(stack: Any, database: Any, dead: Container[int] = ()) -> int:
    """The pid of a relay that holds the lock, once the supervisor has replaced the dead ones."""
    holder = (
        "SELECT count(*) AS relays FROM pg_locks"
        " WHERE locktype = 'advisory' AND granted AND objid = %s"
    )
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        services = {s["name"]: s for s in stack.shopnow_json("status", "--json")["services"]}
        pid = services["relay"]["pid"]
        at_work = database.execute(holder, [int(AdvisoryLock.RELAY)]).fetchone()["relays"]
        if pid is not None and pid not in dead and at_work:
            return int(pid)
    pytest.fail("no relay is at work after 90 s")


def write_events(connection: Connection, carts: list[str], numbers: range) -> list[str]:
    """One event a cart for each number, which the quantity tells; return the event ids."""
    events = [
        make_event(
            "cart_item_added",
            {
                "cart_id": cart,
                "session_id": None,
                "customer_id": None,
                "sku": "CUI-001",
                "quantity": number,
                "unit_price": "18.00",
                "currency": "EUR",
            },
            source="shop",
            occurred_at=datetime.now(UTC),
        )
        for number in numbers
        for cart in carts
    ]
    write_outbox(connection, events)
    return [event["event_id"] for event in events]


def first_appearances(events: list[dict[str, Any]], cart: str) -> list[int]:
    """The numbers of one cart's events in the order in which each was first seen."""
    mine = [e["payload"]["quantity"] for e in events if e["payload"]["cart_id"] == cart]
    return list(dict.fromkeys(mine))


def test_kill_9_while_rows_flow_loses_nothing_and_keeps_each_carts_order(
    stack: Any, database: Any, read_topic: Any
) -> None:
    carts = [str(uuid.uuid4()) for _ in range(CARTS)]
    engine = database_engine(stack.settings, pool_size=2)
    committed: set[str] = set()
    killed: set[int] = set()
    step = EVENTS_A_CART // 3
    for start in range(1, EVENTS_A_CART + 1, step):
        pid = working_relay(stack, database, killed)
        with engine.begin() as connection:
            committed.update(write_events(connection, carts, range(start, start + step)))
        with engine.connect() as connection:
            rolled_back = write_events(connection, carts[:1], range(9000, 9010))
            connection.rollback()
        # At once, then a little later and later, to hit reading, sending and taking out.
        time.sleep(len(killed) * 0.1)
        os.kill(pid, signal.SIGKILL)
        killed.add(pid)
    engine.dispose()

    waiting = "SELECT count(*) AS rows FROM shop.outbox_pending"
    deadline = time.monotonic() + 60
    while database.execute(waiting).fetchone()["rows"]:
        assert time.monotonic() < deadline, "rows still wait after 60 s"
        time.sleep(0.2)

    ours = set(carts)
    events = read_topic(topics.CARTS, lambda p: p.get("cart_id") in ours, len(committed))
    assert {event["event_id"] for event in events} == committed
    assert not committed & set(rolled_back)
    for cart in carts:
        assert first_appearances(events, cart) == list(range(1, EVENTS_A_CART + 1))


def test_a_second_relay_waits_until_the_first_one_ends(stack: Any, database: Any) -> None:
    working_relay(stack, database)
    command = [sys.executable, "-m", "webshop.workers.relay"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as second:
        try:
            assert second.stderr is not None
            assert "another relay is running" in second.stderr.readline()
        finally:
            second.terminate()
        assert second.wait(timeout=20) == 0


def sent_at(stack: Any, topic: str, event_ids: Container[str]) -> dict[str, float]:
    """When the events were handed to Kafka, by its own timestamps, in seconds since 1970."""
    bootstrap = stack.settings.kafka_bootstrap
    offsets = read_offsets(bootstrap, [topic])
    ranges = {
        partition: (max(offsets.first[partition], end - 1_000), end)
        for partition, end in offsets.end.items()
    }
    found = {}
    for message in read_messages(bootstrap, ranges):
        event_id = dict(message.headers() or [])["event_id"].decode()
        if event_id in event_ids:
            found[event_id] = message.timestamp()[1] / 1_000
    return found


def test_a_committed_event_is_on_kafka_at_once(stack: Any, database: Any) -> None:
    """The wake-up works: well under the second after which the relay would poll anyway."""
    engine = database_engine(stack.settings, pool_size=1)
    created = {}
    for number in range(1, 6):
        with engine.begin() as connection:
            [event_id] = write_events(connection, [str(uuid.uuid4())], range(number, number + 1))
        row = database.execute(
            "SELECT seq, extract(epoch FROM created_at)::float AS at FROM shop.outbox"
            " WHERE id = %s",
            [event_id],
        ).fetchone()
        created[event_id] = row["at"]
        waiting = "SELECT 1 FROM shop.outbox_pending WHERE seq = %s"
        deadline = time.monotonic() + 30
        while database.execute(waiting, [row["seq"]]).fetchone():
            assert time.monotonic() < deadline, "the event was not published within 30 s"
            time.sleep(0.02)
    engine.dispose()
    sent = sent_at(stack, topics.CARTS, created)
    assert set(sent) == set(created)
    assert min(sent[event] - created[event] for event in sent) < 0.5, (sent, created)


def test_inserts_that_came_together_wake_the_relay_once(stack: Any, empty_database: str) -> None:
    migrate(empty_database)
    address = empty_database.replace("+psycopg", "")
    with (
        psycopg.connect(address, autocommit=True) as listening,
        psycopg.connect(address, autocommit=True) as writing,
        closing(OutboxProducer(stack.settings.kafka_bootstrap)) as producer,
    ):
        relay = Relay(listening, producer)
        assert relay.acquire(threading.Event())
        for _ in range(5):
            writing.execute(
                "INSERT INTO shop.outbox (id, aggregatetype, aggregateid, type, payload)"
                " VALUES (gen_random_uuid(), 'carts', 'c', 'cart_item_added', '{}')"
            )
        listening.execute("SELECT 1")  # as a batch does, it takes in what was notified meanwhile
        assert relay.wait(5) < 0.5
        assert relay.wait(0.5) >= 0.5


def test_the_queue_is_read_by_index_whatever_its_statistics_say(
    stack: Any, empty_database: str
) -> None:
    """Emptied, vacuumed and long again: neither table may be read as a whole, or sorted."""
    migrate(empty_database)
    address = empty_database.replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        for _ in range(2):
            connection.execute("DELETE FROM shop.outbox_pending WHERE seq < 60000")
            connection.execute("VACUUM ANALYZE shop.outbox, shop.outbox_pending")
            connection.execute(
                "INSERT INTO shop.outbox (id, aggregatetype, aggregateid, type, payload)"
                " SELECT gen_random_uuid(), 'carts', 'c', 'cart_item_added', '{}'"
                " FROM generate_series(1, 60000)"
            )
        # It publishes nothing: no producer is ever made.
        relay = Relay(connection, OutboxProducer(stack.settings.kafka_bootstrap))
        assert relay.acquire(threading.Event())
        explain = f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {OLDEST_PENDING}"
        plan = "\n".join(line for (line,) in connection.execute(explain, [BATCH]))
    assert f"actual rows={BATCH}" in plan
    assert "Seq Scan" not in plan, plan
    assert "Sort" not in plan, plan
