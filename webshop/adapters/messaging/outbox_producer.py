"""Outbox rows to Kafka: acknowledged by all replicas, in order for each aggregate."""

import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from confluent_kafka import KafkaError, KafkaException, Message, Producer

from shopnow.topics import TOPICS, topic_name
from webshop.adapters.messaging.kafka_messages import event_headers, is_permanent, producer_config

#: How long Kafka may take to acknowledge a batch, seconds.
DELIVERY_TIMEOUT_S = 30.0


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
        return topic_name(self.aggregatetype)

    def __str__(self) -> str:
        return f"seq {self.seq}, {self.type} of {self.aggregateid!r} for {self.topic}"


class DeliveryFailed(Exception):
    """Kafka did not acknowledge every row; the rest stay in the queue."""


class Refusal(NamedTuple):
    """A row that Kafka will never accept as it is, and why."""

    row: OutboxRow
    cause: str


@dataclass
class Delivery:
    """What became of rows: those not listed are to be sent again, for the reason in `failure`."""

    delivered: list[int] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    failure: DeliveryFailed | None = None


@dataclass
class _Attempt:
    """Delivery reports of rows that were sent together."""

    sent: int = 0
    delivered: list[int] = field(default_factory=list)
    failed: list[tuple[OutboxRow, KafkaError]] = field(default_factory=list)
    #: Refused before they were sent.
    refused: list[Refusal] = field(default_factory=list)
    #: What went wrong with all of them.
    error: str | None = None

    def report(self, row: OutboxRow, error: KafkaError | None, _message: Message) -> None:
        """Handle Kafka's answer to one row."""
        if error is None:
            self.delivered.append(row.seq)
        else:
            self.failed.append((row, error))

    @property
    def suspects(self) -> list[OutboxRow]:
        """Rows of batches that Kafka refuses for good; one row of a batch may be the only cause."""
        return sorted(row for row, error in self.failed if is_permanent(error))

    def failure(self) -> DeliveryFailed | None:
        """Why rows are left over; None if there are none."""
        left = self.sent - len(self.delivered) - len(self.refused)
        what = f"{left} of {self.sent} events are not on Kafka"
        if self.error is not None:
            first = min((row for row, _ in self.failed), default=None)
            which = f", the first of them {first}" if first else ""
            return DeliveryFailed(f"{what}{which}: {self.error}")
        if self.failed:
            row, error = self.failed[0]  # what came after it failed because of it
            return DeliveryFailed(f"{what}, because of {row}: {error}")
        return None


def _flush(producer: Producer, seconds: float) -> int:
    """Wait for reports; return how many are missing. Raises KafkaException if the client ended."""
    try:
        return int(producer.flush(seconds))
    except SystemError as error:
        # The client says that it ended in the midst of a report, which has been handled. It says
        # so with the error as the cause, or, when another report came between, with none.
        cause = error.__cause__
        if isinstance(cause, KafkaException):
            raise cause from None
        raise KafkaException(KafkaError(KafkaError._FATAL, str(error))) from error


class OutboxProducer:
    """An idempotent producer that is replaced after a failure.

    Messages never time out one by one, for then a later row of an aggregate could pass an earlier
    one that timed out. Instead the whole batch fails together; what Kafka has of it is then a
    prefix of each partition, for the broker refuses gaps in an idempotent producer's sequence, and
    the client does not begin a new sequence after a refused batch (the gapless guarantee).
    """

    def __init__(
        self,
        bootstrap: str,
        *,
        topics: Collection[str] = TOPICS.keys(),
        timeout_s: float = DELIVERY_TIMEOUT_S,
    ) -> None:
        self._topics = topics
        self._timeout_s = timeout_s
        self._config = producer_config(bootstrap) | {
            "delivery.timeout.ms": 0,
            "linger.ms": 5,
            "enable.gapless.guarantee": True,
            "queue.buffering.max.kbytes": 65_536,
        }
        self._producer: Producer | None = None

    def deliver(self, rows: Iterable[OutboxRow]) -> Delivery:
        """Send rows in order and wait for Kafka.

        Each row is sent as soon as it is there. A row that Kafka refuses for good is reported as
        refused and the others go on, in order; any other error leaves the rows for the next call.
        """
        attempt = self._send(rows)
        delivery = Delivery(attempt.delivered, attempt.refused)
        suspects = attempt.suspects
        if not suspects:
            delivery.failure = attempt.failure()
            return delivery
        # Kafka refuses a whole batch for one row: send its rows one by one. What came after them in
        # their partitions was not accepted either and is still in the queue: the order is kept.
        for row in suspects:
            alone = self._send([row])
            delivery.delivered += alone.delivered
            if alone.suspects:
                delivery.refused.append(Refusal(row, alone.failed[0][1].str()))
            elif not alone.delivered:
                delivery.failure = alone.failure()
                break
        return delivery

    def _send(self, rows: Iterable[OutboxRow]) -> _Attempt:
        """Send rows and collect the reports; the producer is dropped if any is an error."""
        if self._producer is None:
            self._producer = Producer(self._config)
        attempt = _Attempt()
        try:
            for row in rows:
                attempt.sent += 1
                cause = self._produce(self._producer, row, attempt)
                if cause is not None:
                    attempt.refused.append(Refusal(row, cause))
            self._wait(self._producer, attempt)
        except (KafkaException, BufferError) as error:
            attempt.error = str(error)
        if attempt.failed or attempt.error is not None:
            self._discard()
        return attempt

    def _produce(self, producer: Producer, row: OutboxRow, attempt: _Attempt) -> str | None:
        """Hand a row to the client; why it can never be sent, None if it is on its way.

        Raises KafkaException or BufferError when the client takes no row at all.
        """
        if row.topic not in self._topics:
            return f"there is no topic {row.topic}"
        try:
            key, value = row.aggregateid.encode(), row.payload.encode()
            headers = event_headers(row.event_id, row.type)
        except UnicodeError as error:
            return f"it cannot be encoded: {error}"
        send = partial(
            producer.produce,
            row.topic,
            key=key,
            value=value,
            headers=headers,
            on_delivery=partial(attempt.report, row),
        )
        try:
            try:
                send()
            except BufferError:  # the client's buffer is full: wait for room
                self._wait(producer, attempt)
                send()
        except KafkaException as error:
            if is_permanent(error.args[0]):
                return f"{error.args[0].str()} ({len(value):,} bytes)"
            attempt.failed.append((row, error.args[0]))
            raise
        return None

    def _wait(self, producer: Producer, attempt: _Attempt) -> None:
        """Wait for the reports of all that was sent, until the first error or the timeout."""
        deadline = time.monotonic() + self._timeout_s
        while _flush(producer, min(0.5, self._timeout_s)):
            if attempt.failed:
                return
            if time.monotonic() >= deadline:
                attempt.error = f"no acknowledgement within {self._timeout_s:g} s"
                return

    def close(self) -> None:
        """Let the client go, and what it still holds: that stays in the queue."""
        self._discard()

    def _discard(self) -> None:
        """Drop the producer and its queued messages, so that none is sent later."""
        if self._producer is not None:
            self._producer.purge()
            try:
                _flush(self._producer, 5)
            except KafkaException:  # said once; the other reports follow
                _flush(self._producer, 5)
            # Not left to the last reference: an error that the client reported keeps one for good.
            self._producer.close()
            self._producer = None
