"""A landing whose process is killed with everything it started, at one exact point.

    python tests/support/killed_landing.py {writing,written,published}

writing: as soon as a new data file is on HDFS; written: the rows are committed to the landing's
branch, `main` is not moved; published: `main` is moved, the branch is still there.
"""

import os
import signal
import sys
import threading
from urllib.parse import urlparse

from hdfs import InsecureClient

from ops.local_stack.layout import HADOOP_USER
from ops.local_stack.spark import spark_session
from shopnow.settings import get_settings
from spark_jobs.lakehouse.snapshots import Table
from spark_jobs.land_events import land

settings = get_settings()


def die() -> None:
    """SIGKILL to the whole process group."""
    os.killpg(0, signal.SIGKILL)


def die_at_the_first_file() -> None:
    hdfs = InsecureClient(settings.namenode_url, user=HADOOP_USER)
    folder = f"{urlparse(settings.warehouse).path}/raw/events/data"

    def paths() -> set[str]:
        if hdfs.status(folder, strict=False) is None:
            return set()
        return {f"{at}/{name}" for at, _, names in hdfs.walk(folder) for name in names}

    before = paths()
    while paths() <= before:
        pass
    die()


point = sys.argv[1]
append, forward = Table.append_to_branch, Table.fast_forward


def killed_append(self: Table, *arguments: object) -> int:
    if point == "writing":
        threading.Thread(target=die_at_the_first_file, daemon=True).start()
    snapshot_id = append(self, *arguments)
    if point in ("writing", "written"):
        die()
    return snapshot_id


def killed_forward(self: Table, branch: str) -> bool:
    moved = forward(self, branch)
    die()
    return moved


Table.append_to_branch = killed_append
Table.fast_forward = killed_forward
with spark_session(settings) as spark:
    land(spark, settings)
