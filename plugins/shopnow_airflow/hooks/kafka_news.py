"""Whether Kafka has messages that the lake has not published: no Spark is asked."""

from __future__ import annotations

from shopnow.database.lake_progress import published_offsets
from shopnow.kafka_offsets import Offsets, read_offsets
from shopnow.settings import Settings
from shopnow.topics import LANDED_TOPICS


def unpublished_until(settings: Settings) -> Offsets | None:
    """The end offsets of the landed topics; None if everything before them is published.

    Raises `KafkaException` or `psycopg.Error` if one of the two does not answer.
    """
    published = published_offsets(settings.shop_pg_dsn)
    kafka = read_offsets(settings.kafka_bootstrap, LANDED_TOPICS)
    return kafka.end if kafka.has_messages_after(published, LANDED_TOPICS) else None
