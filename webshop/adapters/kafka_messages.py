"""How an event looks on Kafka, and the producer settings that keep what was promised."""

import json
from typing import Any

from shopnow.contracts import message_key


def producer_config(bootstrap: str) -> dict[str, Any]:
    """Idempotent producer, every in-sync replica acknowledges."""
    return {
        "bootstrap.servers": bootstrap,
        "acks": "all",
        "enable.idempotence": True,
        "compression.type": "lz4",
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
