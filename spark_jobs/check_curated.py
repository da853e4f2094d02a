"""check_curated: Great Expectations checks the run's audit branch before publication.

Checks the new rows, each event type with what its contract and its business rules say; that no new
row has the event id or the Kafka message of another, old or new; and that every raw row is
accounted for. A failed critical check ends the job with a table; `main` is as it
was. A warning is reported only. A branch that passed is tagged, and publish_events publishes only
tagged branches. The results become a static site, the Data Docs.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import reduce

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from shopnow.lake import (
    BATCH,
    CURATED_EVENTS,
    DUPLICATE,
    QUARANTINE_EVENTS,
    RAW_BATCH,
    audit_branch,
)
from shopnow.settings import Settings
from spark_jobs.contracts.schema import landed_event_types
from spark_jobs.lakehouse.progress import COORDINATES, rows_after, unread_raw_rows
from spark_jobs.lakehouse.session import JobError, Summary, persisted, prepare
from spark_jobs.lakehouse.snapshots import MAIN, Table, rows_at
from spark_jobs.publish_events import checked_tag
from spark_jobs.quality.expectations import CheckResult, ExpectationsProject
from spark_jobs.transforms.curation import possible_copies

log = logging.getLogger("check_curated")

#: Of the rows that are there twice: enough to find out why.
MOST_NAMED = 20


def batches(
    spark: SparkSession, curated: Table, branch: str, deduplication_days: int
) -> Iterator[tuple[str, DataFrame]]:
    """(suite, rows) of everything that is checked on a branch."""
    head = curated.head(branch)
    assert head is not None  # noqa: S101 - the caller has looked
    batch = int(curated.summary(head)[BATCH])
    own_payload = reduce(
        lambda found, name: found.when(F.col("event_type") == name, F.col(name).isNotNull()),
        landed_event_types(),
        F.when(F.lit(False), F.lit(False)),
    )
    with (
        persisted(rows_after(spark, CURATED_EVENTS, batch - 1, head)) as new,
        # Last in, first out: the threads have ended before the rows are forgotten.
        ThreadPoolExecutor() as pool,
    ):
        # These two read more than the new rows: they run while the others are checked.
        accounting = pool.submit(_accounting, spark, curated, branch, curated.parent(head), head)
        present = sorted(row.event_type for row in new.select("event_type").distinct().collect())
        if not present:
            yield "accounting", accounting.result()
            return
        repeated = pool.submit(_repeated, spark, new, head, deduplication_days)
        own = F.coalesce(own_payload, F.lit(False))
        yield "all_events", new.withColumn("has_own_payload", own)
        for name in present:
            of_type = new.filter(F.col("event_type") == name)
            yield name, of_type.select("event_id", "occurred_at", *COORDINATES, f"{name}.*")
        yield "accounting", accounting.result()
        yield "uniqueness", repeated.result()


def _repeated(spark: SparkSession, new: DataFrame, head: int, deduplication_days: int) -> DataFrame:
    """Event ids and Kafka messages of new rows that are in the table more than once.

    Columns repeated_event_id and repeated_message, one of them null: no row is good. Old rows
    count where they could be copies. At most `MOST_NAMED` of each are named.
    """
    everything = possible_copies(rows_at(spark, CURATED_EVENTS, head), new, deduplication_days)

    def repeated(*key: str) -> DataFrame:
        of_new = everything.join(new.select(*key), on=list(key), how="left_semi")
        return of_new.groupBy(*key).count().filter("count > 1").limit(MOST_NAMED)

    nothing = F.lit(None).cast("string")
    ids = repeated("event_id").select(
        F.col("event_id").alias("repeated_event_id"), nothing.alias("repeated_message")
    )
    messages = repeated(*COORDINATES).select(nothing, F.concat_ws("/", *COORDINATES))
    return _computed_once(ids.union(messages))


def _accounting(
    spark: SparkSession, curated: Table, branch: str, base: int | None, head: int
) -> DataFrame:
    """One row: raw, curated, quarantined, duplicates, of the raw rows that the run has read."""
    until = int(curated.summary(head)[RAW_BATCH])
    landed = unread_raw_rows(spark, MAIN, curated, base)
    read = landed.filter((F.col("batch") <= until) | F.col("batch").isNull()).select(*COORDINATES)
    counts = {"raw": read.count(), "quarantined": 0, "duplicates": 0}
    counts["curated"] = int(curated.summary(head).get("added-records", "0"))
    if counts["curated"] < counts["raw"]:
        quarantine = Table(spark, QUARANTINE_EVENTS)
        version = branch if quarantine.head(branch) is not None else MAIN
        refused = rows_at(spark, QUARANTINE_EVENTS, version).select(*COORDINATES, "reason")
        is_duplicate = F.col("reason") == DUPLICATE
        found = (
            read.join(refused, on=COORDINATES, how="inner")
            .agg(F.count_if(~is_duplicate).alias("q"), F.count_if(is_duplicate).alias("d"))
            .first()
        )
        counts |= {"quarantined": found.q, "duplicates": found.d} if found else {}
    return spark.createDataFrame([counts])


def _computed_once(rows: DataFrame) -> DataFrame:
    """The same rows, materialised: otherwise each expectation would recompute them."""
    return rows.sparkSession.createDataFrame(rows.collect(), rows.schema)


def failure_table(results: Sequence[CheckResult]) -> str:
    """The failed checks, as a table."""
    rows = [("severity", "suite", "check", "found")]
    rows += [(r.severity, r.suite, r.check, r.observed) for r in results if not r.success]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        "  ".join([*(text.ljust(width) for text, width in zip(row, widths, strict=False)), row[3]])
        for row in rows
    )


def check(spark: SparkSession, settings: Settings, run_id: str) -> Summary:
    """Check the branch; tag it if it passes, else raise `JobError`. See the module docstring."""
    prepare(spark)
    curated = Table(spark, CURATED_EVENTS)
    branch = audit_branch(run_id)
    head = curated.head(branch)
    if head is None:
        log.info("no branch %s: nothing to check", branch)
        return {"checks": 0, "failed": 0, "warnings": 0}
    project = ExpectationsProject(
        settings.data_docs, settings.home / "validation_results", settings.data_docs_results
    )
    results: list[CheckResult] = []
    for suite, rows in batches(spark, curated, branch, settings.deduplication_days):
        results += project.run(suite, rows, branch)
    site = project.build_data_docs()
    failed = [r for r in results if not r.success and r.severity == "critical"]
    warnings = [r for r in results if not r.success and r.severity != "critical"]
    if failed or warnings:
        log.warning("checks that did not hold:\n%s", failure_table(results))
    if failed:
        raise JobError(
            f"{len(failed)} of {len(results)} checks failed that are critical; nothing is "
            f"published. Details: {site}\n{failure_table(failed)}"
        )
    curated.tag(checked_tag(branch), head)
    return {
        "checks": len(results),
        "failed": 0,
        "warnings": len(warnings),
        "data_docs": str(site),
        "snapshot_id": head,
    }
