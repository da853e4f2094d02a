"""The Spark Connect server of the stack, and sessions of it for people and tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ops.local_stack.configuration import pyspark_home
from ops.local_stack.layout import Layout
from shopnow.settings import Settings

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_SERVER = "org.apache.spark.sql.connect.service.SparkConnectServer"


def server_command(settings: Settings) -> list[str]:
    """The command line of the server, in the foreground; its token is in the file that it names."""
    return [
        str(pyspark_home() / "bin" / "spark-submit"),
        *("--properties-file", str(Layout(settings.home).conf / "spark" / "spark-connect.conf")),
        "--load-spark-defaults",
        *("--class", _SERVER),
        "spark-internal",
    ]


def remote(settings: Settings) -> str:
    """The address for `SparkSession.builder.remote`, token included: a secret."""
    return f"{settings.spark_connect_url}/;token={settings.spark_connect_token}"


@contextmanager
def spark_session(settings: Settings) -> Iterator["SparkSession"]:
    """A session of the stack's server, which forgets it at the end.

    Raises `PySparkException` if the server does not answer.
    """
    from pyspark.sql import SparkSession

    session = SparkSession.builder.remote(remote(settings)).create()
    try:
        yield session
    finally:
        session.stop()


def count_lake(settings: Settings) -> dict[str, Any]:
    """What `shopnow reconcile` compares, counted by the stack's Spark.

    Raises `PySparkException` if the server does not answer.
    """
    from spark_jobs.count_lake import count

    with spark_session(settings) as session:
        return count(session)
