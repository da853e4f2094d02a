"""land_events: copies what is new in Kafka to lake.raw.events, byte for byte.

A bounded read of `[end of the last landing, end of the topics now)`, at most
`SHOPNOW_LANDING_MAX_RECORDS` offsets, in one commit that carries the new ends as a property of its
snapshot. So rows and offsets cannot disagree, wherever the job is killed.

The rows are appended to a branch made at the head of `main`, and `main` is then fast-forwarded,
which Iceberg refuses if `main` has moved meanwhile. Of two concurrent landings the slower one fails
and changes nothing; plain appends would both succeed and duplicate every row.
"""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Sequence

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from shopnow.kafka_offsets import read_offsets
from shopnow.lake import BATCH, KAFKA_END_OFFSETS, KAFKA_TOPIC_IDS, RAW_EVENTS
from shopnow.settings import Settings
from shopnow.topics import LANDED_TOPICS
from spark_jobs.lakehouse.kafka_ranges import (
    OffsetRange,
    Offsets,
    OffsetsLostError,
    by_topic,
    format_offsets,
    limited,
    merged,
    ranges_to_land,
    require_same_topics,
)
from spark_jobs.lakehouse.progress import end_offsets, last_batch, next_batch
from spark_jobs.lakehouse.session import JobError, Summary, prepare
from spark_jobs.lakehouse.snapshots import MainMovedError, Table
from spark_jobs.lakehouse.tables import ensure_tables

log = logging.getLogger("land_events")

BRANCH_PREFIX = "land_"


def read_ranges(
    spark: SparkSession, bootstrap: str, ranges: Sequence[OffsetRange], batch: int
) -> DataFrame:
    """Exactly the committed messages of the ranges, as rows of raw.events."""
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
        .option("includeHeaders", "true")
        .option("failOnDataLoss", "true")
        .option("kafka.isolation.level", "read_committed")
        # At the end of a range Kafka would hold each task back, waiting for what is not asked for.
        .option("kafka.fetch.max.wait.ms", "20")
        .load()
    )
    # Each task writes a file per topic that it holds: fewer tasks, fewer small files.
    tasks = int(spark.conf.get("spark.sql.shuffle.partitions") or 1)
    return messages.select(
        "topic",
        "partition",
        "offset",
        F.col("timestamp").alias("kafka_timestamp"),
        "key",
        "value",
        F.current_timestamp().alias("landed_at"),
        "headers",
        F.lit(batch).cast("bigint").alias("batch"),
    ).coalesce(tasks)


def land(spark: SparkSession, settings: Settings, topics: Sequence[str] = LANDED_TOPICS) -> Summary:
    """Land what is new; return rows, what is left, and the snapshot. See the module docstring."""
    prepare(spark)
    ensure_tables(spark, RAW_EVENTS)
    table = Table(spark, RAW_EVENTS)
    landed = end_offsets(table)
    landed_ids = table.newest_property(KAFKA_TOPIC_IDS)
    kafka = read_offsets(settings.kafka_bootstrap, topics)
    earliest, end = by_topic(kafka.first, topics), by_topic(kafka.end, topics)
    missing = [topic for topic in topics if not end[topic]]
    if missing:
        log.warning("no such topic yet: %s", ", ".join(missing))
    try:
        require_same_topics(json.loads(landed_ids or "{}"), kafka.topic_ids)
        waiting = ranges_to_land(landed, earliest, end)
    except OffsetsLostError as error:
        raise JobError(f"OffsetsLost: {error}") from error
    if not waiting:
        log.info("nothing new in Kafka: no commit")
        return {"rows": 0, "left": 0, "snapshot_id": table.head()}
    for piece in waiting:
        if piece.start > 0 and piece.partition not in landed.get(piece.topic, {}):
            log.warning(
                "%s partition %d begins at offset %d: Kafka has deleted what was before, and it "
                "was never landed",
                *(piece.topic, piece.partition, piece.start),
            )
    ranges = limited(waiting, settings.landing_max_records)
    left = _length(waiting) - _length(ranges)

    branch = f"{BRANCH_PREFIX}{uuid.uuid4().hex}"
    base = table.create_branch(branch)
    if end_offsets(table, branch) != landed:
        table.drop_branch(branch)
        raise JobError("another landing has just finished; run this one again")
    batch = next_batch(last_batch(table, branch))
    try:
        snapshot_id = table.append_to_branch(
            read_ranges(spark, settings.kafka_bootstrap, ranges, batch),
            branch,
            base,
            {
                KAFKA_END_OFFSETS: format_offsets(merged(landed, ranges)),
                KAFKA_TOPIC_IDS: json.dumps(kafka.topic_ids),
                BATCH: str(batch),
            },
        )
        rows = int(table.summary(snapshot_id).get("added-records", "0"))
        if rows > _length(ranges):
            raise JobError(f"Kafka gave {rows} rows for {_length(ranges)} offsets: nothing landed")
        table.fast_forward(branch)
    except MainMovedError as error:
        raise JobError(
            f"another landing committed first, nothing was duplicated: {error}"
        ) from error
    finally:
        table.drop_branch(branch)
        table.drop_stale_branches(BRANCH_PREFIX)
    return {
        "rows": rows,
        # Markers of transactions, messages that were taken back or compacted away.
        "offsets_without_message": _length(ranges) - rows,
        "left": left,
        "partitions": len(ranges),
        "batch": batch,
        "snapshot_id": snapshot_id,
    }


def _length(ranges: Sequence[OffsetRange]) -> int:
    return sum(piece.end - piece.start for piece in ranges)
