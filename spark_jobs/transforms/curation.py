"""From raw Kafka messages to curated events, or to quarantine with a reason.

Both start from `classify`. A row is good if it keeps its contract, by the validator that the shop
uses too, and is the first of its event id; all other rows go to quarantine, none is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_

import pyarrow as pa  # type: ignore[import-untyped]
from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F
from pyspark.sql.types import StructField, StructType

from shopnow.contracts import ENVELOPE
from shopnow.contracts.messages import CONTRACT_VIOLATION, judge
from shopnow.lake import DUPLICATE
from spark_jobs.contracts.schema import (
    json_type,
    landed_event_types,
    merged_schema,
    spark_type,
    typed,
)
from spark_jobs.lakehouse.progress import COORDINATES

PROCESSOR = "curate_events"
#: Where events are dated in more months than that, every row may be a copy.
MOST_MONTHS = 200


def envelope_columns() -> list[str]:
    """The columns of a curated event that come from its envelope, in order."""
    return ["event_id", "event_type", "schema_version", "occurred_at", "source"]


_JUDGED = (
    "topic string, partition int, offset bigint, kafka_timestamp timestamp, value binary, "
    "reason string, detail string, event_id string, event_type string, schema_version int, "
    "occurred_at string, source string"
)


def classify(raw: DataFrame) -> DataFrame:
    """Judge each raw message by its contract and read those that keep it.

    Takes topic, partition, offset, kafka_timestamp, value (binary). Adds the columns of the
    envelope, one struct for each landed event type, and `reason` and `detail`: null for a row that
    keeps its contract. The event's columns of a refused row are null.
    """
    judged = raw.select(*COORDINATES, "kafka_timestamp", "value").mapInArrow(_judge, _JUDGED)
    read = judged.select("*", *[_payload(name).alias(name) for name in landed_event_types()])
    # What the validator takes, Spark can read: if it ever cannot, the row is not lost silently.
    unread = F.col("reason").isNull() & reduce(
        or_,
        [(F.col("event_type") == name) & _unread(name) for name in landed_event_types()],
    )
    return read.select(
        *COORDINATES,
        "kafka_timestamp",
        "value",
        F.when(unread, CONTRACT_VIOLATION).otherwise(F.col("reason")).alias("reason"),
        F.when(unread, "Spark cannot read it").otherwise(F.col("detail")).alias("detail"),
        # The same UUID in capitals is the same event.
        F.lower("event_id").alias("event_id"),
        "event_type",
        "schema_version",
        typed(ENVELOPE["properties"]["occurred_at"], F.col("occurred_at")).alias("occurred_at"),
        "source",
        *landed_event_types(),
    )


def _judge(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    known = landed_event_types()
    for batch in batches:
        messages = zip(batch["topic"].to_pylist(), batch["value"].to_pylist(), strict=True)
        verdicts = [judge(topic, value, known) for topic, value in messages]
        good = [verdict.event if verdict.reason is None else {} for verdict in verdicts]
        text = pa.string()
        yield pa.RecordBatch.from_arrays(
            [
                *batch.columns,
                pa.array([verdict.reason for verdict in verdicts], text),
                pa.array([verdict.detail for verdict in verdicts], text),
                pa.array([event.get("event_id") for event in good], text),
                pa.array([event.get("event_type") for event in good], text),
                pa.array([event.get("schema_version") for event in good], pa.int32()),
                pa.array([event.get("occurred_at") for event in good], text),
                pa.array([event.get("source") for event in good], text),
            ],
            [*batch.schema.names, *envelope_and_verdict()],
        )


def envelope_and_verdict() -> list[str]:
    """The columns that `_judge` adds."""
    return ["reason", "detail", *envelope_columns()]


def _payload(name: str) -> Column:
    """The payload of an event type as the lake's struct, null for other types."""
    schema = merged_schema(name)
    written = StructType([StructField("payload", spark_type(schema, as_written=True))])
    event = F.from_json(F.col("value").cast("string"), written)
    return F.when(F.col("event_type") == name, typed(schema, event["payload"]))


