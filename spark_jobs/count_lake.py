"""count_lake: what `shopnow reconcile` compares, counted in the lake; changes nothing.

Counts are per topic and partition. Curated is read before quarantine and raw, each at its newest
snapshot, and quarantine only below the offsets that the curated snapshot has consumed: a run that
publishes meanwhile is then seen as not curated yet, never as lost rows.

    spark-submit count_lake.py [--computed-snapshot ID]

`--computed-snapshot` is the curated snapshot that the indicators include (kpi.load_progress).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from shopnow.lake import (
    CURATED_EVENTS,
    DAILY_SALES,
    DUPLICATE,
    KAFKA_END_OFFSETS,
    QUARANTINE_EVENTS,
    RAW_EVENTS,
    RAW_SNAPSHOT_ID,
)
from spark_jobs.lakehouse.kafka_ranges import Offsets, parse_offsets
from spark_jobs.lakehouse.session import JobError, Summary, run_job
from spark_jobs.lakehouse.snapshots import Table, rows_between
from spark_jobs.lakehouse.tables import ensure_tables

Rows = list[dict[str, object]]


def consumed_offsets(raw: Table, curated: Table, snapshot_id: int | None) -> Offsets:
    """The Kafka offsets that a curated snapshot accounts for, ends exclusive.

    Raises `JobError` if one of the snapshots is no longer there.
    """
    if snapshot_id is not None and not any(True for _ in curated.ancestry(snapshot_id)):
        raise JobError(f"{curated.name}: snapshot {snapshot_id} is no longer there")
    raw_snapshot = curated.property_at(snapshot_id, RAW_SNAPSHOT_ID)
    if raw_snapshot is None:
        return {}
    offsets = raw.property_at(int(raw_snapshot), KAFKA_END_OFFSETS)
    if offsets is None:
        raise JobError(
            f"{raw.name}: snapshot {raw_snapshot}, which was curated, is no longer there"
        )
    return parse_offsets(offsets)


def read_at(spark: SparkSession, table: Table) -> DataFrame:
    """A table at the snapshot that `table` has loaded."""
    head = table.head()
    return spark.table(table.name) if head is None else rows_between(spark, table.name, None, head)


def with_consumed(rows: DataFrame, ends: Offsets) -> DataFrame:
    """Adds `consumed`: whether a row lies below the given end of its partition."""
    pairs = [(t, p, end) for t, partitions in ends.items() for p, end in partitions.items()]
    known = rows.sparkSession.createDataFrame(pairs, "topic string, partition int, end bigint")
    return (
        rows.select("topic", "partition", "offset", *_reason(rows))
        .join(F.broadcast(known), on=["topic", "partition"], how="left")
        .withColumn("consumed", F.coalesce(F.col("offset") < F.col("end"), F.lit(False)))
    )


def _reason(rows: DataFrame) -> list[str]:
    return ["reason"] if "reason" in rows.columns else []


def count_raw(rows: DataFrame, ends: Offsets) -> Rows:
    """Rows, different offsets, first and last offset, and rows below `ends`, by partition."""
    return _collect(
        with_consumed(rows, ends)
        .groupBy("topic", "partition")
        .agg(
            F.count("*").alias("rows"),
            F.count_distinct("offset").alias("offsets"),
            F.min("offset").alias("first"),
            F.max("offset").alias("last"),
            F.count_if("consumed").alias("consumed"),
        )
    )


def count_curated(rows: DataFrame, ends: Offsets) -> Rows:
    """Rows, and how many of them lie below `ends`, by partition."""
    return _collect(
        with_consumed(rows, ends)
        .groupBy("topic", "partition")
        .agg(F.count("*").alias("rows"), F.count_if("consumed").alias("consumed"))
    )


def count_quarantine(rows: DataFrame, ends: Offsets) -> Rows:
    """Rows below `ends`, duplicates apart, by partition."""
    duplicate = F.col("reason") == DUPLICATE
    return _collect(
        with_consumed(rows, ends)
        .filter("consumed")
        .groupBy("topic", "partition")
        .agg(F.count_if(~duplicate).alias("rows"), F.count_if(duplicate).alias("duplicates"))
    )


def count(spark: SparkSession, computed_snapshot: int | None) -> Summary:
    """All counts; see the module docstring for the order."""
    ensure_tables(spark, RAW_EVENTS, CURATED_EVENTS, QUARANTINE_EVENTS, DAILY_SALES)
    curated, quarantine = Table(spark, CURATED_EVENTS), Table(spark, QUARANTINE_EVENTS)
    raw = Table(spark, RAW_EVENTS)
    ends = consumed_offsets(raw, curated, curated.head())
    events = read_at(spark, curated)
    marts = spark.table(DAILY_SALES).select(
        F.col("business_date").cast("string").alias("day"),
        "currency",
        "orders",
        F.col("net_sales").cast("string").alias("net_sales"),
    )
    return {
        "landed": parse_offsets(raw.newest_property(KAFKA_END_OFFSETS)),
        "curated": ends,
        "computed": consumed_offsets(raw, curated, computed_snapshot),
        "raw_rows": count_raw(read_at(spark, raw), ends),
        "curated_rows": count_curated(events, ends),
        "duplicate_events": events.count() - events.select("event_id").distinct().count(),
        "quarantine_rows": count_quarantine(read_at(spark, quarantine), ends),
        "marts": _collect(marts),
    }


def _collect(rows: DataFrame) -> Rows:
    return [row.asDict() for row in rows.collect()]


def main(argv: Sequence[str] | None = None) -> int:
    """Command line of the job; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--computed-snapshot", type=int)
    computed_snapshot = parser.parse_args(argv).computed_snapshot
    return run_job("count_lake", lambda spark: count(spark, computed_snapshot))


if __name__ == "__main__":
    sys.exit(main())
