"""land_events: copies what is new in Kafka to lake.raw.events, byte for byte.

A bounded read of `[end of the last landing, end of the topics now)`, in one commit that carries
the new ends as a property of its snapshot. So rows and offsets cannot disagree, wherever the job
is killed.

The rows are appended to a branch made at the head of `main`, and `main` is then fast-forwarded,
which Iceberg refuses if `main` has moved meanwhile. Of two concurrent landings the slower one fails
and changes nothing; plain appends would both succeed and duplicate every row.

    spark-submit land_events.py
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import uuid
from collections.abc import Sequence

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from shopnow.kafka_offsets import read_offsets
from shopnow.lake import KAFKA_END_OFFSETS, RAW_EVENTS
from shopnow.settings import get_settings
from shopnow.topics import LANDED_TOPICS
from spark_jobs.lakehouse.kafka_ranges import (
    OffsetRange,
    Offsets,
    OffsetsLostError,
    by_topic,
    format_offsets,
    merged,
    parse_offsets,
    ranges_to_land,
)
from spark_jobs.lakehouse.session import JobError, Summary, run_job
from spark_jobs.lakehouse.snapshots import MainMovedError, Table
from spark_jobs.lakehouse.tables import ensure_tables

log = logging.getLogger("land_events")

BRANCH_PREFIX = "land_"


def landed_offsets(table: Table, branch: str) -> Offsets:
    """The end offsets of the last landing, from the newest snapshot that has them.

    Raises `JobError` if there are rows but no snapshot knows: starting over would duplicate them.
    """
    end_offsets = table.newest_property(KAFKA_END_OFFSETS, branch)
    if end_offsets is None:
        head = table.head(branch)
        rows = 0 if head is None else int(table.summary(head).get("total-records", "0"))
        if rows > 0:
            raise JobError(
                f"{table.name} has {rows} rows, but no snapshot says up to which Kafka offsets "
                f"({KAFKA_END_OFFSETS}). Were its snapshots expired? Nothing was landed."
            )
    return parse_offsets(end_offsets)


def read_ranges(spark: SparkSession, bootstrap: str, ranges: Sequence[OffsetRange]) -> DataFrame:
    """Exactly the messages of the ranges, as rows of raw.events, in at most one task per core."""
    starts: Offsets = {}
    ends: Offsets = {}
    for piece in ranges:
        starts.setdefault(piece.topic, {})[piece.partition] = piece.start
        ends.setdefault(piece.topic, {})[piece.partition] = piece.end
    assigned = {topic: sorted(partitions) for topic, partitions in starts.items()}
    messages = (
        spark.read.format("kafka")
        .option("kafka.bootstrap.servers", bootstrap)
        .option("assign", json.dumps(assigned))
        .option("startingOffsets", format_offsets(starts))
        .option("endingOffsets", format_offsets(ends))
        .option("failOnDataLoss", "true")
        # At the end of a range Kafka would hold each task back, waiting for what is not asked for.
        .option("kafka.fetch.max.wait.ms", "20")
        .load()
    )
    # Each task writes a file per topic that it holds: fewer tasks, fewer small files.
    return messages.select(
        "topic",
        "partition",
        "offset",
        F.col("timestamp").alias("kafka_timestamp"),
        F.make_valid_utf8(F.col("key").cast("string")).alias("key"),
        "value",
        F.current_timestamp().alias("landed_at"),
    ).coalesce(spark.sparkContext.defaultParallelism)


def land(spark: SparkSession, bootstrap: str, topics: Sequence[str] = LANDED_TOPICS) -> Summary:
    """Land what is new; return rows, partitions read and the snapshot. See the module docstring."""
    ensure_tables(spark, RAW_EVENTS)
    table = Table(spark, RAW_EVENTS)
    landed = landed_offsets(table, "main")
    kafka = read_offsets(bootstrap, topics)
    earliest, end = by_topic(kafka.first, topics), by_topic(kafka.end, topics)
    missing = [topic for topic in topics if not end[topic]]
    if missing:
        log.warning("no such topic yet: %s", ", ".join(missing))
    try:
        ranges = ranges_to_land(landed, earliest, end)
    except OffsetsLostError as error:
        raise JobError(f"OffsetsLost: {error}") from error
    if not ranges:
        log.info("nothing new in Kafka: no commit")
        return {"rows": 0, "partitions": 0, "snapshot_id": table.head()}

    branch = f"{BRANCH_PREFIX}{uuid.uuid4().hex}"
    base = table.create_branch(branch)
    if landed_offsets(table, branch) != landed:
        table.drop_branch(branch)
        raise JobError("another landing has just finished; run this one again")
    expected = sum(piece.end - piece.start for piece in ranges)
    try:
        snapshot_id = table.append_to_branch(
            read_ranges(spark, bootstrap, ranges),
            branch,
            base,
            {KAFKA_END_OFFSETS: format_offsets(merged(landed, ranges))},
        )
        rows = int(table.summary(snapshot_id)["added-records"])
        if rows != expected:
            raise JobError(
                f"Kafka gave {rows} rows for {expected} offsets: nothing was landed. The landed "
                "topics must be neither compacted nor written in transactions."
            )
        table.fast_forward(branch)
    except MainMovedError as error:
        raise JobError(
            f"another landing committed first, nothing was duplicated: {error}"
        ) from error
    finally:
        table.drop_branch(branch)
        table.drop_stale_branches(BRANCH_PREFIX)
    return {"rows": rows, "partitions": len(ranges), "snapshot_id": snapshot_id}


def main(argv: Sequence[str] | None = None) -> int:
    """Command line of the job; returns the exit code."""
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args(argv)
    bootstrap = get_settings().kafka_bootstrap
    return run_job("land_events", lambda spark: land(spark, bootstrap))


if __name__ == "__main__":
    sys.exit(main())
