"""The Spark Connect server, shared by jobs and restarted while there is none.

A restart waits for the jobs at work, and those that come meanwhile wait for it
(shopnow.database.spark_server_lock).
"""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from airflow.providers.apache.spark.hooks.spark_connect import SparkConnectHook
from airflow.sdk.exceptions import AirflowException, AirflowSkipException

from shopnow.database.spark_server_lock import alone
from shopnow.settings import Settings
from shopnow_airflow.hooks.yarn import ResourceManager

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: The connection of `@task.pyspark`. Another one, such as `local[2]`, runs the same jobs elsewhere.
CONN_ID = "spark_connect"

#: The tag of the server's application on YARN (docker/conf/spark/spark-connect.conf.j2).
SPARK_CONNECT_TAG = "spark-connect"

#: How long the server may take to come back, seconds.
BACK_WITHIN_S = 180.0


def new_session() -> SparkSession:
    """A session of the server that answers now."""
    from pyspark.sql import SparkSession

    return SparkSession.builder.remote(SparkConnectHook(CONN_ID).get_connection_url()).create()


def restart(settings: Settings) -> str:
    """Restart the server once no job is at work; return its new YARN application.

    The application is killed, the server ends with it, and its supervisor starts it again. Raises
    `AirflowSkipException` where it is not on YARN, `AirflowException` if it does not come back.
    """
    if settings.spark_master != "yarn":
        raise AirflowSkipException("the server is not on YARN: nothing restarts it")
    resource_manager = ResourceManager(settings.yarn_rm_url)

    def applications() -> set[str]:
        found = resource_manager.active_applications(SPARK_CONNECT_TAG)
        return {application.application_id for application in found}

    with alone(settings.shop_pg_dsn):
        before = applications()
        for application_id in before:
            resource_manager.kill(application_id)
        deadline = time.monotonic() + BACK_WITHIN_S
        while time.monotonic() < deadline:
            time.sleep(2)
            now = applications() - before
            # The port opens once the application runs.
            if now and _listens():
                return max(now)
    raise AirflowException(f"the Spark Connect server is not back after {BACK_WITHIN_S:.0f} s")


def _listens() -> bool:
    address = urlsplit(SparkConnectHook(CONN_ID).get_connection_url())
    try:
        socket.create_connection((str(address.hostname), address.port or 0), timeout=5).close()
    except OSError:
        return False
    return True
