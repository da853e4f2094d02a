"""
### stock_alerts_service: keeps the stock-alert stream alive

The stream (`spark_jobs/stock_alerts.py`) is a service on YARN, outside the Airflow workers. One
run of this DAG covers one run of the stream: **ensure_running** finds it or submits it, **watch**
waits in the triggerer, without a worker, until YARN has ended it, its heartbeat (`ops.heartbeats`)
is old, it writes no checkpoint, or it is far behind. Then the run ends, red unless the stream was
stopped cleanly, and the next run starts it again.

Two streams never run at the same time: YARN is asked for the service's tag before a submission, and
the driver holds a lease in PostgreSQL. A stream that starts again goes on from its checkpoint;
alerts that it repeats have the ids that they had.

*To stop it for good:* pause this DAG, then `kill` the application (button *YARN application*).
With `SHOPNOW_SPARK_MASTER=local[2]` there is no YARN, and this DAG runs only when it is started.
"""

from __future__ import annotations

from airflow.sdk import DAG
from shopnow_airflow.defaults import DEFAULT_ARGS, START_DATE, Tag
from shopnow_airflow.operators.stream_service import EnsureServiceRunning, WatchService

from shopnow.leader_lease import STOCK_ALERTS_SERVICE
from shopnow.settings import get_settings
from shopnow.topics import STOCK, TOPICS

settings = get_settings()

JAVA_OPTIONS = "-XX:+UseSerialGC -XX:ReservedCodeCacheSize=128m"

with DAG(
    dag_id="stock_alerts_service",
    doc_md=__doc__,
    schedule="@continuous" if settings.spark_master == "yarn" else None,
    start_date=START_DATE,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    tags=[Tag.STREAMING, Tag.SPARK],
):
    ensure_running = EnsureServiceRunning(
        task_id="ensure_running",
        service=STOCK_ALERTS_SERVICE,
        job="stock_alerts",
        conf={
            "spark.yarn.queue": settings.spark_stream_queue,
            # In Real-Time Mode each partition of the input holds one slot all the time.
            "spark.executor.instances": "1",
            "spark.executor.cores": str(TOPICS[STOCK].partitions),
            # It runs for weeks: let Java compile it as well as it can, unlike the batch jobs.
            "spark.driver.extraJavaOptions": JAVA_OPTIONS,
            "spark.executor.extraJavaOptions": JAVA_OPTIONS,
            # YARN puts a new driver in the place of one that dies; old failures are forgiven.
            "spark.yarn.maxAppAttempts": "2",
            "spark.yarn.am.attemptFailuresValidityInterval": "10m",
        },
        doc_md="The stream's application id; submits it if YARN has none.",
    )
    watch = WatchService(
        task_id="watch",
        service=STOCK_ALERTS_SERVICE,
        application_id="{{ ti.xcom_pull(task_ids='ensure_running') }}",
        doc_md="Holds no worker. Ends when the stream has ended or must be restarted.",
    )

    ensure_running >> watch
