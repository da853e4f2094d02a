"""
### ingest_events: from Kafka to checked tables

**land_events** copies what is new in Kafka to `lake.raw.events`, byte for byte; the offsets are
part of the same commit. **curate_events** turns it into typed rows on an audit branch, and sends
what breaks its contract to `lake.quarantine.events`. **check_curated** lets Great Expectations
judge the branch. **publish_events** moves the main branch to it, and thereby starts `compute_kpis`.

A check that fails stops the run before the last step: readers go on seeing what they saw. Every
step may be run again at any time. Nothing new in Kafka is no error.

*If it fails:* the end of the driver's log is in the task's log, and the button *YARN application*
leads to the rest. Clear the failed task to go on from there.
"""

from __future__ import annotations

from airflow.sdk import DAG
from shopnow_airflow.assets import CURATED
from shopnow_airflow.defaults import DEFAULT_ARGS, JOB_TIMEOUT, Tag
from shopnow_airflow.operators.spark_job import SparkJobOperator

from shopnow.settings import get_settings

settings = get_settings()

with DAG(
    dag_id="ingest_events",
    doc_md=__doc__,
    schedule=settings.ingest_schedule or None,
    catchup=False,
    max_active_runs=1,
    default_args={**DEFAULT_ARGS, "execution_timeout": JOB_TIMEOUT},
    tags=[Tag.INGESTION, Tag.SPARK],
):
    RUN_ID = ["--run-id", "{{ run_id }}"]

    land_events = SparkJobOperator(
        task_id="land_events",
        job="land_events",
        doc_md="Kafka to `lake.raw.events`, from the last snapshot's offsets to the latest ones.",
    )
    curate_events = SparkJobOperator(
        task_id="curate_events",
        job="curate_events",
        arguments=RUN_ID,
        doc_md="New raw rows to typed rows and quarantine, on the run's audit branch.",
    )
    check_curated = SparkJobOperator(
        task_id="check_curated",
        job="check_curated",
        arguments=RUN_ID,
        doc_md="Great Expectations on the audit branch. Fails on a critical check that does not "
        "hold; the results are in the Data Docs.",
    )
    publish_events = SparkJobOperator(
        task_id="publish_events",
        job="publish_events",
        arguments=RUN_ID,
        outlets=[CURATED],
        doc_md="Moves the main branch of quarantine, then of the curated events, to the audit "
        "branch.",
    )

    land_events >> curate_events >> check_curated >> publish_events
