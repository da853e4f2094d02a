"""Stock alerts, each a property of one `stock_changed` event.

The event carries available units before and after and the reorder point, so that no state is
needed, and the alert's id is derived from the event's id: a replay after a crash yields the same
messages byte for byte, which consumers recognise by id.

Only projections and filters: Spark's Real-Time Mode runs nothing else between two Kafka topics.
"""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from shopnow.contracts import VERSIONS

SOLD_OUT = "sold_out"
LOW_STOCK = "low_stock"
RECOVERED = "recovered"

SOURCE = "stock-alerts"

#: The fields of a `stock_changed` event that the rules read; the contract has the others.
_EVENT = (
    "event_id string, event_type string, schema_version int, occurred_at string, "
    "payload struct<sku: string, product_name: string, version: bigint, "
    "available_before: bigint, available_after: bigint, reorder_point: bigint>"
)

_UUID = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"

#: As the contracts write a moment; Kafka's own resolution is the millisecond.
_KAFKA_MOMENT = "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'"


def alert_kind(before: Column, after: Column, reorder_point: Column) -> Column:
    """Which alert a change of available units raises: at most one, null if none.

    Selling out wins over running low: a change from above the reorder point to nothing is one
    `sold_out`. `recovered` is the way back above the reorder point, not above zero.
    """
    return (
        F.when((before > 0) & (after == 0), SOLD_OUT)
        .when((before > reorder_point) & (after > 0) & (after <= reorder_point), LOW_STOCK)
        .when((before <= reorder_point) & (after > reorder_point), RECOVERED)
    )


def alert_id(stock_event_id: Column, kind: Column) -> Column:
    """SHA-256 of `stock_event_id:kind`, 64 hexadecimal digits."""
    return F.sha2(F.concat(stock_event_id, F.lit(":"), kind), 256)


def as_uuid(digest: Column) -> Column:
    """The first 32 hexadecimal digits of a digest, written as a UUID."""
    parts = [(1, 8), (9, 4), (13, 4), (17, 4), (21, 12)]
    return F.concat_ws("-", *[F.substring(digest, start, length) for start, length in parts])


def stock_alerts(messages: DataFrame) -> DataFrame:
    """Kafka messages of the stock topic -> Kafka messages of the alerts that they raise.

    In: `value` binary, `timestamp` timestamp (others are ignored). Out: `key` string (the SKU),
    `value` string (a `stock_alert_raised` event), `headers` as Kafka's sink takes them. The
    session time zone must be UTC. A message that is no `stock_changed` event raises nothing:
    ingestion is what quarantines it.

    `occurred_at` is the moment at which Kafka took the change in. A clock read here would be
    frozen for a whole batch in Real-Time Mode, and would differ in a replay.
    """
    payload = F.col("event.payload")
    changes = (
        messages.select(
            F.from_json(F.col("value").cast("string"), _EVENT).alias("event"),
            F.date_format("timestamp", _KAFKA_MOMENT).alias("received_at"),
        )
        .where(F.col("event.event_type") == "stock_changed")
        .where(F.col("event.schema_version").isin(*VERSIONS["stock_changed"]))
        .where(F.col("event.event_id").rlike(_UUID))
        .select(
            F.col("event.event_id").alias("stock_event_id"),
            F.col("event.occurred_at").alias("stock_changed_at"),
            "received_at",
            payload["sku"].alias("sku"),
            payload["product_name"].alias("product_name"),
            payload["version"].alias("stock_version"),
            payload["available_after"].alias("available"),
            payload["reorder_point"].alias("reorder_point"),
            alert_kind(
                payload["available_before"], payload["available_after"], payload["reorder_point"]
            ).alias("kind"),
        )
    )
    alerts = changes.where(F.col("kind").isNotNull() & F.col("sku").isNotNull()).withColumn(
        "alert_id", alert_id(F.col("stock_event_id"), F.col("kind"))
    )
    event_id = as_uuid(F.col("alert_id"))
    event = F.struct(
        event_id.alias("event_id"),
        F.lit("stock_alert_raised").alias("event_type"),
        F.lit(1).alias("schema_version"),
        F.col("received_at").alias("occurred_at"),
        F.lit(SOURCE).alias("source"),
        F.struct(
            "alert_id",
            "kind",
            "sku",
            "product_name",
            "stock_event_id",
            "stock_version",
            "available",
            "reorder_point",
            "stock_changed_at",
            F.col("received_at").alias("stock_kafka_timestamp"),
        ).alias("payload"),
    )
    return alerts.select(
        F.col("sku").alias("key"),
        F.to_json(event).alias("value"),
        F.array(_header("event_id", event_id), _header("event_type", F.lit("stock_alert_raised")))
        .cast("array<struct<key: string, value: binary>>")
        .alias("headers"),
    )


def _header(name: str, value: Column) -> Column:
    return F.struct(F.lit(name).alias("key"), F.encode(value, "UTF-8").alias("value"))
