"""Where the partitions of topics begin and end, as the brokers say now.

For jobs that keep their place themselves: nothing is ever committed to Kafka.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from confluent_kafka import Consumer, KafkaException, TopicPartition

#: A topic, and the number of one of its partitions.
Partition = tuple[str, int]
Offsets = dict[Partition, int]

TIMEOUT_S = 20.0


@dataclass(frozen=True)
class KafkaOffsets:
    """First and end offset of each partition; `end` is exclusive: the next to be written."""

    first: Offsets = field(default_factory=dict)
    end: Offsets = field(default_factory=dict)


@contextmanager
def reading_consumer(bootstrap: str) -> Iterator[Consumer]:
    """A consumer that leaves no trace: it commits nothing and creates no topic."""
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": "shopnow-reader",  # required by the client, though nothing is committed
            "enable.auto.commit": False,
            "allow.auto.create.topics": False,
        }
    )
    try:
        yield consumer
    finally:
        consumer.close()


def read_offsets(
    bootstrap: str, topics: Iterable[str], *, timeout_s: float = TIMEOUT_S
) -> KafkaOffsets:
    """Ask the brokers. A topic that does not exist has no partitions.

    Raises `KafkaException` when they do not answer within `timeout_s` seconds.
    """
    found = KafkaOffsets()
    try:
        with reading_consumer(bootstrap) as consumer:
            known = consumer.list_topics(timeout=timeout_s).topics
            for topic in topics:
                for partition in sorted(known[topic].partitions) if topic in known else ():
                    found.first[topic, partition], found.end[topic, partition] = (
                        consumer.get_watermark_offsets(
                            TopicPartition(topic, partition), timeout=timeout_s, cached=False
                        )
                    )
    except KafkaException as error:
        raise KafkaException(
            f"Kafka at {bootstrap} did not answer for its offsets: {error}"
        ) from error
    return found
