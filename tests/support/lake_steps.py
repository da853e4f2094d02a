"""Runs steps of the lake in one session of the stack's Spark; the summaries go to a file.

    python tests/support/lake_steps.py --out FILE land curate:R check:R publish:R update compute

A step that fails as a job does ends it there, with its message as `error`.
"""

import argparse
import json
from pathlib import Path

from ops.local_stack.spark import spark_session
from shopnow.lake import CURATED_EVENTS, QUARANTINE_EVENTS, RAW_EVENTS
from shopnow.settings import get_settings
from spark_jobs.check_curated import check
from spark_jobs.compute_marts import compute
from spark_jobs.count_lake import count
from spark_jobs.curate_events import curate
from spark_jobs.lakehouse.session import JobError
from spark_jobs.lakehouse.snapshots import Table
from spark_jobs.lakehouse.tables import ensure_tables
from spark_jobs.land_events import land
from spark_jobs.publish_events import publish
from spark_jobs.update_entities import update

parser = argparse.ArgumentParser()
parser.add_argument("--out", type=Path, required=True)
parser.add_argument("steps", nargs="+")
arguments = parser.parse_args()
settings = get_settings()

done = []
with spark_session(settings) as spark:
    # A run that lands only leaves the later tables for others to create.
    ensure_tables(spark, RAW_EVENTS, CURATED_EVENTS, QUARANTINE_EVENTS)
    for step in arguments.steps:
        name, _, run = step.partition(":")
        jobs = {
            "land": lambda: land(spark, settings),
            "curate": lambda run=run: curate(spark, settings, run),
            "check": lambda run=run: check(spark, settings, run),
            "publish": lambda run=run: publish(spark, run),
            "update": lambda: update(spark, settings),
            "compute": lambda: compute(spark, settings),
            "count": lambda: count(spark),
        }
        try:
            done.append(jobs[name]())
        except JobError as error:
            done.append({"error": str(error)})
            break
    heads = {
        name: Table(spark, name).branches()
        for name in (RAW_EVENTS, CURATED_EVENTS, QUARANTINE_EVENTS)
    }
arguments.out.write_text(json.dumps({"steps": done, "branches": heads}))
