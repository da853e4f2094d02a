"""Readiness probes of the services.

A probe returns when the service is ready and raises otherwise; what it raises is shown to the
person who waits.
"""

import smtplib
import socket
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psycopg

from ops.local_stack.local_http import client
from shopnow.settings import Settings

if TYPE_CHECKING:
    from confluent_kafka.admin import AdminClient

TIMEOUT_S = 3.0


class NotReady(RuntimeError):
    """The service answers and says that it is not ready yet."""


@lru_cache(maxsize=1)
def _kafka_admin(bootstrap: str) -> "AdminClient":
    from confluent_kafka.admin import AdminClient

    # log_level 0: refused connections while it starts are no news.
    return AdminClient({"bootstrap.servers": bootstrap, "log_level": 0})


def postgres(settings: Settings) -> None:
    """A query is answered."""
    with psycopg.connect(settings.admin_pg_dsn, connect_timeout=3) as connection:
        connection.execute("SELECT 1")


def kafka(settings: Settings) -> None:
    """The broker answers a metadata request and has registered itself."""
    if not _kafka_admin(settings.kafka_bootstrap).list_topics(timeout=TIMEOUT_S).brokers:
        raise NotReady("no broker has registered")


def _namenode_state(settings: Settings) -> dict[str, object]:
    answer = client().get(
        f"{settings.namenode_url}/jmx",
        params={"qry": "Hadoop:service=NameNode,name=FSNamesystemState"},
    )
    beans = answer.raise_for_status().json()["beans"]
    if not beans:
        raise NotReady("the file system is not loaded")
    return dict(beans[0])


def namenode(settings: Settings) -> None:
    """The file system is loaded and clients can connect."""
    _namenode_state(settings)
    socket.create_connection((settings.host, settings.port("namenode")), TIMEOUT_S).close()


def datanode(settings: Settings) -> None:
    """A DataNode is live and safe mode is over: files can be read and written."""
    state = _namenode_state(settings)
    if not state["NumLiveDataNodes"]:
        raise NotReady("no live DataNode")
    if state["FSState"] != "Operational":
        raise NotReady(f"HDFS is in state {state['FSState']}")


def resourcemanager(settings: Settings) -> None:
    """The ResourceManager has started its services."""
    answer = client().get(f"{settings.yarn_rm_url}/ws/v1/cluster/info")
    state = answer.raise_for_status().json()["clusterInfo"]["state"]
    if state != "STARTED":
        raise NotReady(f"the ResourceManager is {state}")


def nodemanager(settings: Settings) -> None:
    """A node can take containers."""
    answer = client().get(
        f"{settings.yarn_rm_url}/ws/v1/cluster/nodes",
        params={"states": "RUNNING"},
    )
    if not answer.raise_for_status().json()["nodes"]:
        raise NotReady("no node runs")


def spark_connect(settings: Settings) -> None:
    """The server lets a session in, and its executors answer."""
    from ops.local_stack.spark import spark_session

    # PySpark's client would wait for minutes between its tries.
    address = urlsplit(settings.spark_connect_url)
    socket.create_connection((address.hostname, address.port), TIMEOUT_S).close()
    with spark_session(settings) as session:
        session.range(1).count()


def http_ok(url: str) -> None:
    """The address answers with a success."""
    client().get(url).raise_for_status()


def mail(settings: Settings) -> None:
    """The server greets over SMTP and shows its inbox."""
    address = (settings.smtp_host, settings.smtp_port)
    with smtplib.SMTP(*address, local_hostname="localhost", timeout=TIMEOUT_S) as smtp:
        smtp.noop()
    http_ok(f"{settings.inbox_url}/api/healthz")


def airflow_api(settings: Settings) -> None:
    """The API server answers and reaches its database."""
    answer = client().get(f"{settings.airflow_url}/api/v2/monitor/health")
    state = answer.raise_for_status().json()["metadatabase"]["status"]
    if state != "healthy":
        raise NotReady(f"Airflow's database is {state}")


def airflow_component(settings: Settings, component: str, started_at: datetime) -> None:
    """A component of Airflow is healthy by a heartbeat from after it was started.

    The heartbeat of a life that has just been killed still looks healthy, hence `started_at`.
    """
    answer = client().get(f"{settings.airflow_url}/api/v2/monitor/health")
    health = answer.raise_for_status().json()[component]
    heartbeat = health.get(f"latest_{component}_heartbeat")
    if health["status"] != "healthy" or heartbeat is None:
        raise NotReady(f"Airflow's {component} has not reported yet")
    if datetime.fromisoformat(heartbeat).astimezone(UTC) < started_at:
        raise NotReady(f"the last report of Airflow's {component} is from before it was started")
