"""How far each layer is: by batches, which survive compaction, expiry and replay.

A batch is one commit of rows to raw or to curated; each row has its number. The newest snapshot
says how far a table is. Where that was lost, because someone rewrote files and expired snapshots,
it is read from the rows.
"""

from __future__ import annotations

import time

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from shopnow.lake import (
    BATCH,
    CURATED_EVENTS,
    KAFKA_END_OFFSETS,
    QUARANTINE_EVENTS,
    RAW_BATCH,
    RAW_EVENTS,
)
from spark_jobs.lakehouse.kafka_ranges import Offsets, parse_offsets
from spark_jobs.lakehouse.snapshots import MAIN, Table, rows_at

#: Identifies a Kafka message.
COORDINATES = ["topic", "partition", "offset"]


def last_batch(table: Table, branch: str = MAIN) -> int:
    """The number of the table's last batch; 0 if it has none."""
    head, known = table.head(branch), table.newest_property(BATCH, branch)
    if known is not None or head is None:
        return int(known or 0)
    newest = rows_at(table.spark, table.name, head).agg(F.max("batch")).first()
    return (newest[0] if newest else None) or 0


def next_batch(last: int) -> int:
    """The number of a batch that is written now: milliseconds since 1970, and above the last one.

    Numbers are not used again even if `main` is rolled back to an older snapshot.
    """
    return max(last + 1, time.time_ns() // 1_000_000)


def rows_after(spark: SparkSession, name: str, batch: int, version: int | str) -> DataFrame:
    """The rows at a version of raw or curated that came after a batch (0: all rows)."""
    rows = rows_at(spark, name, version)
    # Rows that are older than the column have none.
    return rows if batch == 0 else rows.filter(F.col("batch") > batch)


def unread_raw_rows(
    spark: SparkSession, raw_version: int | str, curated: Table, curated_snapshot: int | None
) -> DataFrame:
    """The raw rows at a version that a curated snapshot does not account for.

    If no curated snapshot knows: those that are neither curated nor in quarantine.
    """
    consumed = curated.property_at(curated_snapshot, RAW_BATCH)
    rows = rows_at(spark, RAW_EVENTS, raw_version)
    if consumed is not None:
        # Rows without a batch are older than all that have one, and were consumed.
        return rows.filter(F.col("batch") > int(consumed))
    if curated_snapshot is None or curated.summary(curated_snapshot)["total-records"] == "0":
        return rows
    for name, version in ((CURATED_EVENTS, curated_snapshot), (QUARANTINE_EVENTS, MAIN)):
        done = rows_at(spark, name, version).select(*COORDINATES)
        rows = rows.join(done, on=COORDINATES, how="left_anti")
    return rows


def end_offsets(table: Table, branch: str = MAIN) -> Offsets:
    """Up to where raw or curated holds the messages of each Kafka partition, ends exclusive.

    From the newest snapshot that says so; from the rows where none does, for rows and offsets are
    one commit.
    """
    known = table.newest_property(KAFKA_END_OFFSETS, branch)
    if known is not None:
        return parse_offsets(known)
    head = table.head(branch)
    found: Offsets = {}
    if head is not None:
        rows = rows_at(table.spark, table.name, head).groupBy("topic", "partition")
        for row in rows.agg((F.max("offset") + 1).alias("end")).collect():
            found.setdefault(row["topic"], {})[row["partition"]] = row["end"]
    return found
