"""Events, and the raw messages that carry them, for the tests beside this file."""

import json
from datetime import datetime
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from shopnow.contracts import CONTRACTS_DIR, EVENT_TYPES

RAW = "topic string, partition int, offset long, kafka_timestamp timestamp, value binary"
ID = "0a1b2c3d-0000-4000-8000-00000000000{}"


def payload_of(name: str) -> dict[str, Any]:
    example = sorted((CONTRACTS_DIR / name).glob("*.pass.json"))[0]
    loaded = json.loads(example.read_text())
    return dict(loaded["payload"])


def event(name: str, payload: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    return {
        "event_id": ID.format(1),
        "event_type": name,
        "schema_version": 1,
        "occurred_at": "2026-11-21T23:30:00.123456Z",
        "source": "shop",
        "payload": payload_of(name) if payload is None else payload,
        **changes,
    }


def raw(spark: SparkSession, *messages: tuple[str, bytes | None]) -> DataFrame:
    """Messages of (topic, value), one a second, all in partition 0 at offset 0, 1, 2…"""
    rows = [
        (topic, 0, offset, datetime(2026, 11, 22, 0, 0, offset % 60), value)
        for offset, (topic, value) in enumerate(messages)
    ]
    return spark.createDataFrame(rows, RAW)


def sent(spark: SparkSession, *events: dict[str, Any]) -> DataFrame:
    return raw(
        spark,
        *[(EVENT_TYPES[e["event_type"]].topic, json.dumps(e).encode()) for e in events],
    )
