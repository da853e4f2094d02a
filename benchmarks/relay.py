"""The relay's rows per second, against reading the outbox only and producing to Kafka only.

Fills the outbox with rows while the stack's relay is stopped, and times in the same rounds: reading
them in the relay's batches; producing them with the relay's producer, all replicas acknowledging;
the relay's own class at work under its lock. The rows are the events of a sale, for a topic of the
bench's own, so that nothing downstream takes them for sales.
"""

import argparse
import json
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from statistics import median
from typing import Any

import psycopg
from confluent_kafka.admin import AdminClient, NewTopic

from benchmarks.results import median_ratio, print_json, print_line, print_table
from benchmarks.running import StackNotRunning, command, running_settings, supervisor_of
from shopnow.contracts import CONTRACTS_DIR, make_event, message_key
from shopnow.settings import Settings
from shopnow.topics import topic_name
from webshop.adapters.messaging.outbox_producer import OutboxProducer, OutboxRow
from webshop.workers.relay import BATCH, Relay

GOAL = 0.5
AGGREGATE = "bench"
TOPIC = topic_name(AGGREGATE)
PARTITIONS = 4
#: The events of a sale, as the contracts' examples tell them.
SALE = (
    "cart_item_added/v1.two_units",
    "checkout_started/v1.guest",
    "order_placed/v1.web",
    "stock_changed/v1.sold_out",
    "order_paid/v1.card",
    "stock_changed/v1.sold_out",
)
_READ = """
SELECT seq, id::text, aggregatetype, aggregateid, type, payload::text
FROM shop.outbox WHERE seq > %s ORDER BY seq LIMIT %s
"""
_FILL = "COPY shop.outbox (id, aggregatetype, aggregateid, type, payload) FROM STDIN"
_LAST = "SELECT coalesce(max(seq), 0) FROM shop.outbox"
_WAITING = "SELECT count(*) FROM shop.outbox_pending"
_UNQUEUE = """
DELETE FROM shop.outbox_pending USING shop.outbox
WHERE outbox_pending.seq = outbox.seq AND aggregatetype = %s
"""
_CLEAR = "DELETE FROM shop.outbox WHERE aggregatetype = %s"
_APPEND_ONLY = "ALTER TABLE shop.outbox {} TRIGGER outbox_append_only"


def events(count: int) -> Iterator[dict[str, Any]]:
    """This many events, each with its own id."""
    examples = [json.loads((CONTRACTS_DIR / f"{name}.pass.json").read_text()) for name in SALE]
    for example in islice(cycle(examples), count):
        yield make_event(example["event_type"], example["payload"], source="bench")


def fill(connection: psycopg.Connection, count: int) -> None:
    """Put rows to publish into the outbox."""
    with connection.cursor() as cursor, cursor.copy(_FILL) as copy:
        for event in events(count):
            key = message_key(event)
            row = (event["event_id"], AGGREGATE, key, event["event_type"], json.dumps(event))
            copy.write_row(row)


@contextmanager
def without_relay(settings: Settings, connection: psycopg.Connection) -> Iterator[None]:
    """Stop the stack's relay once the outbox is empty; start it again afterwards."""
    deadline = time.monotonic() + 60
    while connection.execute(_WAITING).fetchone() != (0,):
        if time.monotonic() > deadline:
            raise StackNotRunning("The outbox does not run empty: is the relay at work?")
        time.sleep(0.2)
    supervisor = supervisor_of(settings)
    supervisor.stop("relay")
    try:
        yield
    finally:
        supervisor.start("relay")


@contextmanager
def topic(settings: Settings) -> Iterator[None]:
    """The bench's topic, for as long as it runs."""
    admin = AdminClient({"bootstrap.servers": settings.kafka_bootstrap})
    _ended(admin.delete_topics([TOPIC]), ignore=True)
    time.sleep(1)  # the name is free a moment after the deletion is acknowledged
    new = NewTopic(TOPIC, PARTITIONS, settings.kafka_replication)
    _ended(admin.create_topics([new]), ignore=False)
    try:
        yield
    finally:
        _ended(admin.delete_topics([TOPIC]), ignore=True)


