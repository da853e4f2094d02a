"""From raw Kafka messages to curated events, or to quarantine with a reason.

Both start from `classify`. A row is good if the native rules of its contract accept it and it is
the first of its event id; all other rows go to quarantine, none is dropped.
"""

from __future__ import annotations

import uuid
from functools import reduce

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F
from pyspark.sql.types import StringType

from shopnow.contracts import ENVELOPE, EventType
from shopnow.lake import DUPLICATE
from spark_jobs.contracts.explanation import explain
from spark_jobs.contracts.rules import shape_pattern, typed, value_rules
from spark_jobs.contracts.schema import JsonSchema, landed_event_types, spark_type

UNDECODABLE = "undecodable"
UNKNOWN_EVENT_TYPE = "unknown_event_type"
CONTRACT_VIOLATION = "contract_violation"
PROCESSOR = "curate_events"

COORDINATES = ["topic", "partition", "offset"]
#: Spark ends parsing at the end of the first value and ignores what follows. So each message is
#: parsed as the first of two array elements, and the second must be this, which no producer knows.
_END = str(uuid.uuid4())


def envelope_columns() -> list[str]:
    """The columns of a curated event that come from its envelope, in order."""
    return ["event_id", "event_type", "schema_version", "occurred_at", "source"]


def whole_event_schema(event_type: EventType) -> JsonSchema:
    """Envelope and payload of one event type as one JSON Schema."""
    properties = dict(ENVELOPE["properties"])
    properties["event_type"] = {"type": "string", "const": event_type.name}
    properties["schema_version"] = {"type": "integer", "const": event_type.version}
    properties["payload"] = event_type.schema
    return {**ENVELOPE, "properties": properties}


def classify(raw: DataFrame) -> DataFrame:
    """Parse raw messages and judge each against its contract.

    Takes topic, partition, offset, kafka_timestamp, value (binary); adds the curated columns of
    the envelope, one struct for each landed event type, and `reason`: null for a row that keeps
    its contract. Columns of a refused row may be null or partly filled.
    """
    kinds = landed_event_types()
    text = F.col("value").cast("string")
    parsed = raw.select(
        *COORDINATES,
        "kafka_timestamp",
        "value",
        F.when(
            F.is_valid_utf8(text),
            F.try_parse_json(F.concat(F.lit("["), text, F.lit(f',"{_END}"]'))),
        ).alias("v"),
    ).select(
        "*",
        F.coalesce(F.try_variant_get("v", "$[1]", "string") == _END, F.lit(False)).alias("is_json"),
        # PostgreSQL has no NUL in a text: such a name would stop the load of the indicators.
        F.contains(text, F.lit(r"\u0000")).alias("has_nul"),
        F.schema_of_variant(F.try_variant_get("v", "$[0]", "variant")).alias("shape"),
        F.try_variant_get("v", "$[0].event_type", "string").alias("event_type"),
    )
    envelope = {
        name: schema for name, schema in ENVELOPE["properties"].items() if name != "payload"
    }
    written = parsed.select(
        *COORDINATES,
        "kafka_timestamp",
        "value",
        "is_json",
        "has_nul",
        "shape",
        "event_type",
        *[
            F.try_variant_get("v", f"$[0].{name}", _written_ddl(schema)).alias(f"_{name}")
            for name, schema in envelope.items()
            if name != "event_type"
        ],
        *[
            F.when(
                F.col("event_type") == name,
                F.try_variant_get("v", "$[0].payload", _written_ddl(kind.schema)),
            ).alias(f"_payload_{name}")
            for name, kind in kinds.items()
        ],
    )
    keeps_contract = reduce(
        lambda otherwise, kind: otherwise.when(
            F.col("event_type") == kind.name, _keeps_contract(kind)
        ),
        kinds.values(),
        F.when(F.lit(False), F.lit(False)),
    ).otherwise(False)
    reason = (
        F.when(~F.col("is_json"), UNDECODABLE)
        .when(~F.col("has_nul") & keeps_contract, F.lit(None).cast("string"))
        .when(
            F.col("shape").rlike(r"[<, ]event_type: STRING[,>]")
            & ~F.col("event_type").isin(*kinds),
            UNKNOWN_EVENT_TYPE,
        )
        .otherwise(CONTRACT_VIOLATION)
    )
    return written.select(
        *COORDINATES,
        "kafka_timestamp",
        "value",
        reason.alias("reason"),
        # The same UUID in capitals is the same event.
        F.lower("_event_id").alias("event_id"),
        "event_type",
        F.col("_schema_version").try_cast("int").alias("schema_version"),
        typed(envelope["occurred_at"], F.col("_occurred_at")).alias("occurred_at"),
        F.col("_source").alias("source"),
        *[
            typed(kind.schema, F.col(f"_payload_{name}")).alias(name)
            for name, kind in kinds.items()
        ],
    )


