"""The Spark session of the batch jobs, and the JSON summary that each prints."""

from __future__ import annotations

import argparse
import json
import logging
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from pyspark.sql import SparkSession

from shopnow.lake import CATALOG

log = logging.getLogger("shopnow")

Summary = dict[str, Any]


class JobError(RuntimeError):
    """The job cannot continue; the message gives the full reason, without a stack trace."""


@contextmanager
def job_session(name: str) -> Iterator[SparkSession]:
    """The session of a job. Catalog, master and memory come from spark-defaults.conf."""
    spark = (
        SparkSession.builder.appName(name)
        # Dates and times must not depend on the machine; money must not become null unnoticed.
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.ansi.enabled", "true")
        # A cached table does not know a branch that this very job has just made.
        .config(f"spark.sql.catalog.{CATALOG}.cache-enabled", "false")
        .getOrCreate()
    )
    try:
        yield spark
    finally:
        spark.stop()


def run_job(name: str, job: Callable[[SparkSession], Summary]) -> int:
    """Run a job and print its summary as one line of JSON; return the exit code.

    A `JobError` is printed as its message; other errors show a stack trace.
    """
    logging.basicConfig(
        level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(name)s %(message)s"
    )
    # py4j tells each call at this level.
    logging.getLogger("py4j").setLevel(logging.WARNING)
    started = time.monotonic()
    with job_session(name) as spark:
        ready = time.monotonic()
        try:
            summary = job(spark)
        except JobError as error:
            log.error("%s failed: %s", name, error)
            return 1
        done = time.monotonic()
    times = {"seconds": round(done - ready, 2), "session_seconds": round(ready - started, 2)}
    print(json.dumps({"job": name, **summary, **times}), flush=True)
    return 0


def read_run_id(doc: str | None, argv: Sequence[str] | None) -> str:
    """The argument of the jobs that work on the audit branch of a run; `doc` is the job's own."""
    parser = argparse.ArgumentParser(description=(doc or "").partition("\n")[0])
    parser.add_argument("--run-id", required=True, help="names the audit branch")
    run_id: str = parser.parse_args(argv).run_id
    return run_id
