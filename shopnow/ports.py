"""The port of every service before `SHOPNOW_PORT_OFFSET` is added.

Standard library only, and readable by older Pythons: the setup checks that the ports are free
before anything is installed.
"""

from __future__ import annotations

BASE_PORTS: dict[str, int] = {
    "postgres": 15432,
    "kafka": 19092,
    "kafka_controller": 19093,
    "namenode": 18020,
    "namenode_http": 19870,
    "datanode": 19866,
    "datanode_http": 19864,
    "datanode_ipc": 19867,
    "resourcemanager": 18032,
    "resourcemanager_scheduler": 18030,
    "resourcemanager_tracker": 18031,
    "resourcemanager_admin": 18033,
    "resourcemanager_http": 18088,
    "nodemanager": 18041,
    "nodemanager_localizer": 18040,
    "nodemanager_http": 18042,
    "spark_connect": 15002,
    "spark_ui": 14048,
    "airflow": 18080,
    "shop": 18000,
    "gateway": 18010,
    "smtp": 11025,
    "inbox": 11090,
    "data_docs": 11091,
}

#: Which service of the embedded stack listens on which of the ports above.
SERVICE_PORTS: dict[str, tuple[str, ...]] = {
    "postgres": ("postgres",),
    "kafka": ("kafka", "kafka_controller"),
    "namenode": ("namenode", "namenode_http"),
    "datanode": ("datanode", "datanode_http", "datanode_ipc"),
    "resourcemanager": (
        "resourcemanager",
        "resourcemanager_scheduler",
        "resourcemanager_tracker",
        "resourcemanager_admin",
        "resourcemanager_http",
    ),
    "nodemanager": ("nodemanager", "nodemanager_localizer", "nodemanager_http"),
    "spark-connect": ("spark_connect", "spark_ui"),
    "shop": ("shop",),
    "payment-gateway": ("gateway",),
    "mail": ("smtp", "inbox"),
    "data-docs": ("data_docs",),
    "airflow-api-server": ("airflow",),
}