def _written_ddl(schema: JsonSchema) -> str:
    return spark_type(schema, as_written=True).simpleString()


def _keeps_contract(kind: EventType) -> Column:
    schema = whole_event_schema(kind)
    rules = [
        value_rules(schema["properties"][name], F.col(f"_{name}"))
        for name in ("event_id", "schema_version", "occurred_at", "source")
    ]
    rules.append(value_rules(kind.schema, F.col(f"_payload_{kind.name}")))
    well_formed = (F.col("topic") == kind.topic) & F.col("shape").rlike(shape_pattern(schema))
    return reduce(lambda left, right: left & right, rules, well_formed)


def curated_events(raw: DataFrame, known_event_ids: DataFrame, time_zone: str) -> DataFrame:
    """The good rows of a batch: those that keep their contract, each event id once.

    Of duplicates the first counts, by Kafka's time and then topic, partition and offset. Ids of
    `known_event_ids` (event_id) are in the lake already. Returns the columns of the curated table.
    """
    by_event = Window.partitionBy(
        F.col("reason").isNull(), F.when(F.col("reason").isNull(), F.col("event_id"))
    ).orderBy("kafka_timestamp", *COORDINATES)
    # The row number also keeps the optimizer from pushing the filter under the parsing, where each
    # payload would be parsed again for every rule.
    first = (
        classify(raw)
        .withColumn("_nth", F.row_number().over(by_event))
        .filter(F.col("reason").isNull() & (F.col("_nth") == 1))
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
        *landed_event_types(),
    )


def business_date(moment: Column, time_zone: str) -> Column:
    """The calendar day of a UTC timestamp in the shop's time zone."""
    return F.to_date(F.from_utc_timestamp(moment, time_zone))


def quarantined(
    raw: DataFrame, curated: DataFrame, already_quarantined: DataFrame, run_id: str
) -> DataFrame:
    """The rest of a batch: each raw row that is neither curated nor in quarantine already.

    All three frames share topic, partition and offset. A row that keeps its contract and was not
    curated is a duplicate. `payload` is the text, or base64 where it is not UTF-8.
    """
    rest = raw.join(curated, on=COORDINATES, how="left_anti").join(
        already_quarantined, on=COORDINATES, how="left_anti"
    )
    # Row by row: otherwise PySpark looks for pandas types in the hints, and warns of none.
    why = F.udf(explain, StringType(), useArrow=False)
    text = F.col("value").cast("string")
    return (
        classify(rest)
        .withColumn("reason", F.coalesce("reason", F.lit(DUPLICATE)))
        .select(
            *COORDINATES,
            "kafka_timestamp",
            F.lit(PROCESSOR).alias("processor"),
            "reason",
            F.when(
                F.col("reason") == DUPLICATE,
                F.concat(F.lit("event "), "event_id", F.lit(" was there before")),
            )
            .otherwise(why("topic", "value"))
            .alias("detail"),
            F.when(F.is_valid_utf8(text), text).otherwise(F.base64("value")).alias("payload"),
            F.current_timestamp().alias("quarantined_at"),
            F.lit(run_id).alias("run_id"),
        )
    )
