"""Counts of the lake, as the Spark job `count_lake` returns them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from shopnow.kafka_offsets import Offsets, Partition

#: Orders and net sales by business day and currency.
Sales = dict[tuple[str, str], tuple[int, Decimal]]


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
    """Counts of the lake at one moment. `landed` and `curated` are the progress of its layers."""

    landed: Offsets = field(default_factory=dict)
    curated: Offsets = field(default_factory=dict)
    raw: dict[Partition, RawCount] = field(default_factory=dict)
    #: rows, and those below `curated`, by partition
    curated_rows: dict[Partition, tuple[int, int]] = field(default_factory=dict)
    #: quarantined and duplicate rows below `curated`, by partition
    quarantined: dict[Partition, tuple[int, int]] = field(default_factory=dict)
    duplicate_events: int = 0
    marts: Sales = field(default_factory=dict)


def parse_counts(counts: dict[str, Any]) -> LakeCounts:
    """The job's summary."""
    return LakeCounts(
        landed=partition_offsets(counts["landed"]),
        curated=partition_offsets(counts["curated"]),
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


def partition_offsets(by_topic: Mapping[Any, Mapping[Any, int]]) -> Offsets:
    """`{topic: {partition: end}}` by partition; JSON has the numbers of partitions as text."""
    return {
        (topic, int(partition)): end
        for topic, partitions in by_topic.items()
        for partition, end in partitions.items()
    }
