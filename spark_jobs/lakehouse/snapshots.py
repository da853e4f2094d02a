"""Iceberg snapshots, branches and tags, by SQL and metadata tables.

Everything here that moves `main` is a compare-and-swap: a branch is fast-forwarded only while
`main` is still the snapshot from which the branch was made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from tenacity import retry, retry_if_exception, stop_after_attempt, wait_random_exponential

MAIN = "main"


def _is_commit_conflict(error: BaseException) -> bool:
    """Whether another writer committed to the table between Iceberg's read and its commit."""
    return isinstance(error, PySparkException | Py4JJavaError) and (
        "CommitFailedException" in str(error)
    )


# Iceberg repeats outrun commits of rows, never those of branches and tags. What is decorated
# may begin again.
retry_on_commit_conflict = retry(
    retry=retry_if_exception(_is_commit_conflict),
    stop=stop_after_attempt(10),
    wait=wait_random_exponential(multiplier=0.1, max=2),
    reraise=True,
)


class MainMovedError(RuntimeError):
    """Another writer committed to `main` since the branch was created; nothing was published."""


@dataclass(frozen=True)
class Snapshot:
    """One snapshot that has not expired: its parent, and its summary, with our properties in it."""

    parent_id: int | None
    summary: dict[str, str]


class Table:
    """An Iceberg table as it was when read; `refresh()` reads what others have committed since."""

    def __init__(self, spark: SparkSession, name: str) -> None:
        self.spark = spark
        self.name = name
        self.refresh()

    def refresh(self) -> None:
        """Read references and snapshots from the table's newest metadata, in one query."""
        references = self.spark.table(f"{self.name}.refs").selectExpr(
            "type",
            "name",
            "snapshot_id",
            "CAST(NULL AS bigint) AS parent_id",
            "CAST(NULL AS map<string, string>) AS summary",
        )
        snapshots = self.spark.table(f"{self.name}.snapshots").selectExpr(
            "'SNAPSHOT'", "NULL", "snapshot_id", "parent_id", "summary"
        )
        rows = references.union(snapshots).collect()
        self._refs = {
            (row["type"], row["name"]): int(row["snapshot_id"])
            for row in rows
            if row["type"] != "SNAPSHOT"
        }
        self._snapshots = {
            int(row["snapshot_id"]): Snapshot(row["parent_id"], dict(row["summary"]))
            for row in rows
            if row["type"] == "SNAPSHOT"
        }

    def branches(self, prefix: str = "") -> dict[str, int]:
        """Head snapshot id by branch name."""
        return self._named("BRANCH", prefix)

    def tags(self, prefix: str = "") -> dict[str, int]:
        """Snapshot id by tag name."""
        return self._named("TAG", prefix)

    def _named(self, kind: str, prefix: str) -> dict[str, int]:
        return {
            name: snapshot_id
            for (found, name), snapshot_id in self._refs.items()
            if found == kind and name.startswith(prefix)
        }

    def head(self, branch: str = MAIN) -> int | None:
        """Snapshot id at the head of a branch, None where the branch is not there."""
        return self._refs.get(("BRANCH", branch))

    def summary(self, snapshot_id: int) -> dict[str, str]:
        """Properties of a snapshot: Iceberg's own counts, and ours."""
        return self._snapshots[snapshot_id].summary

    def parent(self, snapshot_id: int) -> int | None:
        """Parent snapshot id."""
        return self._snapshots[snapshot_id].parent_id

    def ancestry(self, snapshot_id: int | None) -> Iterator[int]:
        """The snapshot and its ancestors, newest first, as far as they have not expired."""
        while snapshot_id is not None and snapshot_id in self._snapshots:
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

    def _alter(self, change: str) -> None:
        self.spark.sql(f"ALTER TABLE {self.name} {change}").collect()

    @retry_on_commit_conflict
    def create_branch(self, branch: str) -> int:
        """Create or replace a branch at the head of `main`; return that head.

        A table without a snapshot gets a first, empty one.
        """
        if self.head() is None:
            self.spark.table(self.name).limit(0).writeTo(self.name).append()
        self._alter(f"CREATE OR REPLACE BRANCH `{branch}`")
        self.refresh()
        return self._refs["BRANCH", branch]

    def drop_branch(self, branch: str) -> None:
        """Remove a branch if it is there."""
        self._drop("BRANCH", branch)

    def drop_tag(self, tag: str) -> None:
        """Remove a tag if it is there."""
        self._drop("TAG", tag)

    @retry_on_commit_conflict
    def _drop(self, kind: str, name: str) -> None:
        try:
            self._alter(f"DROP {kind} IF EXISTS `{name}`")
        except (Py4JJavaError, PySparkException) as error:
            # `IF EXISTS` looks before the commit: another writer may drop it in between.
            if "does not exist" not in str(error):
                raise
            self.refresh()
            if (kind, name) in self._refs:
                raise
        self._refs.pop((kind, name), None)

    @retry_on_commit_conflict
    def tag(self, tag: str, snapshot_id: int) -> None:
        """Name a snapshot, taking the name from another one if need be."""
        self._alter(f"CREATE OR REPLACE TAG `{tag}` AS OF VERSION {snapshot_id}")
        self._refs["TAG", tag] = snapshot_id

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
        catalog = self.name.partition(".")[0]
        try:
            # Iceberg refuses when main is no ancestor, and when main moves before the commit.
            moved = self.spark.sql(
                f"CALL {catalog}.system.fast_forward('{self.name}', '{MAIN}', '{branch}')"
            ).first()
        except (Py4JJavaError, PySparkException) as error:
            self.refresh()
            if self.head() in set(self.ancestry(self.head(branch))):
                raise
            raise MainMovedError(
                f"{self.name}: main moved since branch {branch} was made; run the job again"
            ) from error
        assert moved is not None  # noqa: S101 - the procedure answers with one row
        self._refs["BRANCH", MAIN] = int(moved["updated_ref"])
        return bool(moved["previous_ref"] != moved["updated_ref"])

    def drop_stale_branches(self, prefix: str) -> list[str]:
        """Drop the branches that could no longer be published when the table was read.

        Returns their names.
        """
        main = self.head()
        dead = [
            branch
            for branch, head in self.branches(prefix).items()
            if head != main and main not in set(self.ancestry(head))
        ]
        for branch in dead:
            self.drop_branch(branch)
        return dead


def rows_at(spark: SparkSession, name: str, version: int | str) -> DataFrame:
    """The rows of a table at a snapshot id, or at the head of a branch or tag.

    They have the table's present columns, also those that were added since.
    """
    present = spark.table(name)
    if version == MAIN:
        return present
    schema = present.schema
    rows = spark.read.option("versionAsOf", str(version)).table(name)
    return rows if rows.schema == schema else rows.to(schema)
