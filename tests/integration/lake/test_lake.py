"""The lake on the real servers: kills, races, hostile messages, and everything done twice."""

import json
import os
import signal
import subprocess
import sys
import uuid
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
from confluent_kafka import Consumer, Producer, TopicPartition

from ops.local_stack.configuration import settings_environment
from shopnow.contracts import make_event
from shopnow.database.kpi_load import LoadProgress, computed_batch, replace_days
from shopnow.lake import CURATED_EVENTS, QUARANTINE_EVENTS, RAW_EVENTS
from shopnow.settings import REPO_ROOT, Settings
from shopnow.topics import BROWSING, DEAD_LETTER, LANDED_TOPICS

pytestmark = [pytest.mark.integration, pytest.mark.timeout(1800)]

SUPPORT = REPO_ROOT / "tests" / "support"


def a_view() -> bytes:
    event = make_event(
        "product_viewed",
        {"session_id": str(uuid.uuid4()), "customer_id": None, "sku": "85123A", "language": "fr"},
        source="shop",
    )
    return json.dumps(event).encode()


def produce(settings: Settings, *values: bytes) -> None:
    producer = Producer({"bootstrap.servers": settings.kafka_bootstrap, "acks": "all"})
    for value in values:
        producer.produce(BROWSING, value=value)
        producer.poll(0)
    assert producer.flush(30) == 0


def kafka_ends(settings: Settings, *names: str) -> dict[tuple[str, int], tuple[int, int]]:
    consumer = Consumer({"bootstrap.servers": settings.kafka_bootstrap, "group.id": "lake-test"})
    try:
        topics = consumer.list_topics(timeout=30).topics
        return {
            (name, partition): consumer.get_watermark_offsets(
                TopicPartition(name, partition), timeout=30, cached=False
            )
            for name in names
            for partition in topics[name].partitions
        }
    finally:
        consumer.close()


