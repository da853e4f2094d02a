"""Outbox rows to Kafka: acknowledged by all replicas, in order for each aggregate."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

from confluent_kafka import KafkaError, KafkaException, Message, Producer

from webshop.adapters.kafka_messages import event_headers, producer_config

#: How long Kafka may take to acknowledge a batch, seconds.
DELIVERY_TIMEOUT_S = 30.0


Report = Callable[[int, KafkaError | None, Message], None]


class OutboxRow(NamedTuple):
    """One row to publish; `payload` is the whole event as JSON text."""

    seq: int
    event_id: str
    aggregatetype: str
    aggregateid: str
    type: str
    payload: str

    @property
    def topic(self) -> str:
        """The topic of the row's aggregate."""
        return f"shopnow.{self.aggregatetype}.v1"


class DeliveryFailed(Exception):
    """Kafka did not acknowledge every row; the rest stay in the queue."""


class OutboxProducer:
    """An idempotent producer that is replaced after a failure.

    Messages never time out one by one, for then a later row of an aggregate could pass an earlier
    one that timed out. Instead the whole batch is given up at once; what Kafka has of it is then a
    prefix of each partition, for the broker refuses gaps in an idempotent producer's sequence.
    """

    def __init__(self, bootstrap: str, *, timeout_s: float = DELIVERY_TIMEOUT_S) -> None:
        self._timeout_s = timeout_s
        self._config = producer_config(bootstrap) | {"delivery.timeout.ms": 0, "linger.ms": 5}
        self._producer: Producer | None = None

    def deliver(self, rows: Iterable[OutboxRow]) -> tuple[list[int], DeliveryFailed | None]:
        """Send rows in order and wait for Kafka; return the seqs it has, and what went wrong.

        Each row is sent as soon as it is there. At most 100,000 rows, which is what librdkafka
        holds: the delivery reports are taken once all are sent.
        """
        if self._producer is None:
            self._producer = Producer(self._config)
        delivered: list[int] = []
        errors: list[str] = []

        def report(seq: int, error: KafkaError | None, _message: Message) -> None:
            if error is None:
                delivered.append(seq)
            else:
                errors.append(str(error))

        sent = 0
        try:
            for row in rows:
                sent += 1
                _send(self._producer, row, report)
            if self._producer.flush(self._timeout_s):
                errors.append(f"no acknowledgement within {self._timeout_s:g} s")
        except (KafkaException, BufferError) as error:
            errors.append(str(error))
        if not errors:
            return delivered, None
        self._discard()
        return delivered, DeliveryFailed(
            f"{sent - len(delivered)} of {sent} events are not on Kafka: {errors[0]}"
        )

    def _discard(self) -> None:
        """Drop the producer and what it still holds, so that nothing is sent behind our back."""
        if self._producer is not None:
            self._producer.purge()
            self._producer.flush(5)
            self._producer = None


def _send(producer: Producer, row: OutboxRow, report: Report) -> None:
    producer.produce(
        row.topic,
        key=row.aggregateid.encode(),
        value=row.payload.encode(),
        headers=event_headers(row.event_id, row.type),
        on_delivery=partial(report, row.seq),
    )
