"""Outbox rows to Kafka: acknowledged by all replicas, in order for each aggregate."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from confluent_kafka import KafkaError, KafkaException, Producer

from webshop.adapters.kafka_messages import event_headers, producer_config

#: How long Kafka may take to acknowledge, milliseconds.
DELIVERY_TIMEOUT_MS = 30_000


Report = Callable[[int, KafkaError | None], None]


class OutboxRow(NamedTuple):
    """One unpublished row; `payload` is the whole event as JSON text."""

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
    """Kafka did not acknowledge every row; the rest stay unpublished."""


class OutboxProducer:
    """An idempotent producer that is replaced after a failure."""

    def __init__(self, bootstrap: str) -> None:
        self._config = producer_config(bootstrap) | {
            "delivery.timeout.ms": DELIVERY_TIMEOUT_MS,
            "linger.ms": 5,
            "queue.buffering.max.messages": 100_000,
            # A row that fails must not let a later row of the same aggregate pass it: the
            # producer then fails as a whole, and the batch starts again at the row that failed.
            "enable.gapless.guarantee": True,
        }
        self._producer: Producer | None = None

    def deliver(self, rows: Sequence[OutboxRow]) -> tuple[list[int], DeliveryFailed | None]:
        """Send rows in order and wait for Kafka; return the seqs it has, and what went wrong."""
        if self._producer is None:
            self._producer = Producer(self._config)
        delivered: list[int] = []
        errors: list[KafkaError] = []

        def report(seq: int, error: KafkaError | None) -> None:
            if error is None:
                delivered.append(seq)
            else:
                errors.append(error)

        try:
            for row in rows:
                self._send(self._producer, row, report)
            self._producer.flush()
        except KafkaException as error:
            errors.append(error.args[0])
        if not errors and len(delivered) == len(rows):
            return delivered, None
        failure = DeliveryFailed(
            f"{len(rows) - len(delivered)} of {len(rows)} events are not on Kafka: "
            f"{errors[0] if errors else 'no report'}"
        )
        self._discard()
        return delivered, failure

    def _send(self, producer: Producer, row: OutboxRow, report: Report) -> None:
        seq = row.seq
        while True:
            try:
                producer.produce(
                    row.topic,
                    key=row.aggregateid.encode(),
                    value=row.payload.encode(),
                    headers=event_headers(row.event_id, row.type),
                    on_delivery=lambda error, _message: report(seq, error),
                )
            except BufferError:
                producer.poll(0.1)  # the queue is full: let reports make room
            else:
                producer.poll(0)
                return

    def _discard(self) -> None:
        """Drop the producer and what it still holds, so that nothing is sent behind our back."""
        if self._producer is not None:
            self._producer.purge()
            self._producer.flush(5)
            self._producer = None