def clear(connection: psycopg.Connection) -> None:
    """Take the bench's rows out of the outbox again, which is append-only for everybody else.

    They describe no real change, and their topic is deleted too. One transaction: nobody else
    sees the outbox without its trigger.
    """
    with connection.transaction():
        connection.execute(_APPEND_ONLY.format("DISABLE"))
        connection.execute(_UNQUEUE, [AGGREGATE])
        connection.execute(_CLEAR, [AGGREGATE])
        connection.execute(_APPEND_ONLY.format("ENABLE"))


def _ended(futures: dict[str, Any], *, ignore: bool) -> None:
    for future in futures.values():
        error = future.exception(30)
        if error is not None and not ignore:
            raise error


def read_only(connection: psycopg.Connection, last: int) -> list[OutboxRow]:
    """All rows beyond this one, read in the relay's batches."""
    found: list[OutboxRow] = []
    while True:
        rows = [OutboxRow._make(row) for row in connection.execute(_READ, [last, BATCH]).fetchall()]
        found += rows
        last = found[-1].seq if found else last
        if len(rows) < BATCH:
            return found


def produce_only(producer: OutboxProducer, rows: Sequence[OutboxRow]) -> None:
    """The rows to Kafka in the relay's batches. Raises DeliveryFailed."""
    for batch in batches(rows):
        delivery = producer.deliver(batch)
        if delivery.failure is not None:
            raise delivery.failure


def batches(rows: Sequence[OutboxRow]) -> Iterator[Sequence[OutboxRow]]:
    """The rows as the relay takes them."""
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def measure(rows: int, rounds: int) -> dict[str, Any]:
    """Run the rounds; `rows` in each of them. The first one warms up and does not count."""
    settings = running_settings("postgres", "kafka", "relay")
    speeds: dict[str, list[float]] = {"read": [], "produce": [], "relay": []}
    with (
        psycopg.connect(settings.shop_pg_dsn, autocommit=True) as connection,
        topic(settings),
        without_relay(settings, connection),
        psycopg.connect(settings.shop_pg_dsn, autocommit=True) as session,
    ):
        producer = OutboxProducer(settings.kafka_bootstrap, topics=[TOPIC])
        relay = Relay(session, OutboxProducer(settings.kafka_bootstrap, topics=[TOPIC]))
        relay.acquire(threading.Event())
        try:
            for number in range(rounds + 1):
                [last] = connection.execute(_LAST).fetchone() or (0,)
                fill(connection, rows)
                connection.execute("VACUUM (ANALYZE) shop.outbox, shop.outbox_pending")
                begun = time.perf_counter()
                found = read_only(connection, last)
                was_read = time.perf_counter()
                produce_only(producer, found)
                was_produced = time.perf_counter()
                relayed = 0
                while published := relay.publish_batch():
                    relayed += published
                ended = time.perf_counter()
                print(f"round {number} of {rounds}: {relayed} rows", file=sys.stderr)
                if number:
                    speeds["read"].append(len(found) / (was_read - begun))
                    speeds["produce"].append(len(found) / (was_produced - was_read))
                    speeds["relay"].append(relayed / (ended - was_produced))
        finally:
            clear(connection)
    smaller = [min(pair) for pair in zip(speeds["read"], speeds["produce"], strict=True)]
    return {
        "rows_a_round": rows,
        "rounds": rounds,
        "rows_per_s": speeds,
        "relay_over_smaller": median_ratio(speeds["relay"], smaller),
        "goal": GOAL,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    result = measure(options.rows, options.rounds)
    if options.json:
        print_json(result)
        return 0
    speeds = result["rows_per_s"]
    rows = [
        ["reading the outbox only", f"{median(speeds['read']):,.0f}"],
        ["producing with acks=all only", f"{median(speeds['produce']):,.0f}"],
        ["the relay: read, produce, take out", f"{median(speeds['relay']):,.0f}"],
    ]
    title = f"Relay: {options.rows:,} rows, medians of {options.rounds} rounds"
    print_table(title, ["", "rows/s"], rows)
    print_line(
        f"the relay does {result['relay_over_smaller']:.2f} × the smaller of the two; goal ≥ {GOAL}"
    )
    return 0


if __name__ == "__main__":
    command(main)
