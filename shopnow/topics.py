"""The Kafka topics, declared once; `shopnow up` creates them.

Topics are per aggregate and carry a version. Historical imports keep Kafka's own CreateTime, so
retention counts from the day on which an event was published, never from the day it speaks of.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from confluent_kafka.admin import AdminClient

DAY_MS = 24 * 60 * 60 * 1000

#: The largest message in bytes: the limit of every topic (`max.message.bytes`) and of every
#: producer of ours (`message.max.bytes`). After a change `shopnow down` and `shopnow up` apply it.
MAX_MESSAGE_BYTES = 1024 * 1024


def topic_name(aggregate: str) -> str:
    """The topic of the events of an aggregate, such as `orders`."""
    return f"shopnow.{aggregate}.v1"


ORDERS = topic_name("orders")
PAYMENTS = topic_name("payments")
STOCK = topic_name("stock")
CARTS = topic_name("carts")
BROWSING = topic_name("browsing")
STOCK_ALERTS = topic_name("stock-alerts")
DEAD_LETTER = topic_name("dead-letter")


@dataclass(frozen=True)
class Topic:
    """One topic: its name, how many partitions, and for how long Kafka keeps a message."""

    name: str
    partitions: int
    retention_ms: int = 30 * DAY_MS


TOPICS: dict[str, Topic] = {
    topic.name: topic
    for topic in (
        Topic(ORDERS, 4),
        Topic(PAYMENTS, 4),
        # The stock-alert stream holds one task slot for each partition of its input, for ever.
        Topic(STOCK, 2),
        Topic(CARTS, 4),
        Topic(BROWSING, 4),
        Topic(STOCK_ALERTS, 2),
        Topic(DEAD_LETTER, 1),
    )
}

#: Topics whose messages are landed in the lake, each message exactly once.
LANDED_TOPICS: tuple[str, ...] = (ORDERS, PAYMENTS, STOCK, CARTS, BROWSING)


def create_topics(bootstrap: str, *, replication: int = 1, timeout_s: float = 30.0) -> list[str]:
    """Create the topics that are missing, return their names; give all the same size limit.

    Idempotent and safe to call concurrently. Raises `confluent_kafka.KafkaException` when
    the brokers refuse or do not answer within `timeout_s` seconds.
    """
    from confluent_kafka import KafkaError, KafkaException
    from confluent_kafka.admin import AdminClient, NewTopic

    client = AdminClient({"bootstrap.servers": bootstrap, "log_level": 4})
    existing = set(client.list_topics(timeout=timeout_s).topics)
    missing = [topic for topic in TOPICS.values() if topic.name not in existing]
    _limit_messages(client, sorted(existing & TOPICS.keys()), timeout_s)
    if not missing:
        return []
    futures = client.create_topics(
        [
            NewTopic(
                topic.name,
                num_partitions=topic.partitions,
                replication_factor=replication,
                config={
                    "retention.ms": str(topic.retention_ms),
                    "min.insync.replicas": str(max(1, replication - 1)),
                    "message.timestamp.type": "CreateTime",
                    "max.message.bytes": str(MAX_MESSAGE_BYTES),
                },
            )
            for topic in missing
        ],
        request_timeout=timeout_s,
    )
    created = []
    for name, future in futures.items():
        try:
            future.result(timeout=timeout_s)
            created.append(name)
        except KafkaException as error:
            if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
                raise
    return created


def _limit_messages(client: "AdminClient", names: list[str], timeout_s: float) -> None:
    """Set the size limit of topics that were created with another one."""
    from confluent_kafka.admin import AlterConfigOpType, ConfigEntry, ConfigResource

    topics = [ConfigResource(ConfigResource.Type.TOPIC, name) for name in names]
    found = client.describe_configs(topics, request_timeout=timeout_s) if topics else {}
    limit = str(MAX_MESSAGE_BYTES)
    different = [
        ConfigResource(
            ConfigResource.Type.TOPIC,
            topic.name,
            incremental_configs=[
                ConfigEntry("max.message.bytes", limit, incremental_operation=AlterConfigOpType.SET)
            ],
        )
        for topic, future in found.items()
        if future.result(timeout=timeout_s)["max.message.bytes"].value != limit
    ]
    if different:
        for future in client.incremental_alter_configs(
            different, request_timeout=timeout_s
        ).values():
            future.result(timeout=timeout_s)
