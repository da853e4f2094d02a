"""count_lake: what `shopnow reconcile` compares, counted in the lake; changes nothing.

Counts are per topic and partition. Curated is read before quarantine and raw, each at its newest
snapshot, and quarantine only below the offsets that the curated snapshot has consumed: a run that
publishes meanwhile is then seen as not curated yet, never as lost rows.
"""

from __future__ import annotations

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from shopnow.lake import (
    CURATED_EVENTS,
    DAILY_SALES,
    DUPLICATE,
    QUARANTINE_EVENTS,
    RAW_EVENTS,
)
from spark_jobs.lakehouse.kafka_ranges import Offsets
from spark_jobs.lakehouse.progress import end_offsets
from spark_jobs.lakehouse.session import Summary, prepare
from spark_jobs.lakehouse.snapshots import MAIN, Table, rows_at
from spark_jobs.lakehouse.tables import ensure_tables

Rows = list[dict[str, object]]


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


def count(spark: SparkSession) -> Summary:
    """All counts; see the module docstring for the order."""
    prepare(spark)
    ensure_tables(spark, RAW_EVENTS, CURATED_EVENTS, QUARANTINE_EVENTS, DAILY_SALES)
    curated = Table(spark, CURATED_EVENTS)
    quarantine = Table(spark, QUARANTINE_EVENTS)
    raw = Table(spark, RAW_EVENTS)
    ends = end_offsets(curated)
    events = _pinned(spark, curated)
    marts = spark.table(DAILY_SALES).select(
        F.col("business_date").cast("string").alias("day"),
        "currency",
        "orders",
        F.col("net_sales").cast("string").alias("net_sales"),
    )
    return {
        "landed": end_offsets(raw),
        "curated": ends,
        "raw_rows": count_raw(_pinned(spark, raw), ends),
        "curated_rows": count_curated(events, ends),
        "duplicate_events": events.count() - events.select("event_id").distinct().count(),
        "quarantine_rows": count_quarantine(_pinned(spark, quarantine), ends),
        "marts": _collect(marts),
    }


def _pinned(spark: SparkSession, table: Table) -> DataFrame:
    """The rows of the snapshot that `table` has read."""
    return rows_at(spark, table.name, table.head() or MAIN)


def _collect(rows: DataFrame) -> Rows:
    return [row.asDict() for row in rows.collect()]
