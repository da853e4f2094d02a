"""
### maintain_lake: what would grow for ever is bounded, every night

**maintain_tables** rewrites small files of each table of the lake into large ones, lets snapshots
older than `SHOPNOW_SNAPSHOT_DAYS` expire, removes files that no snapshot knows and branches that
can no longer be published, and forgets the text of old messages in quarantine. It runs beside
everything else: what meets a rewrite is tried again, and no job remembers a snapshot.
**restart_spark** then starts the Spark Connect server anew, which would keep memory and
connections of every session: it waits until no job is at work, and jobs wait for it.
**forget_outbox**, **forget_runs** and **forget_logs** delete what is older than
`SHOPNOW_OUTBOX_DAYS` and `SHOPNOW_AIRFLOW_DAYS`: events of the outbox that Kafka has, runs of
Airflow, their logs.

*If it fails:* clear the task. Nothing waits for it; reading only becomes slower with every run
that it misses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, CronTriggerTimetable, task
from shopnow_airflow.defaults import DEFAULT_ARGS, JOB_TIMEOUT, Tag
from shopnow_airflow.spark_server import CONN_ID
from shopnow_airflow.spark_task import run_job

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

    @task(doc_md="Ends the server's YARN application while no job runs; waits for the new one.")
    def restart_spark() -> str:
        """Restart the Spark Connect server; returns its new application."""
        from shopnow_airflow.spark_server import restart

        return restart(settings)

    @task(doc_md="Deletes log files older than `SHOPNOW_AIRFLOW_DAYS`, later their empty folders.")
    def forget_logs() -> int:
        """Delete old logs of tasks; returns how many."""
        from shopnow_airflow.old_logs import delete_old_logs

        return delete_old_logs(settings.airflow_days)

    SQLExecuteQueryOperator(
        task_id="forget_outbox",
        conn_id="shopnow_db",
        sql="SELECT shop.forget_outbox(make_interval(days => %(days)s))",
        parameters={"days": settings.outbox_days},
        doc_md="Deletes events that Kafka has had for `SHOPNOW_OUTBOX_DAYS`.",
    )
    BashOperator(
        task_id="forget_runs",
        # A task is kept away from Airflow's database, except by Airflow's own command.
        bash_command="env --unset=AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"
        " --unset=AIRFLOW__CORE__SQL_ALCHEMY_CONN airflow db clean --yes"
        " --skip-archive --clean-before-timestamp "
        f'"{{{{ macros.datetime.now() - macros.timedelta(days={settings.airflow_days}) }}}}"',
        append_env=True,
        doc_md="`airflow db clean` of what is older than `SHOPNOW_AIRFLOW_DAYS`.",
    )
    forget_logs()
    # Airflow gives the task its session.
    maintain_tables() >> restart_spark()  # type: ignore[call-arg, misc]
