"""Which orders and refunds the newest messages on Kafka speak of."""

from __future__ import annotations

from collections.abc import Iterator

from confluent_kafka import KafkaError, KafkaException, Message, TopicPartition

from shopnow.kafka_offsets import TIMEOUT_S, KafkaOffsets, Offsets, Partition, reading_consumer
from shopnow.topics import ORDERS, PAYMENTS

#: Events without which an order or a refund is not in the marts; their key is its id.
SALES_EVENTS = frozenset({"order_placed", "order_paid", "order_refunded"})


def settled_and_pending(
    bootstrap: str, offsets: KafkaOffsets, computed: Offsets
) -> tuple[set[str], set[str]]:
    """Event ids of sales that the marts have seen, and keys of those that they have not.

    An event may be in Kafka twice, when the relay was killed before it could note a delivery.
    What counts is its first message, hence the look at the whole log: only if one of the two
    topics has messages beyond `computed`.
    """
    ranges = {
        partition: (offsets.first[partition], end)
        for partition, end in offsets.end.items()
        if partition[0] in (ORDERS, PAYMENTS)
    }
    settled: set[str] = set()
    pending: dict[str, str] = {}
    for message in read_messages(bootstrap, ranges):
        headers = dict(message.headers() or ())
        if headers.get("event_type", b"").decode() not in SALES_EVENTS:
            continue
        event_id = headers.get("event_id", b"").decode()
        partition = message.topic(), message.partition()
        if message.offset() < computed.get(partition, 0):
            settled.add(event_id)
        elif event_id not in settled:
            pending[event_id] = (message.key() or b"").decode()
    return settled, set(pending.values())


def read_messages(bootstrap: str, ranges: dict[Partition, tuple[int, int]]) -> Iterator[Message]:
    """Every message of the ranges [first, end) of offsets, each partition in order.

    Raises `KafkaException`, also when nothing comes for 20 s.
    """
    missing = {partition: end for partition, (low, end) in ranges.items() if end > low}
    with reading_consumer(bootstrap) as consumer:
        consumer.assign([TopicPartition(*partition, ranges[partition][0]) for partition in missing])
        while missing:
            messages = consumer.consume(5_000, timeout=TIMEOUT_S)
            if not messages:
                raise KafkaException(KafkaError(KafkaError._TIMED_OUT))
            for message in messages:
                if message.error():
                    raise KafkaException(message.error())
                partition = message.topic(), message.partition()
                if message.offset() < ranges[partition][1]:
                    yield message
                if message.offset() + 1 >= ranges[partition][1]:
                    missing.pop(partition, None)
