"""Landing from a real broker: transactions, recreated topics, retention, bounded runs."""

import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from confluent_kafka import Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewPartitions, NewTopic
from pyspark.sql import SparkSession

from shopnow.lake import RAW_EVENTS
from shopnow.settings import Settings
from spark_jobs.lakehouse.session import JobError
from spark_jobs.land_events import land

pytestmark = pytest.mark.slow


@pytest.fixture
def raw(spark: SparkSession) -> Iterator[SparkSession]:
    """No raw table, before and after."""
    spark.sql(f"DROP TABLE IF EXISTS {RAW_EVENTS}")
    yield spark
    spark.sql(f"DROP TABLE IF EXISTS {RAW_EVENTS}")


@pytest.fixture
def admin(kafka: str) -> AdminClient:
    return AdminClient({"bootstrap.servers": kafka})


def create(admin: AdminClient, name: str, partitions: int = 1) -> None:
    """Create a topic, also where one of that name is just being deleted."""
    for _ in range(50):
        (future,) = admin.create_topics([NewTopic(name, partitions, 1)]).values()
        if future.exception() is None:
            return
        time.sleep(0.2)
    raise RuntimeError(f"{name} could not be created: {future.exception()}")


@pytest.fixture
def topic(admin: AdminClient) -> Iterator[str]:
    """A topic of the test's own, with two partitions."""
    name = f"landing-{uuid.uuid4().hex[:8]}"
    create(admin, name, 2)
    yield name
    admin.delete_topics([name])


def produce(kafka: str, topic: str, *values: bytes, partition: int = 0, **more: Any) -> None:
    producer = Producer({"bootstrap.servers": kafka, "acks": "all"})
    for value in values:
        producer.produce(topic, value=value, partition=partition, **more)
    assert producer.flush(30) == 0


@pytest.fixture
def landing(raw: SparkSession, settings: Settings, kafka: str) -> Callable[..., dict[str, Any]]:
    """Lands a topic with settings of its own."""

    def run(topic: str, **changed: Any) -> dict[str, Any]:
        changed["kafka_bootstrap"] = kafka
        return land(raw, settings.model_copy(update=changed), [topic])

    return run


def landed(spark: SparkSession) -> list[tuple[int, int, bytes]]:
    rows = spark.table(RAW_EVENTS).orderBy("partition", "offset").collect()
    return [(row["partition"], row["offset"], bytes(row["value"])) for row in rows]


def test_a_message_is_landed_byte_for_byte(
    raw: SparkSession, landing: Callable[..., dict[str, Any]], kafka: str, topic: str
) -> None:
    produce(kafka, topic, b"\xff", key=b"\xfe\x00", headers=[("a", b"\x00"), ("a", None)])
    landing(topic)
    (row,) = raw.table(RAW_EVENTS).collect()
    assert (bytes(row["key"]), bytes(row["value"])) == (b"\xfe\x00", b"\xff")
    assert [tuple(header) for header in row["headers"]] == [("a", b"\x00"), ("a", None)]


def test_a_run_lands_what_it_may_and_the_next_one_goes_on(
    raw: SparkSession, landing: Callable[..., dict[str, Any]], kafka: str, topic: str
) -> None:
    produce(kafka, topic, *[b"x"] * 9)
    produce(kafka, topic, b"y", partition=1)
    runs = [landing(topic, landing_max_records=4) for _ in range(4)]
    assert [(run["rows"], run["left"]) for run in runs] == [(4, 6), (4, 2), (2, 0), (0, 0)]
    assert [row[:2] for row in landed(raw)] == [*((0, n) for n in range(9)), (1, 0)]
    batches = {row["batch"] for row in raw.table(RAW_EVENTS).collect()}
    assert len(batches) == 3


def test_only_what_is_committed_is_landed_and_markers_are_no_loss(
    raw: SparkSession, landing: Callable[..., dict[str, Any]], kafka: str, topic: str
) -> None:
    writer = Producer({"bootstrap.servers": kafka, "transactional.id": f"test-{topic}"})
    writer.init_transactions()
    writer.begin_transaction()
    writer.produce(topic, value=b"kept", partition=0)
    writer.commit_transaction()
    writer.begin_transaction()
    writer.produce(topic, value=b"taken back", partition=0)
    writer.flush(30)
    writer.abort_transaction()
    writer.begin_transaction()
    writer.produce(topic, value=b"open", partition=0)
    writer.flush(30)

    first = landing(topic)
    assert [row[2] for row in landed(raw)] == [b"kept"]
    assert first["rows"] == 1
    assert first["offsets_without_message"] == 3, "two markers, and what was taken back"
    assert landing(topic)["rows"] == 0, "the open transaction waits"

    writer.commit_transaction()
    assert landing(topic)["rows"] == 1
    assert [row[2] for row in landed(raw)] == [b"kept", b"open"]
    assert landing(topic)["rows"] == 0


def test_a_topic_that_was_recreated_stops_landing_even_if_it_has_more_messages(
    raw: SparkSession,
    landing: Callable[..., dict[str, Any]],
    kafka: str,
    topic: str,
    admin: AdminClient,
) -> None:
    produce(kafka, topic, b"1", b"2")
    landing(topic)
    for future in admin.delete_topics([topic]).values():
        future.result(30)
    create(admin, topic, 2)
    produce(kafka, topic, b"3", b"4", b"5")
    with pytest.raises(JobError, match="deleted and created again"):
        landing(topic)
    assert [row[2] for row in landed(raw)] == [b"1", b"2"]


def test_what_retention_deleted_before_the_first_landing_is_said(
    raw: SparkSession,
    landing: Callable[..., dict[str, Any]],
    kafka: str,
    topic: str,
    admin: AdminClient,
    caplog: pytest.LogCaptureFixture,
) -> None:
    produce(kafka, topic, b"1", b"2", b"3")
    for future in admin.delete_records([TopicPartition(topic, 0, 2)]).values():
        future.result(30)
    assert landing(topic)["rows"] == 1
    assert "begins at offset 2" in caplog.text

    produce(kafka, topic, b"4", b"5")
    for future in admin.delete_records([TopicPartition(topic, 0, 4)]).values():
        future.result(30)
    with pytest.raises(JobError, match="offsets 3 to 3 were never landed"):
        landing(topic)


def test_new_partitions_and_empty_ones_go_on(
    raw: SparkSession,
    landing: Callable[..., dict[str, Any]],
    kafka: str,
    topic: str,
    admin: AdminClient,
) -> None:
    assert landing(topic)["rows"] == 0
    produce(kafka, topic, b"a")
    assert landing(topic)["rows"] == 1

    for future in admin.create_partitions([NewPartitions(topic, 3)]).values():
        future.result(30)
    time.sleep(1)
    produce(kafka, topic, b"b", partition=2)
    assert landing(topic)["rows"] == 1
    assert [row[:2] for row in landed(raw)] == [(0, 0), (2, 0)]
