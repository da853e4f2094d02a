"""
### compute_kpis: indicators of the days that changed

Starts whenever `ingest_events` has published. **update_entities** merges the new events into
`lake.entities`: orders, refunds, stock, customers, carts, sessions. **compute_marts** recomputes
each business day on which one of them has changed, and no other, replaces it in `lake.marts` and
then in schema `kpi` of PostgreSQL, where shop, dashboard and report read it. The position is
stored with the rows: a run that dies leaves the old figures, and the next one takes up the same
days.

What each indicator means is written once, in `shopnow/kpis`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.sdk import DAG, task
from shopnow_airflow.assets import CURATED, MARTS
from shopnow_airflow.defaults import DEFAULT_ARGS, JOB_TIMEOUT, Tag
from shopnow_airflow.spark_server import CONN_ID
from shopnow_airflow.spark_task import run_job

from shopnow.settings import get_settings

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

with DAG(
    dag_id="compute_kpis",
    doc_md=__doc__,
    schedule=[CURATED],
    catchup=False,
    max_active_runs=1,
    default_args={**DEFAULT_ARGS, "execution_timeout": JOB_TIMEOUT},
    tags=[Tag.MARTS, Tag.SPARK],
):

    @task.pyspark(
        conn_id=CONN_ID,
        doc_md="What the new events tell, merged into `lake.entities`.",
    )
    def update_entities(spark: SparkSession) -> dict[str, Any]:
        """Update the tables; returns which have changed."""
        from spark_jobs.update_entities import update

        return run_job(spark, update, get_settings())

    @task.pyspark(
        conn_id=CONN_ID,
        outlets=[MARTS],
        doc_md="Daily sales, sales by product and stock-outs of the days that changed.",
    )
    def compute_marts(spark: SparkSession) -> dict[str, Any]:
        """Compute and load the days; returns how many."""
        from spark_jobs.compute_marts import compute

        return run_job(spark, compute, get_settings())

    # Airflow gives the tasks their session.
    update_entities() >> compute_marts()  # type: ignore[call-arg, misc]
