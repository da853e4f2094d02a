"""Counts of the lake, as the Spark job `count_lake` prints them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from shopnow.kafka_offsets import Offsets, Partition

#: Runs a Spark job by name with its arguments, and keeps what it prints.
RunJob = Callable[..., subprocess.CompletedProcess[str]]

#: Orders and net sales by business day and currency.
Sales = dict[tuple[str, str], tuple[int, Decimal]]


class CountFailed(RuntimeError):
    """The Spark job did not count; the message has the end of its log."""


@dataclass(frozen=True)
class RawCount:
    """Rows of one partition in raw, and `consumed`: those below the offsets that were curated."""

    rows: int
    offsets: int
    first: int
    last: int
    consumed: int


@dataclass(frozen=True)
class LakeCounts:
    """Counts of the lake at one moment. `landed`, `curated` and `computed` are the progress of each
    layer.
    """

    landed: Offsets = field(default_factory=dict)
    curated: Offsets = field(default_factory=dict)
    computed: Offsets = field(default_factory=dict)
    raw: dict[Partition, RawCount] = field(default_factory=dict)
    #: rows, and those below `curated`, by partition
    curated_rows: dict[Partition, tuple[int, int]] = field(default_factory=dict)
    #: quarantined and duplicate rows below `curated`, by partition
    quarantined: dict[Partition, tuple[int, int]] = field(default_factory=dict)
    duplicate_events: int = 0
    marts: Sales = field(default_factory=dict)


def count_lake(run_job: RunJob, computed_snapshot: int | None) -> LakeCounts:
    """Count with the Spark job `count_lake`. Raises `CountFailed`.

    `computed_snapshot` is the curated snapshot that the indicators include, None for none.
    """
    arguments = () if computed_snapshot is None else ("--computed-snapshot", str(computed_snapshot))
    done = run_job("count_lake", *arguments)
    line = next(
        (line for line in done.stdout.splitlines() if line.startswith('{"job": "count_lake"')), None
    )
    if done.returncode != 0 or line is None:
        raise CountFailed(f"The lake could not be counted:\n{done.stdout[-2000:]}")
    return parse_counts(json.loads(line))


def parse_counts(counts: dict[str, Any]) -> LakeCounts:
    """The job's summary as it comes from JSON."""
    return LakeCounts(
        landed=_offsets(counts["landed"]),
        curated=_offsets(counts["curated"]),
        computed=_offsets(counts["computed"]),
        raw={
            _partition(row): RawCount(
                row["rows"], row["offsets"], row["first"], row["last"], row["consumed"]
            )
            for row in counts["raw_rows"]
        },
        curated_rows={
            _partition(row): (row["rows"], row["consumed"]) for row in counts["curated_rows"]
        },
        quarantined={
            _partition(row): (row["rows"], row["duplicates"]) for row in counts["quarantine_rows"]
        },
        duplicate_events=counts["duplicate_events"],
        marts={
            (row["day"], row["currency"]): (row["orders"], Decimal(row["net_sales"]))
            for row in counts["marts"]
        },
    )


def _partition(row: dict[str, Any]) -> Partition:
    return row["topic"], row["partition"]


def _offsets(by_topic: dict[str, dict[str, int]]) -> Offsets:
    return {
        (topic, int(partition)): end
        for topic, partitions in by_topic.items()
        for partition, end in partitions.items()
    }
