"""Which offsets a landing reads: from where the last one ended to what is there now."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from shopnow.kafka_offsets import Partition

#: Offset by partition by topic.
Offsets = dict[str, dict[int, int]]


class OffsetsLostError(RuntimeError):
    """Kafka no longer has messages that were never landed."""


@dataclass(frozen=True)
class OffsetRange:
    """The messages `[start, end)` of one partition."""

    topic: str
    partition: int
    start: int
    end: int


def by_topic(offsets: Mapping[Partition, int], topics: Iterable[str]) -> Offsets:
    """Offsets of partitions as `{topic: {partition: offset}}`; every topic is there."""
    found: Offsets = {topic: {} for topic in topics}
    for (topic, partition), offset in offsets.items():
        found[topic][partition] = offset
    return found


def parse_offsets(text: str | None) -> Offsets:
    """The snapshot property `{topic: {partition: end}}`; nothing landed yet when None."""
    parsed = json.loads(text) if text else {}
    return {
        topic: {int(partition): int(offset) for partition, offset in partitions.items()}
        for topic, partitions in parsed.items()
    }


def format_offsets(offsets: Mapping[str, Mapping[int, int]]) -> str:
    """Offsets as JSON, which has text keys only."""
    return json.dumps(
        {
            topic: {str(partition): offset for partition, offset in sorted(partitions.items())}
            for topic, partitions in sorted(offsets.items())
        }
    )


def ranges_to_land(landed: Offsets, earliest: Offsets, end: Offsets) -> list[OffsetRange]:
    """The ranges with something new, each from where the last landing ended.

    A partition that was never landed starts at its earliest offset. Raises `OffsetsLostError` if
    retention has deleted messages after the last landing, or if a topic was deleted or recreated.
    """
    ranges = []
    for topic, partitions in landed.items():
        for partition, start in partitions.items():
            if partition not in end.get(topic, {}):
                raise OffsetsLostError(
                    f"{topic} partition {partition} is gone, after {start} messages were landed"
                )
    for topic, partitions in end.items():
        for partition, stop in partitions.items():
            first = earliest[topic][partition]
            start = landed.get(topic, {}).get(partition, first)
            if start < first:
                raise OffsetsLostError(
                    f"{topic} partition {partition}: offsets {start} to {first - 1} were never "
                    f"landed and Kafka has deleted them (it now starts at {first})"
                )
            if start > stop:
                raise OffsetsLostError(
                    f"{topic} partition {partition}: landed up to offset {start}, but Kafka ends "
                    f"at {stop}: the topic was recreated"
                )
            if start < stop:
                ranges.append(OffsetRange(topic, partition, start, stop))
    return ranges


def limited(ranges: list[OffsetRange], most: int) -> list[OffsetRange]:
    """The beginnings of the ranges, `most` offsets together, in proportion to their lengths.

    Every range keeps at least one offset, so that each partition goes on.
    """
    waiting = sum(piece.end - piece.start for piece in ranges)
    if waiting <= most:
        return ranges
    return [
        replace(piece, end=piece.start + max(1, (piece.end - piece.start) * most // waiting))
        for piece in ranges
    ]


def require_same_topics(landed: Mapping[str, str], found: Mapping[str, str]) -> None:
    """Compare Kafka's topic ids with those of the last landing.

    Raises `OffsetsLostError` for a topic that was deleted and created again: its offsets began
    anew, and say nothing about what was landed of the old one.
    """
    for topic, topic_id in landed.items():
        if topic in found and found[topic] != topic_id:
            raise OffsetsLostError(
                f"{topic}: the topic was deleted and created again (its id was {topic_id}, now it "
                f"is {found[topic]})"
            )


def merged(landed: Offsets, ranges: Iterable[OffsetRange]) -> Offsets:
    """Where every partition ends once the ranges are landed."""
    after = {topic: dict(partitions) for topic, partitions in landed.items()}
    for piece in ranges:
        after.setdefault(piece.topic, {})[piece.partition] = piece.end
    return after
