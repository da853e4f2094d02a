"""Events, and the raw messages that carry them, for the tests beside this file."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import ArrayType, DataType, DecimalType, StructType

from shopnow.contracts import CONTRACTS_DIR, EVENT_TYPES, validate
from shopnow.lake import CURATED_EVENTS
from spark_jobs.contracts.schema import payload_type
from spark_jobs.lakehouse.tables import lake_tables

RAW = "topic string, partition int, offset long, kafka_timestamp timestamp, value binary"
ID = "0a1b2c3d-0000-4000-8000-00000000000{}"


#: Each commit to a table has a number of its own.
BATCHES = count(1)


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


def curated_rows(spark: SparkSession, *events: dict[str, Any]) -> DataFrame:
    """The rows of lake.curated.events that these events become, as one batch, the newest one.

    Days are those of Paris.
    """
    table = next(table for table in lake_tables() if table.name == CURATED_EVENTS)
    schema = StructType.fromDDL(table.columns)
    rows, batch = [], next(BATCHES)
    for offset, sample in enumerate(events):
        kind = validate(sample)
        occurred_at = datetime.fromisoformat(sample["occurred_at"])
        row = {
            **{
                name: sample[name]
                for name in ("event_id", "event_type", "schema_version", "source")
            },
            "occurred_at": occurred_at,
            "business_date": occurred_at.astimezone(ZoneInfo("Europe/Paris")).date(),
            "topic": kind.topic,
            "partition": 0,
            "offset": offset,
            "kafka_timestamp": datetime(2026, 11, 22, tzinfo=UTC),
            "batch": batch,
            kind.name: _typed(sample["payload"], payload_type(kind)),
        }
        rows.append(tuple(row.get(name) for name in schema.fieldNames()))
    return spark.createDataFrame(rows, schema)


def _typed(value: Any, kind: DataType) -> Any:
    if value is None:
        return None
    if isinstance(kind, StructType):
        return tuple(_typed(value.get(field.name), field.dataType) for field in kind.fields)
    if isinstance(kind, ArrayType):
        return [_typed(item, kind.elementType) for item in value]
    return Decimal(value) if isinstance(kind, DecimalType) else value
