"""
### maintain_lake: few files, few snapshots, the same rows

Every night: small files of each table of the lake are rewritten into large ones, snapshots older
than `SHOPNOW_SNAPSHOT_DAYS` expire, and files that no snapshot knows are removed. Runs beside
everything else: what meets a rewrite is tried again, and no job remembers a snapshot.

*If it fails:* clear the task. Nothing waits for it; reading only becomes slower with every run
that it misses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.sdk import DAG, CronTriggerTimetable, task
from shopnow_airflow.defaults import DEFAULT_ARGS, JOB_TIMEOUT, Tag
from shopnow_airflow.spark_task import CONN_ID, run_job

from shopnow.settings import get_settings

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

settings = get_settings()

with DAG(
    dag_id="maintain_lake",
    doc_md=__doc__,
    schedule=CronTriggerTimetable("30 3 * * *", timezone=settings.timezone),
    catchup=False,
    max_active_runs=1,
    default_args={**DEFAULT_ARGS, "execution_timeout": JOB_TIMEOUT},
    tags=[Tag.MAINTENANCE, Tag.SPARK],
):

    @task.pyspark(
        conn_id=CONN_ID,
        doc_md="Rewrites small files, expires snapshots, removes orphans, table by table.",
    )
    def maintain_tables(spark: SparkSession) -> dict[str, Any]:
        """Maintain every table; returns the counts."""
        from spark_jobs.maintain_tables import maintain

        return run_job(spark, maintain, settings)

    # Airflow gives the task its session.
    maintain_tables()  # type: ignore[call-arg, misc]
