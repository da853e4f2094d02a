"""Messages that could not be handled, on the dead-letter topic, with where they came from and why.

A message that is too large for the topic as a dead letter is named there with its first bytes; the
whole of it is still at its origin.
"""

from typing import Any

from confluent_kafka import KafkaError, KafkaException, Message, Producer

from shopnow.topics import DEAD_LETTER
from webshop.adapters.messaging.kafka_messages import is_permanent, producer_config

#: Length of the excerpt of key and value of a message that is too large, bytes.
EXCERPT_BYTES = 1024
_MOST_OF_A_REASON = 1000
_TIMEOUT_S = 30.0


def position(message: Message) -> str:
    """Where a message is: `topic[partition]@offset`."""
    return f"{message.topic()}[{message.partition()}]@{message.offset()}"


class DeadLetters:
    """Publishes dead letters of one processor, one by one: they are rare."""

    def __init__(self, bootstrap: str, processor: str) -> None:
        self._processor = processor
        self._producer = Producer(producer_config(bootstrap))

    def close(self) -> None:
        """Let the client go."""
        self._producer.close()

    def send(self, message: Message, reason: str) -> None:
        """Publish the message and wait for Kafka.

        Raises KafkaException when Kafka does not have it: then it must be handled again.
        """
        refused = self._publish(self._letter(message, reason))
        if refused is not None:
            refused = self._publish(self._excerpt(message, reason))
        if refused is not None:
            raise KafkaException(refused)

    def _letter(self, message: Message, reason: str) -> dict[str, Any]:
        return {
            "key": message.key(),
            "value": message.value(),
            "headers": [
                ("origin", position(message).encode()),
                ("processor", self._processor.encode()),
                ("reason", reason[:_MOST_OF_A_REASON].encode(errors="backslashreplace")),
            ],
        }

    def _excerpt(self, message: Message, reason: str) -> dict[str, Any]:
        letter = self._letter(message, reason)
        key, value = letter["key"] or b"", letter["value"] or b""
        return {
            "key": key[:EXCERPT_BYTES],
            "value": value[:EXCERPT_BYTES],
            "headers": [*letter["headers"], ("excerpt_of_bytes", str(len(value)).encode())],
        }

    def _publish(self, letter: dict[str, Any]) -> KafkaError | None:
        """The error if Kafka refuses this letter for good, None if it has it."""
        reports: list[KafkaError | None] = []
        try:
            self._producer.produce(
                DEAD_LETTER, on_delivery=lambda error, _: reports.append(error), **letter
            )
        except KafkaException as error:
            if is_permanent(error.args[0]):
                return error.args[0]
            raise
        if self._producer.flush(_TIMEOUT_S):
            raise KafkaException(KafkaError(KafkaError._TIMED_OUT))
        [report] = reports
        if report is not None and not is_permanent(report):
            raise KafkaException(report)
        return report
