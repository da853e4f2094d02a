"""Ranges of offsets: contiguous, disjoint, and never over a gap."""

import pytest

from spark_jobs.lakehouse.kafka_ranges import (
    OffsetRange,
    OffsetsLostError,
    by_topic,
    format_offsets,
    merged,
    parse_offsets,
    ranges_to_land,
)


def test_a_topic_without_partitions_is_listed_too() -> None:
    offsets = by_topic({("t", 0): 5, ("t", 1): 0}, ["t", "u"])
    assert offsets == {"t": {0: 5, 1: 0}, "u": {}}


def test_the_first_landing_starts_at_the_earliest_offset() -> None:
    assert ranges_to_land({}, {"t": {0: 5, 1: 0}}, {"t": {0: 9, 1: 0}}) == [
        OffsetRange("t", 0, 5, 9)
    ]


def test_the_next_landing_starts_where_the_last_one_ended() -> None:
    landed = {"t": {0: 5, 1: 7}}
    ranges = ranges_to_land(landed, {"t": {0: 0, 1: 0}}, {"t": {0: 5, 1: 9}})
    assert ranges == [OffsetRange("t", 1, 7, 9)]
    assert merged(landed, ranges) == {"t": {0: 5, 1: 9}}


def test_new_partitions_and_topics_are_landed_from_their_beginning() -> None:
    ranges = ranges_to_land(
        {"t": {0: 5}}, {"t": {0: 0, 1: 2}, "u": {0: 0}}, {"t": {0: 5, 1: 4}, "u": {0: 1}}
    )
    assert ranges == [OffsetRange("t", 1, 2, 4), OffsetRange("u", 0, 0, 1)]
    assert merged({"t": {0: 5}}, ranges) == {"t": {0: 5, 1: 4}, "u": {0: 1}}


def test_offsets_deleted_before_they_were_landed_are_named() -> None:
    with pytest.raises(OffsetsLostError, match="t partition 0: offsets 5 to 7 were never landed"):
        ranges_to_land({"t": {0: 5}}, {"t": {0: 8}}, {"t": {0: 9}})


def test_a_topic_made_anew_is_an_error() -> None:
    with pytest.raises(OffsetsLostError, match="the topic was recreated"):
        ranges_to_land({"t": {0: 5}}, {"t": {0: 0}}, {"t": {0: 3}})
    with pytest.raises(OffsetsLostError, match="is gone"):
        ranges_to_land({"t": {0: 5}}, {"t": {}}, {"t": {}})


def test_offsets_survive_the_snapshot_property() -> None:
    offsets = {"t": {0: 5, 10: 7}, "u": {0: 0}}
    assert parse_offsets(format_offsets(offsets)) == offsets
    assert parse_offsets(None) == {}
