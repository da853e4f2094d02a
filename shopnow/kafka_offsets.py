"""Where the partitions of topics begin and end, as the brokers say now.

For jobs that keep their place themselves: nothing is ever committed to Kafka.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from confluent_kafka import Consumer, KafkaException, TopicCollection, TopicPartition
from confluent_kafka.admin import AdminClient

#: A topic, and the number of one of its partitions.
Partition = tuple[str, int]
Offsets = dict[Partition, int]

TIMEOUT_S = 20.0


@dataclass(frozen=True)
class KafkaOffsets:
    """First and end offset of each partition, and the id of each topic.

    `end` is exclusive: the next to be written, or the first of a transaction that is still open.
    """

    first: Offsets = field(default_factory=dict)
    end: Offsets = field(default_factory=dict)
    topic_ids: dict[str, str] = field(default_factory=dict)

    def has_messages_after(self, read: Offsets, topics: Iterable[str]) -> bool:
        """Whether one of the topics has messages at or after the offsets."""
        return any(
            end > read.get(partition, self.first[partition])
            for partition, end in self.end.items()
            if partition[0] in topics
        )


@contextmanager
def reading_consumer(bootstrap: str) -> Iterator[Consumer]:
    """A consumer that leaves no trace: it commits nothing and creates no topic."""
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": "shopnow-reader",  # required by the client, though nothing is committed
            "enable.auto.commit": False,
            "isolation.level": "read_committed",
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
            existing = [topic for topic in topics if topic in known]
            found.topic_ids.update(_topic_ids(bootstrap, existing, timeout_s))
            for topic in existing:
                for partition in sorted(known[topic].partitions):
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


def _topic_ids(bootstrap: str, topics: list[str], timeout_s: float) -> dict[str, str]:
    """The id of each topic that exists: another one if it was deleted and created again."""
    if not topics:
        return {}
    client = AdminClient({"bootstrap.servers": bootstrap, "log_level": 4})
    described = client.describe_topics(TopicCollection(topics), request_timeout=timeout_s)
    return {topic: str(future.result().topic_id) for topic, future in described.items()}
