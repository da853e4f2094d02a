"""publish_events: makes the run's audit branches the new `main`.

Only branches that check_curated has tagged. Quarantine first, then the curated events, whose
snapshot carries the progress: a run killed in between has published rows that it will find in
quarantine again. It is idempotent. Branches of failed runs, which can no longer be published, are
dropped.
"""

from __future__ import annotations

import logging

from pyspark.sql import SparkSession

from shopnow.lake import CURATED_EVENTS, QUARANTINE_EVENTS, audit_branch
from spark_jobs.lakehouse.progress import end_offsets
from spark_jobs.lakehouse.session import JobError, Summary, prepare
from spark_jobs.lakehouse.snapshots import MainMovedError, Table
from spark_jobs.lakehouse.tables import ensure_tables

log = logging.getLogger("publish_events")

AUDIT_PREFIX = "audit_"
CHECKED_PREFIX = "checked_"


def checked_tag(branch: str) -> str:
    """The tag with which check_curated marks the snapshot of a branch that has passed."""
    return f"{CHECKED_PREFIX}{branch}"


def publish(spark: SparkSession, run_id: str) -> Summary:
    """Fast-forward both tables and drop branches; return what was moved and dropped."""
    prepare(spark)
    ensure_tables(spark, CURATED_EVENTS, QUARANTINE_EVENTS)
    branch = audit_branch(run_id)
    quarantine, curated = Table(spark, QUARANTINE_EVENTS), Table(spark, CURATED_EVENTS)
    head = curated.head(branch)
    if head is not None and curated.tags().get(checked_tag(branch)) != head:
        raise JobError(
            f"branch {branch} has not passed check_curated since it was written: not published"
        )
    published = []
    for table in (quarantine, curated):
        if table.head(branch) is None:
            log.info("%s: no branch %s, nothing to publish", table.name, branch)
            continue
        try:
            if table.fast_forward(branch):
                published.append(table.name)
        except MainMovedError as error:
            raise JobError(f"{error}. Start again with curate_events.") from error
    curated.drop_branch(branch)
    dropped = curated.drop_stale_branches(AUDIT_PREFIX)
    living = curated.branches(AUDIT_PREFIX)
    for tag in curated.tags(CHECKED_PREFIX):
        if tag.removeprefix(CHECKED_PREFIX) not in living:
            curated.drop_tag(tag)
    for orphan in quarantine.branches(AUDIT_PREFIX):
        if orphan not in living:
            quarantine.drop_branch(orphan)
    return {
        "published": published,
        "dropped_branches": dropped,
        "snapshot_id": curated.head(),
        # Up to where the curated events hold what is in Kafka.
        "kafka_end_offsets": end_offsets(curated),
    }
