"""Spark job for tests: land_events, killed with everything it started at one exact point.

    spark-submit killed_landing.py {writing,written,published}

writing: as soon as a new data file is on HDFS; written: the rows are committed to the landing's
branch, `main` is not moved; published: `main` is moved, the branch is still there.
"""

import os
import signal
import sys
import threading

from spark_jobs import land_events
from spark_jobs.lakehouse.snapshots import Table


def die() -> None:
    """SIGKILL to the whole process group: driver, JVM and workers."""
    os.killpg(0, signal.SIGKILL)


def die_at_the_first_file(table: Table) -> None:
    jvm = table.spark._jvm
    folder = jvm.org.apache.hadoop.fs.Path(table._java.location() + "/data")
    files = folder.getFileSystem(table.spark._jsparkSession.sessionState().newHadoopConf())

    def paths() -> set[str]:
        found, listing = set(), None
        if files.exists(folder):
            listing = files.listFiles(folder, True)
            while listing.hasNext():
                found.add(listing.next().getPath().toString())
        return found

    before = paths()
    while paths() <= before:
        pass
    die()


point = sys.argv[1]
append, forward = Table.append_to_branch, Table.fast_forward


def killed_append(self: Table, *arguments: object) -> int:
    if point == "writing":
        threading.Thread(target=die_at_the_first_file, args=(self,), daemon=True).start()
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
sys.exit(land_events.main([]))
