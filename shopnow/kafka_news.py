"""Whether Kafka has messages that the lake has not published: no Spark is asked."""

from __future__ import annotations

import psycopg
from confluent_kafka import KafkaException

from shopnow.database.lake_progress import published_offsets
from shopnow.kafka_offsets import Offsets, read_offsets
from shopnow.settings import Settings
from shopnow.topics import LANDED_TOPICS


class NewsUnknown(RuntimeError):
    """Kafka or the database did not answer."""


def unpublished_until(settings: Settings) -> Offsets | None:
    """The end offsets of the landed topics; None if everything before them is published.

    Raises `NewsUnknown`.
    """
    try:
        published = published_offsets(settings.shop_pg_dsn)
        kafka = read_offsets(settings.kafka_bootstrap, LANDED_TOPICS)
    except (KafkaException, psycopg.Error) as error:
        raise NewsUnknown(str(error)) from error
    return kafka.end if kafka.has_messages_after(published, LANDED_TOPICS) else None
