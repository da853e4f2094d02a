"""How a task runs a job of spark_jobs/ in the Spark Connect session that Airflow gives it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any

from airflow.sdk.exceptions import AirflowException

from shopnow.database.spark_server_lock import in_use
from shopnow.settings import get_settings
from shopnow_airflow.spark_server import new_session

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class TaskTerminated(AirflowException):
    """The task was asked to end: cleared, marked by a person, or with its worker."""


def run_job(
    spark: SparkSession, job: Callable[..., dict[str, Any]], *arguments: Any
) -> dict[str, Any]:
    """Run `job(spark, *arguments)` and return its summary.

    If the task is ended, for whatever reason, what it has running on the server is interrupted.
    While the server is being restarted, the job waits, and then has a session of the new one.
    """
    with _raised_on_sigterm(), in_use(get_settings().shop_pg_dsn) as restarted:
        session = new_session() if restarted else spark
        try:
            return job(session, *arguments)
        except BaseException:
            session.interruptAll()
            raise


@contextmanager
def _raised_on_sigterm() -> Iterator[None]:
    """Airflow ends a task by SIGTERM, five seconds before SIGKILL; that becomes an exception."""

    def raise_it(_signal: int, _frame: FrameType | None) -> None:
        raise TaskTerminated("the task was terminated")

    before = signal.signal(signal.SIGTERM, raise_it)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
