"""Rewritten files and expired snapshots lose nothing and stop nothing, whoever does it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from shopnow.lake import (
    BATCH,
    CURATED_EVENTS,
    KAFKA_END_OFFSETS,
    QUARANTINE_EVENTS,
    RAW_BATCH,
    RAW_EVENTS,
)
from shopnow.settings import Settings
from spark_jobs.curate_events import curate
from spark_jobs.lakehouse.progress import end_offsets, last_batch
from spark_jobs.lakehouse.snapshots import Table
from spark_jobs.lakehouse.tables import ensure_tables
from spark_jobs.maintain_tables import maintain_table
from spark_jobs.publish_events import AUDIT_PREFIX, checked_tag, publish
from tests.support.event_messages import BATCHES, ID, event, sent

pytestmark = pytest.mark.slow

TABLES = (RAW_EVENTS, CURATED_EVENTS, QUARANTINE_EVENTS)
LATER = datetime.now(UTC) + timedelta(days=1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, _env_file=None)


@pytest.fixture
def lake(lake_on_disk: SparkSession) -> Iterator[SparkSession]:
    ensure_tables(lake_on_disk, *TABLES)
    yield lake_on_disk
    for name in TABLES:
        lake_on_disk.sql(f"DROP TABLE {name}")


def land(spark: SparkSession, offset: int, *events: dict[str, Any]) -> None:
    """One commit to raw, with the properties that landing gives it."""
    batch = next(BATCHES)
    rows = sent(spark, *events).selectExpr(
        "topic",
        "partition",
        f"offset + {offset} AS offset",
        "kafka_timestamp",
        "CAST(NULL AS binary) AS key",
        "value",
        "current_timestamp() AS landed_at",
        "CAST(NULL AS array<struct<key: string, value: binary>>) AS headers",
        f"CAST({batch} AS bigint) AS batch",
    )
    ends = f'{{"shopnow.payments.v1": {{"0": {offset + len(events)}}}}}'
    writer = rows.writeTo(RAW_EVENTS).option(f"snapshot-property.{BATCH}", str(batch))
    writer.option(f"snapshot-property.{KAFKA_END_OFFSETS}", ends).append()


def publish_all(spark: SparkSession, settings: Settings, run: str) -> dict[str, Any]:
    """Curate and publish without the gate, which is not what is tested here."""
    summary = curate(spark, settings, run)
    table = Table(spark, CURATED_EVENTS)
    for branch, head in table.branches(AUDIT_PREFIX).items():
        table.tag(checked_tag(branch), head)
    publish(spark, run)
    return summary


def paid(number: int) -> dict[str, Any]:
    return event("order_paid", event_id=ID.format(number))


def coordinates(spark: SparkSession, name: str) -> list[int]:
    return sorted(row["offset"] for row in spark.table(name).collect())


def test_after_compaction_and_expiry_of_everything_the_next_run_goes_on(
    lake: SparkSession, settings: Settings
) -> None:
    for number in range(6):
        land(lake, number * 2, paid(number), event("order_paid", event_id="no id"))
        publish_all(lake, settings, f"run {number}")
    files = lake.table(f"{RAW_EVENTS}.files").count()
    land(lake, 12, paid(6))  # is not curated yet

    for name in TABLES:
        before = coordinates(lake, name)
        maintain_table(lake, name, expire_before=LATER, now=datetime.now(UTC))
        assert coordinates(lake, name) == before
        assert lake.table(f"{name}.snapshots").count() == 1
    assert lake.table(f"{RAW_EVENTS}.files").count() < files
    raw, curated = Table(lake, RAW_EVENTS), Table(lake, CURATED_EVENTS)
    assert curated.newest_property(RAW_BATCH) is None, "no snapshot knows any more"
    assert end_offsets(raw) == {"shopnow.payments.v1": {0: 13}}
    assert last_batch(raw) > 0 and last_batch(curated) > 0

    summary = publish_all(lake, settings, "after")
    assert (summary["rows"], summary["curated"]) == (1, 1), "only what was not curated"
    assert coordinates(lake, CURATED_EVENTS) == [0, 2, 4, 6, 8, 10, 12]
    assert coordinates(lake, QUARANTINE_EVENTS) == [1, 3, 5, 7, 9, 11]
    assert curate(lake, settings, "again")["rows"] == 0


def test_a_lake_of_before_batches_goes_on_with_what_is_new(
    lake: SparkSession, settings: Settings
) -> None:
    land(lake, 0, paid(1), event("order_paid", event_id="no id"))
    publish_all(lake, settings, "before")
    for name in (RAW_EVENTS, CURATED_EVENTS):
        rows = lake.table(name).collect()
        schema = lake.table(name).schema
        lake.sql(f"DROP TABLE {name}")
        ensure_tables(lake, name)
        old = lake.createDataFrame(rows, schema).withColumn("batch", F.lit(None).cast("bigint"))
        old.writeTo(name).append()

    assert publish_all(lake, settings, "nothing new")["rows"] == 0
    land(lake, 2, paid(2))
    assert publish_all(lake, settings, "new")["rows"] == 1
    assert coordinates(lake, CURATED_EVENTS) == [0, 2]
    assert coordinates(lake, QUARANTINE_EVENTS) == [1]


def test_a_branch_that_waits_for_its_publication_survives(
    lake: SparkSession, settings: Settings
) -> None:
    land(lake, 0, paid(1))
    curate(lake, settings, "waiting")
    maintain_table(lake, CURATED_EVENTS, expire_before=LATER, now=datetime.now(UTC))
    table = Table(lake, CURATED_EVENTS)
    assert len(table.branches(AUDIT_PREFIX)) == 1
