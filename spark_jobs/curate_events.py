"""curate_events: turns new raw rows into typed events, on the run's audit branch.

Reads what landed since the curated table's progress, which is a property of its newest snapshot.
Good rows go to the audit branch of lake.curated.events, all others with a reason to the one of
lake.quarantine.events; `main` of both stays as it is until `publish_events`. Running it again with
the same run id recreates the branches. Messages that are not JSON also go to the dead-letter topic,
at least once; their key, topic/partition/offset, identifies duplicates.
"""

from __future__ import annotations

import logging

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from shopnow.contracts.messages import UNDECODABLE
from shopnow.lake import (
    BATCH,
    CURATED_EVENTS,
    DUPLICATE,
    KAFKA_END_OFFSETS,
    QUARANTINE_EVENTS,
    RAW_BATCH,
    RAW_EVENTS,
    audit_branch,
)
from shopnow.settings import Settings
from shopnow.topics import DEAD_LETTER
from spark_jobs.lakehouse.kafka_ranges import format_offsets
from spark_jobs.lakehouse.progress import (
    COORDINATES,
    end_offsets,
    last_batch,
    next_batch,
    rows_after,
    unread_raw_rows,
)
from spark_jobs.lakehouse.session import JobError, Summary, persisted, prepare
from spark_jobs.lakehouse.snapshots import MainMovedError, Table, rows_at
from spark_jobs.lakehouse.tables import ensure_tables
from spark_jobs.transforms.curation import (
    classify,
    curated_events,
    possible_copies,
    quarantined,
)

log = logging.getLogger("curate_events")


def known_event_ids(spark: SparkSession, base: int, good: DataFrame, days: int) -> DataFrame:
    """event_id of the curated events at a snapshot that a good row could be a copy of."""
    return possible_copies(rows_at(spark, CURATED_EVENTS, base), good, days).select("event_id")


def curate(spark: SparkSession, settings: Settings, run_id: str) -> Summary:
    """Write the run's audit branches; return the counts. See the module docstring."""
    prepare(spark)
    ensure_tables(spark, RAW_EVENTS, CURATED_EVENTS, QUARANTINE_EVENTS)
    raw, curated = Table(spark, RAW_EVENTS), Table(spark, CURATED_EVENTS)
    quarantine = Table(spark, QUARANTINE_EVENTS)
    branch = audit_branch(run_id)
    landed, landed_batch = raw.head(), last_batch(raw)
    consumed = format_offsets(end_offsets(raw))
    if landed is None:
        raise JobError(f"{RAW_EVENTS} has no snapshot: run land_events first")
    if curated.newest_property(RAW_BATCH) == str(landed_batch):
        log.info("nothing landed since the last run: no branch")
        curated.drop_branch(branch)
        quarantine.drop_branch(branch)
        return {"rows": 0, "curated": 0, "quarantined": {}, "snapshot_id": curated.head()}

    try:
        base = curated.create_branch(branch)
        quarantine.drop_branch(branch)
        judged = classify(unread_raw_rows(spark, landed, curated, base))
        # Judged once, for both branches and the dead letters.
        with persisted(judged) as rows:
            landed_rows = rows.count()
            batch = next_batch(last_batch(curated, branch))
            properties = {RAW_BATCH: str(landed_batch), KAFKA_END_OFFSETS: consumed}
            known = known_event_ids(
                spark, base, rows.filter(F.col("reason").isNull()), settings.deduplication_days
            )
            good = curated_events(rows, known, batch, settings.timezone)
            snapshot_id = curated.append_to_branch(
                good, branch, base, properties | {BATCH: str(batch)}
            )
            kept = int(curated.summary(snapshot_id).get("added-records", "0"))
            reasons: dict[str, int] = {}
            if kept < landed_rows:
                curated_now = rows_after(spark, CURATED_EVENTS, batch - 1, snapshot_id)
                reasons = _quarantine_rejected(
                    spark, quarantine, rows, curated_now, branch, run_id, properties
                )
            if landed_rows != kept + sum(reasons.values()):
                raise JobError(
                    f"{landed_rows} raw rows, but {kept} curated and {reasons} in quarantine: the"
                    " branches are not to be published"
                )
            if reasons.get(UNDECODABLE):
                _send_dead_letters(rows, settings.kafka_bootstrap)
    except MainMovedError as error:
        raise JobError(f"another curation is at work: {error}") from error
    return {
        "rows": landed_rows,
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
    refused = rows_at(spark, QUARANTINE_EVENTS, branch).select(*COORDINATES, "reason")
    counted = (
        rows.select(*COORDINATES)
        .join(refused, on=COORDINATES, how="inner")
        .groupBy("reason")
        .agg(F.count("*").alias("n"))
        .collect()
    )
    return {row.reason: row.n for row in counted}


def _send_dead_letters(rows: DataFrame, bootstrap: str) -> None:
    undecodable = rows.filter(F.col("reason") == UNDECODABLE)
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
