"""Airflow: its environment, its connections, its database."""

import json
import subprocess
from importlib.metadata import version
from urllib.parse import urlparse

import psycopg

from ops.local_stack.configuration import process_environment
from ops.local_stack.errors import StackError
from ops.local_stack.layout import VENV_BIN, Layout
from shopnow.settings import Settings


def connections(settings: Settings) -> dict[str, dict[str, object]]:
    """The connections that DAGs name, by id, as Airflow's JSON form wants them."""
    on_yarn = settings.spark_master == "yarn"
    connect = urlparse(settings.spark_connect_url)
    return {
        "spark_default": {
            "conn_type": "spark",
            "host": settings.spark_master,
            "extra": {
                "deploy-mode": "cluster" if on_yarn else "client",
                "yarn_resourcemanager_webapp_address": settings.yarn_rm_url,
            },
        },
        "spark_connect": {
            "conn_type": "spark_connect",
            "host": connect.hostname,
            "port": connect.port,
            "password": settings.spark_connect_token,
        },
        "smtp_default": {
            "conn_type": "smtp",
            "host": settings.smtp_host,
            "port": settings.smtp_port,
            "extra": {
                "from_email": settings.sender_email,
                # The catcher on this machine speaks plain SMTP; a real relay needs neither line.
                "disable_ssl": True,
                "disable_tls": True,
                "timeout": 10,
                "retry_limit": 2,
            },
        },
        "shopnow_db": {
            "conn_type": "postgres",
            "host": settings.postgres_host,
            "port": settings.postgres_port,
            "login": "shopnow",
            "password": settings.shop_db_password,
            "schema": "shopnow",
        },
    }


def environment(settings: Settings) -> dict[str, str]:
    """What Airflow's processes need on top of the stack's environment."""
    layout = Layout(settings.home)
    variables = {
        "AIRFLOW_HOME": str(layout.airflow),
        "AIRFLOW_CONFIG": str(layout.conf / "airflow" / "airflow.cfg"),
    }
    for name, connection in connections(settings).items():
        variables[f"AIRFLOW_CONN_{name.upper()}"] = json.dumps(connection)
    return variables


def command(*arguments: str) -> list[str]:
    """An `airflow` command line."""
    return [str(VENV_BIN / "airflow"), *arguments]


def migrate(settings: Settings) -> None:
    """Bring the metadata database to this version of Airflow.

    Starting Airflow takes seconds, so the migrated version is recorded beside the database.
    """
    stamp = Layout(settings.home).airflow / "migrated-to"
    wanted = version("apache-airflow")
    if stamp.exists() and stamp.read_text() == wanted and _has_tables(settings):
        return
    result = subprocess.run(
        command("db", "migrate"),
        env=process_environment(settings) | environment(settings),
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        raise StackError(f"Airflow's database could not be migrated: {result.stderr[-1500:]}")
    stamp.write_text(wanted)


def _has_tables(settings: Settings) -> bool:
    dsn = settings.airflow_dsn.replace("postgresql+psycopg2://", "postgresql://", 1)
    with psycopg.connect(dsn) as connection:
        row = connection.execute("SELECT to_regclass('alembic_version') IS NOT NULL").fetchone()
    return bool(row and row[0])
