"""
### ingest_events: from Kafka to checked tables

Runs when messages come, at most every `SHOPNOW_INGEST_MIN_INTERVAL_S` seconds, and by its schedule
at the latest.

**look_for_news** compares the offsets of Kafka with those of the last publication; where they
are equal the other tasks are skipped, and no Spark runs. **land_events** copies what is new in
Kafka to `lake.raw.events`, byte for byte; the offsets are part of the same commit.
**curate_events** turns it into typed rows on an audit branch, and sends what breaks its contract to
`lake.quarantine.events`. **check_curated** lets Great Expectations judge the branch.
**publish_events** moves the main branch to it, and thereby starts `compute_kpis`. A run lands at
most `SHOPNOW_LANDING_MAX_RECORDS` messages; **go_on** starts the next run where more are waiting.

A check that fails stops the run before the last step: readers go on seeing what they saw. Every
step may be run again at any time.

*If it fails:* the reason is in the task's log. Clear the failed task to go on from there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sdk import DAG, AssetOrTimeSchedule, CronTriggerTimetable, chain, task
from shopnow_airflow.assets import CURATED, KAFKA_NEWS
from shopnow_airflow.defaults import DEFAULT_ARGS, JOB_TIMEOUT, Tag
from shopnow_airflow.spark_server import CONN_ID
from shopnow_airflow.spark_task import run_job

from shopnow.settings import get_settings

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

settings = get_settings()

with DAG(
    dag_id="ingest_events",
    doc_md=__doc__,
    schedule=(
        AssetOrTimeSchedule(
            timetable=CronTriggerTimetable(settings.ingest_schedule, timezone="UTC"),
            assets=[KAFKA_NEWS],
        )
        if settings.ingest_schedule
        else None
    ),
    catchup=False,
    max_active_runs=1,
    default_args={**DEFAULT_ARGS, "execution_timeout": JOB_TIMEOUT},
    tags=[Tag.INGESTION, Tag.SPARK],
):

    @task.short_circuit(doc_md="Whether Kafka has messages that are not published in the lake.")
    def look_for_news() -> bool:
        """Compare offsets; the lake's are those of the last publication."""
        from shopnow.kafka_news import unpublished_until

        return unpublished_until(settings) is not None

    @task.pyspark(
        conn_id=CONN_ID,
        doc_md="Kafka to `lake.raw.events`, from the last snapshot's offsets to the latest ones.",
    )
    def land_events(spark: SparkSession) -> dict[str, Any]:
        """One landing; returns its summary."""
        from spark_jobs.land_events import land

        return run_job(spark, land, settings)

    @task.pyspark(
        conn_id=CONN_ID,
        doc_md="New raw rows to typed rows and quarantine, on the run's audit branch.",
    )
    def curate_events(run_id: str, spark: SparkSession) -> dict[str, Any]:
        """Write the audit branch; returns the counts."""
        from spark_jobs.curate_events import curate

        return run_job(spark, curate, settings, run_id)

    @task.pyspark(
        conn_id=CONN_ID,
        doc_md="Great Expectations on the audit branch. Fails on a critical check that does not "
        "hold; the results are in the Data Docs.",
    )
    def check_curated(run_id: str, spark: SparkSession) -> dict[str, Any]:
        """Check the branch; returns how many checks held."""
        from spark_jobs.check_curated import check

        return run_job(spark, check, settings, run_id)

    @task.pyspark(
        conn_id=CONN_ID,
        outlets=[CURATED],
        doc_md="Moves the main branch of quarantine, then of the curated events, to the audit "
        "branch. Skipped, and nothing started, where there was nothing to publish.",
    )
    def publish_events(run_id: str, spark: SparkSession) -> dict[str, Any]:
        """Publish the branches; returns what was moved."""
        from airflow.sdk.exceptions import AirflowSkipException

        from shopnow.database.lake_progress import write_published_offsets
        from spark_jobs.publish_events import publish

        summary = run_job(spark, publish, run_id)
        write_published_offsets(settings.shop_pg_dsn, summary["kafka_end_offsets"])
        if not summary["published"]:
            raise AirflowSkipException("nothing to publish")
        return summary

    @task.short_circuit(doc_md="Whether the landing left messages for another run.")
    def more_to_land(landed: dict[str, Any]) -> bool:
        """A landing reads at most `SHOPNOW_LANDING_MAX_RECORDS` messages."""
        return int(landed["left"]) > 0

    # Airflow gives the tasks their session and the id of the run.
    landed = land_events()  # type: ignore[call-arg, misc]
    published = publish_events()  # type: ignore[call-arg, misc]
    chain(
        look_for_news(),
        landed,
        curate_events(),  # type: ignore[call-arg, misc]
        check_curated(),  # type: ignore[call-arg, misc]
        published,
        more_to_land(landed),  # type: ignore[arg-type]
        TriggerDagRunOperator(
            task_id="go_on",
            trigger_dag_id="ingest_events",
            doc_md="Starts the next run, which waits for the end of this one.",
        ),
    )
