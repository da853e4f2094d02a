"""What the batch jobs have in common: their session, their summary, how they fail.

A job is a function of a Spark session and returns a summary. The session comes from who calls it:
an Airflow task, the command line or a test, of Spark Connect or of this process.
"""

from __future__ import annotations

from typing import Any

from pyspark.sql import SparkSession

from shopnow.lake import CATALOG

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
