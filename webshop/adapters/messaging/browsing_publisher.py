"""Browsing events to Kafka, directly: a view needs no transaction, but it must not be lost."""

import threading
import time
from collections.abc import Sequence
from typing import Any

from confluent_kafka import KafkaException, Producer

from shopnow.contracts import EVENT_TYPES
from webshop.adapters.messaging.kafka_messages import kafka_message, producer_config
from webshop.domain.errors import KafkaUnavailable


class BrowsingPublisher:
    """Publishes events and returns only once Kafka has them. Safe to share between threads."""

    def __init__(self, bootstrap: str, *, timeout_s: float = 5.0) -> None:
        self._bootstrap = bootstrap
        self._timeout_s = timeout_s
        self._producer: Producer | None = None
        self._lock = threading.Lock()

    def publish(self, events: Sequence[dict[str, Any]]) -> None:
        """Send the events and wait for every acknowledgement.

        Raises KafkaUnavailable if one is missing after the timeout.
        """
        producer = self._connected()
        failures: list[str] = []
        acknowledged = 0

        def report(error: object, _message: object) -> None:
            nonlocal acknowledged
            if error is None:
                acknowledged += 1
            else:
                failures.append(str(error))

        try:
            for event in events:
                topic = EVENT_TYPES[event["event_type"]].topic
                producer.produce(topic, on_delivery=report, **kafka_message(event))
        except (BufferError, KafkaException) as error:
            raise KafkaUnavailable(f"Kafka takes no events: {error}") from error
        deadline = time.monotonic() + self._timeout_s
        # Reports of one request may arrive while another thread polls: short polls see them too.
        while acknowledged + len(failures) < len(events) and time.monotonic() < deadline:
            producer.poll(0.01)
        if acknowledged < len(events):
            raise KafkaUnavailable(
                f"Kafka has acknowledged {acknowledged} of {len(events)} events: send them again."
            )

    def _connected(self) -> Producer:
        # Made at first use: a producer's threads do not survive the fork of a worker.
        with self._lock:
            if self._producer is None:
                timeout_ms = int(self._timeout_s * 1000)
                self._producer = Producer(
                    producer_config(self._bootstrap)
                    | {"delivery.timeout.ms": timeout_ms, "linger.ms": 1}
                )
            return self._producer
