"""Up to which Kafka offsets the lake has published: what asks whether there is news needs no Spark.

A hint, not the truth: that is in the lake's own snapshots. Where it lags behind, a run finds
nothing new.
"""

from __future__ import annotations

from collections.abc import Mapping

import psycopg
from psycopg.types.json import Jsonb

from shopnow.kafka_offsets import Offsets

PUBLISHED = "curated"


def published_offsets(dsn: str) -> Offsets:
    """End offset by partition; empty before the first publication.

    Raises `psycopg.Error` if the database does not answer.
    """
    with psycopg.connect(dsn, connect_timeout=10) as connection:
        row = connection.execute(
            "SELECT kafka_end_offsets FROM ops.lake_progress WHERE name = %s", (PUBLISHED,)
        ).fetchone()
    by_topic = row[0] if row else {}
    return {
        (topic, int(partition)): end
        for topic, partitions in by_topic.items()
        for partition, end in partitions.items()
    }


def write_published_offsets(dsn: str, offsets: Mapping[str, Mapping[int, int]]) -> None:
    """Replace the offsets, given as `{topic: {partition: end}}`; safe to repeat."""
    with psycopg.connect(dsn, connect_timeout=10) as connection:
        connection.execute(
            "INSERT INTO ops.lake_progress (name, kafka_end_offsets) VALUES (%s, %s)"
            " ON CONFLICT (name) DO UPDATE SET"
            " kafka_end_offsets = excluded.kafka_end_offsets, updated_at = now()",
            (PUBLISHED, Jsonb(offsets)),
        )
