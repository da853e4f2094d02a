"""maintain_tables: keeps files, snapshots and metadata of the lake's tables few.

Branches that can no longer be published are dropped, and the text of messages that have been in
quarantine for `SHOPNOW_QUARANTINE_DAYS` is forgotten: raw has it. For each table, small data files
and manifests are rewritten into large ones, snapshots older than `SHOPNOW_SNAPSHOT_DAYS` expire
(the newest stays, and what a branch or tag names), and files that no snapshot knows are removed
once they are three days old. Rows and progress stay as they are: jobs remember batches, not
snapshots. A landing or publication that meets a rewrite is refused by the compare-and-swap of
`main` and tried again. Safe to repeat, to kill, and to run beside everything.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from functools import partial

from pyspark.sql import SparkSession

from shopnow.lake import CATALOG, CURATED_EVENTS, QUARANTINE_EVENTS, RAW_EVENTS
from shopnow.settings import Settings
from spark_jobs.lakehouse.session import Summary, prepare, side_by_side
from spark_jobs.lakehouse.snapshots import Table, retry_on_commit_conflict
from spark_jobs.lakehouse.tables import ensure_tables, lake_tables
from spark_jobs.land_events import BRANCH_PREFIX as LANDING_PREFIX
from spark_jobs.publish_events import AUDIT_PREFIX

log = logging.getLogger("maintain_tables")

#: A writer's files have no snapshot until it commits: longer than any job may take.
ORPHANS_AFTER = timedelta(days=3)
#: The branches that a run which died may leave behind, by table.
BRANCHES = {
    RAW_EVENTS: LANDING_PREFIX,
    CURATED_EVENTS: AUDIT_PREFIX,
    QUARANTINE_EVENTS: AUDIT_PREFIX,
}
#: Every commit writes the table's metadata anew: the last ones are kept.
METADATA_FILES = (
    "'write.metadata.delete-after-commit.enabled' = 'true',"
    " 'write.metadata.previous-versions-max' = '20'"
)
#: From so many small files in a partition on, they are worth a rewrite.
MIN_INPUT_FILES = 5


def maintain(spark: SparkSession, settings: Settings, now: datetime | None = None) -> Summary:
    """Maintain every table; return what was rewritten, expired and removed, by table."""
    prepare(spark)
    ensure_tables(spark)
    now = now or datetime.now(UTC)
    for name, prefix in BRANCHES.items():
        Table(spark, name).drop_stale_branches(prefix)
    forget_payloads(spark, before=now - timedelta(days=settings.quarantine_days))
    done: Summary = {}

    def maintain_one(name: str) -> None:
        done[name] = maintain_table(
            spark, name, expire_before=now - timedelta(days=settings.snapshot_days), now=now
        )
        log.info("%s: %s", name, done[name])

    side_by_side(partial(maintain_one, table.name) for table in lake_tables())
    return done


@retry_on_commit_conflict
def forget_payloads(spark: SparkSession, before: datetime) -> None:
    """Empty the payload of messages that were quarantined before a moment; their rows stay."""
    spark.sql(
        f"UPDATE {QUARANTINE_EVENTS} SET payload = NULL"  # noqa: S608 - our own name
        f" WHERE payload IS NOT NULL AND quarantined_at < TIMESTAMP '{_sql(before)}'"
    ).collect()


@retry_on_commit_conflict
def maintain_table(
    spark: SparkSession, name: str, *, expire_before: datetime, now: datetime
) -> dict[str, int]:
    """Maintain one table; return the counts of files and snapshots that went."""
    if spark.table(f"{name}.snapshots").limit(1).count() == 0:
        return {}
    spark.sql(f"ALTER TABLE {name} SET TBLPROPERTIES ({METADATA_FILES})").collect()
    rewritten = _call(
        spark,
        f"rewrite_data_files(table => '{name}', options => map("
        f"'min-input-files', '{MIN_INPUT_FILES}'))",
    )
    _call(spark, f"rewrite_manifests('{name}')")
    expired = _call(
        spark,
        f"expire_snapshots(table => '{name}', older_than => TIMESTAMP '{_sql(expire_before)}',"
        " retain_last => 1, clean_expired_metadata => true)",
    )
    orphans = _call(
        spark,
        f"remove_orphan_files(table => '{name}',"
        f" older_than => TIMESTAMP '{_sql(now - ORPHANS_AFTER)}')",
    )
    return {
        "rewritten_data_files": sum(row["rewritten_data_files_count"] for row in rewritten),
        "deleted_data_files": sum(row["deleted_data_files_count"] for row in expired),
        "deleted_manifests": sum(row["deleted_manifest_files_count"] for row in expired),
        "expired_snapshots": sum(row["deleted_manifest_lists_count"] for row in expired),
        "orphan_files": len(orphans),
    }


def _call(spark: SparkSession, procedure: str) -> list[dict[str, int]]:
    return [row.asDict() for row in spark.sql(f"CALL {CATALOG}.system.{procedure}").collect()]


def _sql(moment: datetime) -> str:
    """As SQL reads it in a session whose time zone is UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
