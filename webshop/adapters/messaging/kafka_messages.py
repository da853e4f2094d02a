"""How an event looks on Kafka, and the producer settings that keep what was promised."""

import json
from typing import Any

from confluent_kafka import KafkaError

from shopnow.contracts import message_key
from shopnow.topics import MAX_MESSAGE_BYTES

#: The largest event as JSON, in bytes: the rest is room for key, headers and Kafka's framing.
MAX_EVENT_BYTES = MAX_MESSAGE_BYTES - 1024

#: What Kafka says of a message that it will never accept. Everything else may pass: an unavailable
#: broker, too few replicas, a topic that is still being created, a permission that is missing.
PERMANENT_REFUSALS = frozenset(
    {
        KafkaError.MSG_SIZE_TOO_LARGE,
        KafkaError.RECORD_LIST_TOO_LARGE,
        KafkaError.INVALID_RECORD,
    }
)


def is_permanent(error: KafkaError) -> bool:
    """Whether Kafka refuses this message for good, so that sending it again is of no use."""
    return error.code() in PERMANENT_REFUSALS


def producer_config(bootstrap: str) -> dict[str, Any]:
    """Idempotent producer, every in-sync replica acknowledges."""
    return {
        "bootstrap.servers": bootstrap,
        "acks": "all",
        "enable.idempotence": True,
        "compression.type": "lz4",
        "message.max.bytes": MAX_MESSAGE_BYTES,
    }


def event_headers(event_id: str, event_type: str) -> list[tuple[str, bytes]]:
    """The headers of an event's message."""
    return [("event_id", event_id.encode()), ("event_type", event_type.encode())]


def kafka_message(event: dict[str, Any]) -> dict[str, Any]:
    """Key, value and headers of an event, as arguments of `Producer.produce`."""
    return {
        "key": message_key(event).encode(),
        "value": json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode(),
        "headers": event_headers(event["event_id"], event["event_type"]),
    }