def process(settings: Settings, name: str, *arguments: str) -> subprocess.Popen:
    """A script of tests/support/ with the stack's settings, in its own process group."""
    return subprocess.Popen(
        [sys.executable, str(SUPPORT / name), *arguments],
        env={**os.environ, **settings_environment(settings)},
        cwd=REPO_ROOT,
        start_new_session=True,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def run_steps(settings: Settings, tmp_path: Path, *steps: str) -> dict:
    out = tmp_path / f"{uuid.uuid4()}.json"
    running = process(settings, "lake_steps.py", "--out", str(out), *steps)
    output, _ = running.communicate()
    assert running.returncode == 0, output[-4000:]
    return json.loads(out.read_text())


def assert_raw_is_what_kafka_has(settings: Settings, tmp_path: Path) -> None:
    (counted,) = run_steps(settings, tmp_path, "count")["steps"]
    raw = {
        (row["topic"], row["partition"]): (row["first"], row["last"] + 1, row["rows"])
        for row in counted["raw_rows"]
    }
    kafka = {
        place: (low, high, high - low)
        for place, (low, high) in kafka_ends(settings, *LANDED_TOPICS).items()
        if high > low
    }
    assert raw == kafka
    assert all(row["rows"] == row["offsets"] for row in counted["raw_rows"])


def test_a_landing_killed_anywhere_loses_and_doubles_nothing(stack, tmp_path):
    settings = stack.settings
    for point in ("writing", "written", "published"):
        produce(settings, *[a_view() for _ in range(3000)])
        killed = process(settings, "killed_landing.py", point)
        output, _ = killed.communicate()
        assert killed.returncode == -signal.SIGKILL, f"{point}: {output[-4000:]}"
    after = run_steps(settings, tmp_path, "land")
    assert after["steps"][0]["rows"] == 0, "the last one was killed when its rows were in main"
    produce(settings, a_view())
    after = run_steps(settings, tmp_path, "land", "land")
    assert [step["rows"] for step in after["steps"]] == [1, 0]
    assert list(after["branches"][RAW_EVENTS]) == ["main"], "what the kills left is gone"
    assert_raw_is_what_kafka_has(settings, tmp_path)


def test_two_landings_at_once_double_nothing(stack, tmp_path):
    settings = stack.settings
    produce(settings, *[a_view() for _ in range(3000)])
    outs = [tmp_path / f"{name}.json" for name in ("one", "other")]
    racing = [process(settings, "lake_steps.py", "--out", str(out), "land") for out in outs]
    outputs = [one.communicate()[0] for one in racing]
    assert [one.returncode for one in racing] == [0, 0], outputs
    landings = [json.loads(out.read_text())["steps"][0] for out in outs]
    assert sum(landing.get("rows", 0) for landing in landings) == 3000, landings
    assert_raw_is_what_kafka_has(settings, tmp_path)


def test_hostile_messages_are_all_accounted_for_and_a_second_round_changes_nothing(stack, tmp_path):
    settings = stack.settings
    run_steps(
        settings, tmp_path, "land", "curate:t0", "check:t0", "publish:t0", "update", "compute"
    )
    dead_before = kafka_ends(settings, DEAD_LETTER)[DEAD_LETTER, 0][1]

    once = a_view()
    hostile = [
        b"\xff\xfe",
        b"not json",
        b"",
        b"{}",
        once.replace(b'"fr"', b'"de"'),
        once.replace(b"product_viewed", b"product_eaten"),
        b'{"a":' * 5000 + b"1" + b"}" * 5000,
        b'{"a":' * 990 + b"1" + b"}" * 990,
    ]
    produce(settings, a_view(), once, once, *hostile)
    steps = ["land", "curate:t1", "check:t1", "publish:t1", "update", "compute"]
    done = run_steps(settings, tmp_path, *steps)
    landed, curated, checked, published, _, computed = done["steps"]
    assert landed["rows"] == 11
    assert curated["curated"] == 2
    assert curated["quarantined"] == {
        # Deeper than any contract: neither of the two nested ones is read.
        "undecodable": 5,
        "contract_violation": 2,
        "unknown_event_type": 1,
        "duplicate_event_id": 1,
    }
    assert checked["failed"] == 0
    assert published["published"] == [QUARANTINE_EVENTS, CURATED_EVENTS]
    assert computed["days"] == 0, "views change no indicator"
    assert kafka_ends(settings, DEAD_LETTER)[DEAD_LETTER, 0][1] == dead_before + 5

    with psycopg.connect(settings.shop_pg_dsn) as connection:
        figures = connection.execute("SELECT * FROM kpi.daily_sales ORDER BY 1, 2").fetchall()
        again = run_steps(settings, tmp_path, *steps)
        assert again["branches"] == done["branches"]
        assert again["steps"][0]["rows"] == again["steps"][1]["rows"] == 0
        after = connection.execute("SELECT * FROM kpi.daily_sales ORDER BY 1, 2").fetchall()
        assert after == figures
        assert computed_batch(connection) == computed["batch"]


def test_a_load_that_dies_leaves_figures_and_progress_as_they_were(stack):
    day, next_day = date(1999, 1, 1), date(1999, 1, 2)
    columns = ["business_date", "currency", "orders", "net_sales"]

    def rows(*orders: int):
        for number, count in enumerate(orders):
            yield (day + timedelta(days=number), "EUR", count, Decimal("1.2345"))

    def dying():
        yield from rows(9)
        raise ConnectionError("killed")

    def loaded(connection) -> list:
        return connection.execute(
            "SELECT business_date, orders, net_sales FROM kpi.daily_sales"
            " WHERE business_date IN (%s, %s) ORDER BY 1",
            (day, next_day),
        ).fetchall()

    with (
        psycopg.connect(stack.settings.shop_pg_dsn) as connection,
        connection.transaction(force_rollback=True),
    ):
        replace_days(
            connection,
            [day, next_day],
            {"daily_sales": (columns, rows(1, 2))},
            LoadProgress(11, {}),
        )
        with pytest.raises(ConnectionError):
            replace_days(
                connection, [day], {"daily_sales": (columns, dying())}, LoadProgress(12, {})
            )
        assert computed_batch(connection) == 11
        assert loaded(connection) == [
            (day, 1, Decimal("1.2345")),
            (next_day, 2, Decimal("1.2345")),
        ]
        replace_days(
            connection, [day, next_day], {"daily_sales": (columns, rows(3))}, LoadProgress(12, {})
        )
        assert computed_batch(connection) == 12
        assert loaded(connection) == [(day, 3, Decimal("1.2345"))], "a day may become empty"
