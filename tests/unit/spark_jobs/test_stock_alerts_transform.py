"""Each stock change raises the alert that the rules say, with an id that anyone can compute."""

import hashlib
import json
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from chispa import assert_df_equality
from pyspark.sql import DataFrame, SparkSession

from shopnow.contracts import make_event, validate
from shopnow.topics import STOCK_ALERTS
from spark_jobs.transforms.stock_alerts import alert_kind, stock_alerts

RECEIVED = datetime(2026, 11, 22, 8, 0, 0, 130_000, tzinfo=UTC)
EVENT_ID = "0197f3c2-7b1e-4c58-9a55-000000000006"


def stock_changed(before: int, after: int, reorder_point: int = 5, **values: Any) -> dict:
    """A valid event: one sale that takes available units from `before` to `after`."""
    payload = {
        "sku": "85123A",
        "product_name": "Photophore cœur « blanc »",
        "version": 7,
        "reason": "sale",
        "reference": None,
        "quantity": after - before,
        "available_before": before,
        "available_after": after,
        "on_hand_before": before,
        "on_hand_after": after,
        "reorder_point": reorder_point,
    }
    return make_event(
        "stock_changed",
        payload | values,
        source="shop",
        occurred_at=datetime(2026, 11, 22, 8, 0, 0, 123_456, tzinfo=UTC),
        event_id=EVENT_ID,
    )


def messages(spark: SparkSession, *values: dict | bytes | None) -> DataFrame:
    rows = [
        (json.dumps(value).encode() if isinstance(value, dict) else value, RECEIVED)
        for value in values
    ]
    return spark.createDataFrame(rows, "value binary, timestamp timestamp")


def alerts_of(spark: SparkSession, *values: dict | bytes | None) -> list[dict]:
    return [json.loads(row.value) for row in stock_alerts(messages(spark, *values)).collect()]


def test_every_rule_at_its_boundaries(spark):
    cases = [
        # before, after, reorder point, alert
        (10, 6, 5, None),  # above the reorder point: nothing
        (6, 5, 5, "low_stock"),  # down to it
        (6, 1, 5, "low_stock"),  # through it
        (5, 4, 5, None),  # already low
        (5, 5, 5, None),  # no change
        (1, 0, 5, "sold_out"),
        (5, 0, 5, "sold_out"),  # from low
        (9, 0, 5, "sold_out"),  # from above: one alert, not two
        (0, 0, 5, None),  # sold out already
        (0, 1, 5, None),  # back on sale, but still low
        (0, 5, 5, None),
        (5, 6, 5, "recovered"),
        (0, 6, 5, "recovered"),
        (6, 9, 5, None),  # was fine already
        (1, 0, 0, "sold_out"),  # no reorder point
        (0, 1, 0, "recovered"),
        (2, 1, 0, None),
    ]
    frame = spark.createDataFrame(cases, "before int, after int, reorder_point int, kind string")
    computed = frame.select(
        "before",
        "after",
        "reorder_point",
        alert_kind(frame.before, frame.after, frame.reorder_point).alias("kind"),
    )
    assert_df_equality(computed, frame, ignore_nullable=True)


def test_an_alert_is_an_event_that_keeps_its_contract(spark):
    (alert,) = alerts_of(spark, stock_changed(3, 0))

    assert validate(alert).topic == STOCK_ALERTS
    digest = hashlib.sha256(f"{EVENT_ID}:sold_out".encode()).hexdigest()
    assert alert == {
        "event_id": str(uuid.UUID(digest[:32])),
        "event_type": "stock_alert_raised",
        "schema_version": 1,
        "occurred_at": "2026-11-22T08:00:00.130Z",
        "source": "stock-alerts",
        "payload": {
            "alert_id": digest,
            "kind": "sold_out",
            "sku": "85123A",
            "product_name": "Photophore cœur « blanc »",
            "stock_event_id": EVENT_ID,
            "stock_version": 7,
            "available": 0,
            "reorder_point": 5,
            "stock_changed_at": "2026-11-22T08:00:00.123456Z",
            "stock_kafka_timestamp": "2026-11-22T08:00:00.130Z",
        },
    }


def test_the_message_has_the_key_and_the_headers_of_every_event(spark):
    row = stock_alerts(messages(spark, stock_changed(3, 0))).first()

    assert row is not None
    assert row.key == "85123A"
    assert {header.key: bytes(header.value).decode() for header in row.headers} == {
        "event_id": json.loads(row.value)["event_id"],
        "event_type": "stock_alert_raised",
    }


def test_a_replay_yields_the_same_bytes(spark):
    changes = [stock_changed(3, 0), stock_changed(9, 4), stock_changed(2, 8)]
    first, again = (stock_alerts(messages(spark, *changes)).collect() for _ in range(2))

    assert first == again
    assert len({json.loads(row.value)["event_id"] for row in first}) == 3


@pytest.mark.parametrize(
    "value",
    [
        None,
        b"",
        b"not json",
        b"\xff\xfe\x00",
        b"[1, 2]",
        b'{"event_type": "stock_changed"}',
        json.dumps({**stock_changed(3, 0), "event_type": "order_placed"}).encode(),
        json.dumps({**stock_changed(3, 0), "event_id": "seven"}).encode(),
        json.dumps({**stock_changed(3, 0), "schema_version": 2}).encode(),
        json.dumps({**stock_changed(3, 0), "payload": "none"}).encode(),
        json.dumps({**stock_changed(3, 0), "payload": {"sku": "A"}}).encode(),
    ],
)
def test_a_message_that_is_no_stock_change_raises_nothing_and_stops_nothing(spark, value):
    (alert,) = alerts_of(spark, value, stock_changed(3, 0), value)

    assert alert["payload"]["kind"] == "sold_out"
