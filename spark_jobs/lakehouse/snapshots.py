"""Iceberg snapshots and branches through Iceberg's own Java API: no Spark job, no SQL.

Everything here that moves `main` is a compare-and-swap: a branch is fast-forwarded only while
`main` is still the snapshot from which the branch was made.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from tenacity import retry, retry_if_exception, stop_after_attempt, wait_random_exponential

MAIN = "main"


def _is_commit_conflict(error: BaseException) -> bool:
    """Whether another writer committed to the table between our read and our commit."""
    return (
        isinstance(error, Py4JJavaError)
        and error.java_exception.getClass().getSimpleName() == "CommitFailedException"
    )


# Iceberg repeats outrun commits of rows, never those of branches and tags. What is decorated
# begins with a look at the table, so it is safe to begin again.
retry_on_commit_conflict = retry(
    retry=retry_if_exception(_is_commit_conflict),
    stop=stop_after_attempt(10),
    wait=wait_random_exponential(multiplier=0.1, max=2),
    reraise=True,
)


class MainMovedError(RuntimeError):
    """Another writer committed to `main` since the branch was created; nothing was published."""


class Table:
    """A loaded Iceberg table; `refresh()` reads what other processes have committed since."""

    def __init__(self, spark: SparkSession, name: str) -> None:
        self.spark = spark
        self.name = name
        jvm: Any = spark._jvm
        session: Any = spark._jsparkSession
        self._java = jvm.org.apache.iceberg.spark.Spark3Util.loadIcebergTable(session, name)
        self.refresh()

    def refresh(self) -> None:
        """Read the table's newest metadata."""
        self._java.refresh()

    def branches(self, prefix: str = "") -> dict[str, int]:
        """Head snapshot id by branch name."""
        return self._refs("branch", prefix)

    def _refs(self, kind: str, prefix: str) -> dict[str, int]:
        found = {}
        for entry in self._java.refs().entrySet():
            name, ref = entry.getKey(), entry.getValue()
            if ref.isBranch() == (kind == "branch") and name.startswith(prefix):
                found[name] = int(ref.snapshotId())
        return found

    def head(self, branch: str = MAIN) -> int | None:
        """Snapshot id at the head of a branch, None where the branch is not there."""
        return self.branches().get(branch)

    def summary(self, snapshot_id: int) -> dict[str, str]:
        """Properties of a snapshot: Iceberg's own counts, and ours."""
        return dict(self._java.snapshot(snapshot_id).summary())

    def parent(self, snapshot_id: int) -> int | None:
        """Parent snapshot id."""
        parent = self._java.snapshot(snapshot_id).parentId()
        return None if parent is None else int(parent)

    def ancestry(self, snapshot_id: int | None) -> Iterator[int]:
        """The snapshot and its ancestors, newest first, as far as they have not expired."""
        while snapshot_id is not None and self._java.snapshot(snapshot_id) is not None:
            yield snapshot_id
            snapshot_id = self.parent(snapshot_id)

    def newest_property(self, key: str, branch: str = MAIN) -> str | None:
        """A snapshot property, from the newest snapshot of the branch that has it."""
        return self.property_at(self.head(branch), key)

    def property_at(self, snapshot_id: int | None, key: str) -> str | None:
        """A snapshot property as of a snapshot: its own, or its nearest ancestor's."""
        for ancestor in self.ancestry(snapshot_id):
            value = self.summary(ancestor).get(key)
            if value is not None:
                return value
        return None

    def snapshots_between(self, after: int | None, until: int | None) -> list[int]:
        """Snapshot ids in `(after, until]`, newest first; all of them when `after` is None.

        Raises `LookupError` if `after` is not an ancestor of `until`.
        """
        found: list[int] = []
        for snapshot_id in self.ancestry(until):
            if snapshot_id == after:
                return found
            found.append(snapshot_id)
        if after is None:
            return found
        raise LookupError(f"{self.name}: snapshot {after} is not in the history of {until}")

    def added_records(self, after: int | None, until: int | None) -> int:
        """Rows appended by the snapshots in `(after, until]`, from their summaries."""
        return sum(
            int(self.summary(snapshot_id).get("added-records", "0"))
            for snapshot_id in self.snapshots_between(after, until)
            if self._java.snapshot(snapshot_id).operation() == "append"
        )

    def added_partitions(self, snapshot_id: int) -> list[tuple[Any, ...]]:
        """Partition values of the data files that one snapshot added, without repetition."""
        snapshot = self._java.snapshot(snapshot_id)
        found = set()
        for file in snapshot.addedDataFiles(self._java.io()):
            partition = file.partition()
            found.add(tuple(partition.get(i) for i in range(partition.size())))
        return sorted(found)

    def ensure_first_snapshot(self) -> None:
        """Give an empty table an empty snapshot, so that `main` exists to branch from."""
        if self.head() is None:
            self._java.newFastAppend().commit()
            self.refresh()

    @retry_on_commit_conflict
    def create_branch(self, branch: str) -> int:
        """Create or replace a branch at the head of `main`; return that head."""
        self.refresh()
        base = self.head()
        if base is None:
            raise LookupError(f"{self.name} has no snapshot on main")
        manage = self._java.manageSnapshots()
        if branch in self.branches():
            manage = manage.removeBranch(branch)
        manage.createBranch(branch, base).commit()
        self.refresh()
        return base

    @retry_on_commit_conflict
    def drop_branch(self, branch: str) -> None:
        """Remove a branch if it is there."""
        self.refresh()
        if branch in self.branches():
            self._java.manageSnapshots().removeBranch(branch).commit()
            self.refresh()

    def tags(self, prefix: str = "") -> dict[str, int]:
        """Snapshot id by tag name."""
        return self._refs("tag", prefix)

    @retry_on_commit_conflict
    def tag(self, tag: str, snapshot_id: int) -> None:
        """Name a snapshot, taking the name from another one if need be."""
        self.refresh()
        manage = self._java.manageSnapshots()
        if tag in self.tags():
            manage = manage.removeTag(tag)
        manage.createTag(tag, snapshot_id).commit()
        self.refresh()

    @retry_on_commit_conflict
    def drop_tag(self, tag: str) -> None:
        """Remove a tag if it is there."""
        self.refresh()
        if tag in self.tags():
            self._java.manageSnapshots().removeTag(tag).commit()
            self.refresh()

    def append_to_branch(
        self, rows: DataFrame, branch: str, base: int, properties: dict[str, str]
    ) -> int:
        """Append rows to a branch made at `base`, in one commit; return the new snapshot id.

        Iceberg recreates a branch at the head of `main` if it was dropped during the write.
        The new snapshot would then stand on rows that its writer has never seen, hence the look
        at its parent: raises `MainMovedError` and drops the branch.
        """
        writer = rows.writeTo(f"{self.name}.branch_{branch}")
        for key, value in properties.items():
            writer = writer.option(f"snapshot-property.{key}", value)
        writer.append()
        self.refresh()
        head = self.head(branch)
        if head is None or self.parent(head) != base:
            self.drop_branch(branch)
            raise MainMovedError(f"{self.name}: branch {branch} was replaced during the write")
        return head

    @retry_on_commit_conflict
    def fast_forward(self, branch: str) -> bool:
        """Move `main` to the head of a branch; False if it was there already.

        Raises `MainMovedError` if `main` is not an ancestor of the branch: the branch cannot be
        published, and the run must be repeated.
        """
        self.refresh()
        if self.head() == self.head(branch):
            return False
        try:
            # Iceberg refuses when main is no ancestor, and when main moves before the commit.
            self._java.manageSnapshots().fastForwardBranch(MAIN, branch).commit()
        except (Py4JJavaError, PySparkException) as error:
            self.refresh()
            if self.head() in set(self.ancestry(self.head(branch))):
                raise
            raise MainMovedError(
                f"{self.name}: main moved since branch {branch} was made; run the job again"
            ) from error
        self.refresh()
        return True

    def drop_stale_branches(self, prefix: str) -> list[str]:
        """Drop the branches that can no longer be published; return their names."""
        self.refresh()
        main = self.head()
        dead = [
            branch
            for branch, head in self.branches(prefix).items()
            if head != main and main not in set(self.ancestry(head))
        ]
        for branch in dead:
            self.drop_branch(branch)
        return dead


def rows_between(spark: SparkSession, name: str, after: int | None, until: int) -> DataFrame:
    """The rows appended by the snapshots in `(after, until]`; all rows at `until` if None.

    Both have the table's present columns, also those that were added after `until`.
    """
    if after is None:
        schema = spark.table(name).schema
        rows = spark.read.option("versionAsOf", str(until)).table(name)
        return rows if rows.schema == schema else rows.to(schema)
    return (
        spark.read.format("iceberg")
        .option("start-snapshot-id", str(after))
        .option("end-snapshot-id", str(until))
        .load(name)
    )
