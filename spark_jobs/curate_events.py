"""curate_events: turns new raw rows into typed events, on the run's audit branch.

Reads what landed since the curated table's progress, which is a property of its newest snapshot.
Good rows go to the audit branch of lake.curated.events, all others with a reason to the one of
lake.quarantine.events; `main` of both stays as it is until `publish_events`. Running it again with
the same run id recreates the branches. Messages that are not JSON also go to the dead-letter topic,
at least once; their key, topic/partition/offset, identifies duplicates.

    spark-submit curate_events.py --run-id RUN
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from shopnow.lake import (
    CURATED_EVENTS,
    DUPLICATE,
    QUARANTINE_EVENTS,
    RAW_EVENTS,
    RAW_SNAPSHOT_ID,
    audit_branch,
)
from shopnow.settings import Settings, get_settings
from shopnow.topics import DEAD_LETTER
from spark_jobs.lakehouse.session import JobError, Summary, read_run_id, run_job
from spark_jobs.lakehouse.snapshots import MainMovedError, Table, rows_between
from spark_jobs.lakehouse.tables import ensure_tables
from spark_jobs.transforms.curation import (
    COORDINATES,
    UNDECODABLE,
    curated_events,
    quarantined,
)

log = logging.getLogger("curate_events")


@dataclass(frozen=True)
class Batch:
    """The raw rows between two raw snapshots, `after` excluded; None is the beginning."""

    after: int | None
    until: int
    rows: int


def next_batch(raw: Table, curated: Table) -> Batch:
    """What was landed since the curated table's progress.

    Raises `JobError` if that snapshot is no longer in the history of raw.
    """
    raw_snapshot = curated.newest_property(RAW_SNAPSHOT_ID)
    after = int(raw_snapshot) if raw_snapshot else None
    until = raw.head()
    if until is None:
        raise JobError(f"{RAW_EVENTS} has no snapshot: run land_events first")
    try:
        return Batch(after, until, raw.added_records(after, until))
    except LookupError as error:
        raise JobError(f"curation cannot go on from where it was: {error}") from error


def read_batch(spark: SparkSession, batch: Batch) -> DataFrame:
    """The raw rows of a batch: topic, partition, offset, kafka_timestamp, value."""
    rows = rows_between(spark, RAW_EVENTS, batch.after, batch.until)
    return rows.select(*COORDINATES, "kafka_timestamp", "value")


def known_event_ids(spark: SparkSession, base: int) -> DataFrame:
    """event_id of every curated event at a snapshot, in whatever month and type it is dated.

    A producer that sends an id again may date it otherwise, so no partition can be left out.
    """
    return rows_between(spark, CURATED_EVENTS, None, base).select("event_id")


def curate(spark: SparkSession, settings: Settings, run_id: str) -> Summary:
    """Write the run's audit branches; return the counts. See the module docstring."""
    ensure_tables(spark, RAW_EVENTS, CURATED_EVENTS, QUARANTINE_EVENTS)
    raw, curated = Table(spark, RAW_EVENTS), Table(spark, CURATED_EVENTS)
    quarantine = Table(spark, QUARANTINE_EVENTS)
    branch = audit_branch(run_id)
    curated.drop_branch(branch)
    quarantine.drop_branch(branch)
    batch = next_batch(raw, curated)
    if batch.after == batch.until:
        log.info("nothing landed since the last run: no branch")
        return {"rows": 0, "curated": 0, "quarantined": {}, "snapshot_id": curated.head()}

    properties = {RAW_SNAPSHOT_ID: str(batch.until)}
    rows = read_batch(spark, batch)
    try:
        base = curated.create_branch(branch)
        good = curated_events(rows, known_event_ids(spark, base), settings.timezone)
        snapshot_id = curated.append_to_branch(good, branch, base, properties)
        kept = int(curated.summary(snapshot_id).get("added-records", "0"))
        reasons: dict[str, int] = {}
        if kept < batch.rows:
            curated_now = rows_between(spark, CURATED_EVENTS, base, snapshot_id)
            reasons = _quarantine_rejected(
                spark, quarantine, rows, curated_now, branch, run_id, properties
            )
    except MainMovedError as error:
        raise JobError(f"another curation is at work: {error}") from error
    if batch.rows != kept + sum(reasons.values()):
        raise JobError(
            f"{batch.rows} raw rows, but {kept} curated and {reasons} in quarantine: the branches "
            "are not to be published"
        )
    if reasons.get(UNDECODABLE):
        _send_dead_letters(spark, rows, branch, settings.kafka_bootstrap)
    return {
        "rows": batch.rows,
        "curated": kept,
        "quarantined": reasons,
        "duplicates": reasons.get(DUPLICATE, 0),
        "branch": branch,
        "snapshot_id": snapshot_id,
    }


def _quarantine_rejected(
    spark: SparkSession,
    quarantine: Table,
    rows: DataFrame,
    curated_now: DataFrame,
    branch: str,
    run_id: str,
    properties: dict[str, str],
) -> dict[str, int]:
    """Write the rejected rows to the quarantine branch; return the row counts by reason.

    The counts are of all rows of the batch that are in quarantine: a run that was killed between
    the two publications may have left some there.
    """
    already = spark.table(QUARANTINE_EVENTS).select(*COORDINATES)
    base = quarantine.create_branch(branch)
    quarantine.append_to_branch(
        quarantined(rows, curated_now.select(*COORDINATES), already, run_id),
        branch,
        base,
        properties,
    )
    counted = (
        _in_quarantine(spark, rows, branch).groupBy("reason").agg(F.count("*").alias("n")).collect()
    )
    return {row.reason: row.n for row in counted}


def _in_quarantine(spark: SparkSession, rows: DataFrame, branch: str) -> DataFrame:
    refused = spark.read.option("versionAsOf", branch).table(QUARANTINE_EVENTS)
    return rows.join(refused.select(*COORDINATES, "reason", "detail"), on=COORDINATES, how="inner")


def _send_dead_letters(spark: SparkSession, rows: DataFrame, branch: str, bootstrap: str) -> None:
    undecodable = _in_quarantine(spark, rows, branch).filter(F.col("reason") == UNDECODABLE)
    headers = {"topic": F.col("topic"), "reason": F.col("reason"), "detail": F.col("detail")}
    (
        undecodable.select(
            F.concat_ws("/", *COORDINATES).alias("key"),
            "value",
            F.array(
                *[
                    F.struct(F.lit(name).alias("key"), value.cast("binary").alias("value"))
                    for name, value in headers.items()
                ]
            ).alias("headers"),
        )
        .write.format("kafka")
        .option("kafka.bootstrap.servers", bootstrap)
        .option("kafka.acks", "all")
        .option("includeHeaders", "true")
        .option("topic", DEAD_LETTER)
        .save()
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Command line of the job; returns the exit code."""
    run_id = read_run_id(__doc__, argv)
    settings = get_settings()
    return run_job("curate_events", lambda spark: curate(spark, settings, run_id))


if __name__ == "__main__":
    sys.exit(main())