def _unread(name: str) -> Column:
    """Whether something that every version requires is missing in the struct."""
    schema = merged_schema(name)
    required = [
        F.col(f"{name}.{field}").isNull()
        for field in schema["required"]
        if not json_type(schema["properties"][field])[1]
    ]
    return reduce(or_, required, F.col(name).isNull())


def curated_events(
    classified: DataFrame, known_event_ids: DataFrame, batch: int, time_zone: str
) -> DataFrame:
    """The good rows of a batch of that number: those that keep their contract, each event id once.

    Of duplicates the first counts, by Kafka's time and then topic, partition and offset. Ids of
    `known_event_ids` (event_id) are in the lake already. Returns the columns of the curated table.
    """
    by_event = Window.partitionBy(
        F.col("reason").isNull(), F.when(F.col("reason").isNull(), F.col("event_id"))
    ).orderBy("kafka_timestamp", *COORDINATES)
    first = classified.withColumn("_nth", F.row_number().over(by_event)).filter(
        F.col("reason").isNull() & (F.col("_nth") == 1)
    )
    fresh = first.join(known_event_ids.select("event_id"), on="event_id", how="left_anti")
    return fresh.select(
        "event_id",
        "event_type",
        "schema_version",
        "occurred_at",
        business_date(F.col("occurred_at"), time_zone).alias("business_date"),
        "source",
        *COORDINATES,
        "kafka_timestamp",
        F.lit(batch).cast("bigint").alias("batch"),
        *landed_event_types(),
    )


def possible_copies(curated: DataFrame, good: DataFrame, days: int) -> DataFrame:
    """The curated rows that one of the good rows could be a copy of.

    Those that Kafka took at most so many days before the oldest of the rows, however they are
    dated; and those of the rows' own types and months, however old they are: who sends an event
    again after months sends it as it was.
    """
    months = good.select("event_type", F.trunc("occurred_at", "month").alias("month")).distinct()
    found = months.limit(MOST_MONTHS + 1).collect()
    oldest = good.agg(F.min("kafka_timestamp").alias("oldest")).first()
    if len(found) > MOST_MONTHS or oldest is None or oldest["oldest"] is None:
        return curated
    recent = F.col("kafka_timestamp") >= F.lit(oldest["oldest"]) - F.expr(f"INTERVAL {days} DAYS")
    same_month = [
        (F.col("event_type") == event_type)
        & (F.col("occurred_at") >= F.lit(month).cast("timestamp"))
        & (F.col("occurred_at") < F.add_months(F.lit(month), 1).cast("timestamp"))
        for event_type, month in found
    ]
    return curated.filter(reduce(or_, same_month, recent))


def business_date(moment: Column, time_zone: str) -> Column:
    """The calendar day of a UTC timestamp in the shop's time zone."""
    return F.to_date(F.from_utc_timestamp(moment, time_zone))


def quarantined(
    classified: DataFrame, curated: DataFrame, already_quarantined: DataFrame, run_id: str
) -> DataFrame:
    """The rest of a batch: each row that is neither curated nor in quarantine already.

    All three frames share topic, partition and offset. A row that keeps its contract and was not
    curated is a duplicate. `payload` is the text, or base64 where it is not UTF-8.
    """
    rest = classified.join(curated, on=COORDINATES, how="left_anti").join(
        already_quarantined, on=COORDINATES, how="left_anti"
    )
    text = F.col("value").cast("string")
    return rest.select(
        *COORDINATES,
        "kafka_timestamp",
        F.lit(PROCESSOR).alias("processor"),
        F.coalesce("reason", F.lit(DUPLICATE)).alias("reason"),
        F.when(
            F.col("reason").isNull(),
            F.concat(F.lit("event "), "event_id", F.lit(" was there before")),
        )
        .otherwise(F.col("detail"))
        .alias("detail"),
        F.when(F.is_valid_utf8(text), text).otherwise(F.base64("value")).alias("payload"),
        F.current_timestamp().alias("quarantined_at"),
        F.lit(run_id).alias("run_id"),
    )
