"""What runs, where, and with how much memory."""

from typing import Any

import psycopg
from psycopg.rows import dict_row

from ops.local_stack import orphans
from ops.local_stack.layout import Layout
from ops.local_stack.services import SERVICES
from ops.local_stack.supervisor import Supervisor
from shopnow.ports import SERVICE_PORTS
from shopnow.settings import SHOP_ADMIN, Settings
from shopnow.topics import topic_name


def links(settings: Settings) -> dict[str, tuple[str, str]]:
    """Addresses for a browser by name, each with how to log in."""
    return {
        "shop": (
            settings.shop_url,
            f"staff: {SHOP_ADMIN}, password {settings.shop_admin_password}",
        ),
        "airflow": (
            settings.airflow_url,
            f"user admin, password {settings.airflow_admin_password}",
        ),
        "hdfs": (settings.namenode_url, ""),
        "yarn": (settings.yarn_rm_url, ""),
        "inbox": (settings.inbox_url, ""),
        "data docs": (settings.data_docs_url, ""),
    }


_QUEUE = """
SELECT count(*) AS waiting,
       (SELECT extract(epoch FROM now() - created_at)::float FROM shop.outbox
         WHERE seq = (SELECT min(seq) FROM shop.outbox_pending)) AS oldest_waiting_s
  FROM shop.outbox_pending
"""
_REFUSED = """
SELECT seq, type, aggregateid AS key, aggregatetype AS aggregate, cause,
       count(*) OVER () AS refused
  FROM shop.outbox_refused JOIN shop.outbox USING (seq) ORDER BY seq LIMIT 1
"""


def outbox_status(settings: Settings) -> dict[str, Any] | None:
    """Events on their way to Kafka, and those that it refused; None without the shop's database.

    `{"waiting", "oldest_waiting_s", "refused", "oldest_refused": {"seq", "type", "key", "topic",
    "cause"}}`; the two oldest are null where there is none.
    """
    try:
        with psycopg.connect(
            settings.shop_pg_dsn, connect_timeout=3, row_factory=dict_row
        ) as connection:
            queue = connection.execute(_QUEUE).fetchone() or {}
            oldest = connection.execute(_REFUSED).fetchone()
    except psycopg.Error:
        return None
    refused = 0
    if oldest:
        refused = oldest.pop("refused")
        oldest["topic"] = topic_name(oldest.pop("aggregate"))
    return {**queue, "refused": refused, "oldest_refused": oldest}


def stack_status(settings: Settings) -> dict[str, Any]:
    """`{"services": [{"name", "state", "pid", "ports", "rss_mb"}], "outbox", "urls": {name: url}}`.

    `outbox` is what `outbox_status` returns.

    `pid` is null and `rss_mb` 0 for a service that does not run. `rss_mb` is memory in RAM in MiB
    with children, those of the NodeManager being the jobs on YARN; a page shared by processes is
    split between them, so that the sum is what the stack really holds.
    """
    records = Supervisor(Layout(settings.home)).all_info()
    services = []
    for name in SERVICES:
        record = records.get(name)
        pid = int(record["pid"]) if record and record["pid"] else None
        services.append(
            {
                "name": name,
                "state": record["statename"] if record else "STOPPED",
                "pid": pid,
                "ports": [settings.port(port) for port in SERVICE_PORTS.get(name, ())],
                "rss_mb": round(orphans.resident_mib(pid), 1) if pid else 0.0,
            }
        )
    return {
        "services": services,
        "outbox": outbox_status(settings),
        "urls": {name: url for name, (url, _) in links(settings).items()},
    }
