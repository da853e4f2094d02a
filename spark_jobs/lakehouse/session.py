"""What the batch jobs have in common: their session, their summary, how they fail.

A job is a function of a Spark session and returns a summary. The session comes from who calls it:
an Airflow task, the command line or a test, of Spark Connect or of this process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from shopnow.lake import CATALOG

#: Steps of one job that may run at the same moment.
MOST_AT_ONCE = 5

#: What a job did, as JSON can hold it.
Summary = dict[str, Any]


class JobError(RuntimeError):
    """The job cannot continue; the message gives the full reason."""


def prepare(spark: SparkSession) -> SparkSession:
    """Give a session what every job counts on, before it first names a table; return it."""
    # Dates and times must not depend on the machine; money must not become null unnoticed.
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    spark.conf.set("spark.sql.ansi.enabled", "true")
    # A cached table does not know a branch that this very job has just made.
    spark.conf.set(f"spark.sql.catalog.{CATALOG}.cache-enabled", "false")
    return spark


@contextmanager
def persisted(rows: DataFrame) -> Iterator[DataFrame]:
    """The rows, computed once and kept; the server forgets them at the end, also after a failure.

    It would otherwise keep them when the session is long gone.
    """
    kept = rows.persist()
    try:
        yield kept
    finally:
        kept.unpersist()


def side_by_side(steps: Iterable[Callable[[], None]]) -> None:
    """Run steps in threads of one session; the first failure is raised when all have ended."""
    with ThreadPoolExecutor(MOST_AT_ONCE) as pool:
        for done in [pool.submit(step) for step in steps]:
            done.result()
