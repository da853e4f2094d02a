"""Alerts from Kafka to the shop's table: once each, with their latency; broken ones are kept."""

import hashlib
import json
import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from confluent_kafka import Producer

from shopnow import topics
from shopnow.contracts import format_time, make_event

pytestmark = pytest.mark.integration


def sold_out(sku: str) -> dict[str, Any]:
    """The event that the stream would raise for a product that has just sold out."""
    stock_event = str(uuid.uuid4())
    digest = hashlib.sha256(f"{stock_event}:sold_out".encode()).hexdigest()
    changed = format_time(datetime.now(UTC) - timedelta(milliseconds=40))
    payload = {
        "alert_id": digest,
        "kind": "sold_out",
        "sku": sku,
        "product_name": sku,
        "stock_event_id": stock_event,
        "stock_version": 4,
        "available": 0,
        "reorder_point": 2,
        "stock_changed_at": changed,
        "stock_kafka_timestamp": changed,
    }
    event_id = uuid.UUID(digest[:32])
    return make_event("stock_alert_raised", payload, source="stock-alerts", event_id=event_id)


def test_an_alert_said_twice_is_one_row_and_a_broken_one_is_a_dead_letter(
    stack: Any, staff: Any, database: Any, read_topic: Any
) -> None:
    sku = f"TEST-{uuid.uuid4().hex[:12]}"
    alert = sold_out(sku)
    broken = {"note": sku}
    producer = Producer({"bootstrap.servers": stack.settings.kafka_bootstrap, "acks": "all"})
    for message in (alert, broken, alert):
        producer.produce(topics.STOCK_ALERTS, key=sku, value=json.dumps(message))
    assert producer.flush(30) == 0

    read_topic(topics.DEAD_LETTER, lambda message: message == broken, 1)
    query = "SELECT * FROM shop.stock_alerts WHERE sku = %s"
    deadline = time.monotonic() + 30
    while not (rows := database.execute(query, [sku]).fetchall()):
        assert time.monotonic() < deadline, "the alert is not in the table after 30 s"
        time.sleep(0.1)
    assert [(row["alert_id"], row["kind"]) for row in rows] == [
        (alert["payload"]["alert_id"], "sold_out")
    ]
    measured = (rows[0]["alert_kafka_at"] - rows[0]["stock_kafka_at"]).total_seconds() * 1000
    assert rows[0]["latency_ms"] == pytest.approx(measured)
    assert rows[0]["latency_ms"] >= 39

    shown = staff.http.get("/alerts", params={"limit": 500}).raise_for_status().json()["items"]
    assert [item["kind"] for item in shown if item["sku"] == sku] == ["sold_out"]
