"""Without Kafka no event is acknowledged, and callers get an error within a time limit."""

import time
import uuid

import pytest

from webshop.adapters.messaging.browsing_publisher import BrowsingPublisher
from webshop.adapters.messaging.outbox_producer import OutboxProducer, OutboxRow
from webshop.domain.errors import KafkaUnavailable

NOWHERE = "127.0.0.1:1"


def test_outbox_rows_are_not_reported_as_delivered() -> None:
    rows = [
        OutboxRow(seq, str(uuid.uuid4()), "carts", "cart-1", "cart_item_added", "{}")
        for seq in range(3)
    ]
    producer = OutboxProducer(NOWHERE, timeout_s=0.3)
    for _ in range(2):  # the second time with a new producer
        delivery = producer.deliver(rows)
        assert (delivery.delivered, delivery.refused) == ([], [])
        assert "3 of 3 events are not on Kafka" in str(delivery.failure)
        assert "seq 0, cart_item_added of 'cart-1' for shopnow.carts.v1" in str(delivery.failure)


def test_a_browsing_event_is_refused_within_the_bound() -> None:
    event = {
        "event_id": str(uuid.uuid4()),
        "event_type": "product_viewed",
        "payload": {"session_id": str(uuid.uuid4())},
    }
    started = time.monotonic()
    with pytest.raises(KafkaUnavailable, match="0 of 1"):
        BrowsingPublisher(NOWHERE, timeout_s=0.3).publish([event])
    assert time.monotonic() - started < 3
