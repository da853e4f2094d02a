"""The tables of the lake, declared once; `ensure_tables` makes what is missing.

Every table is Iceberg, format 3. A contract that gains an event type or an optional property gains
its column here at the next run, and so does a new KPI: columns are only ever added.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession
from pyspark.sql.types import ArrayType, StringType, StructType

from shopnow import lake
from shopnow.kpis import KPIS
from spark_jobs.contracts.schema import landed_event_types, payload_type
from spark_jobs.entities.declarations import CUSTOMER_COLUMNS, ENTITIES, STOCK_LEVEL_COLUMNS

COORDINATES_DDL = "topic string, partition int, offset bigint, kafka_timestamp timestamp"
MONEY = "decimal(18,4)"


@dataclass(frozen=True)
class LakeTable:
    """One table: its columns as DDL, its partition transforms, its own table properties."""

    name: str
    columns: str
    partitioned_by: str | None
    comment: str
    properties: dict[str, str] = field(default_factory=dict)


#: Entities change row by row: a change writes the row and a mark on the old one, not whole files.
_CHANGED_BY_ROW = {
    f"write.{command}.mode": "merge-on-read" for command in ("merge", "update", "delete")
}


def _with_comments(columns: Iterable[tuple[str, str, str]]) -> str:
    return ", ".join(f'{name} {kind} COMMENT "{meaning}"' for name, kind, meaning in columns)


def entity_tables() -> list[LakeTable]:
    """The tables of namespace lake.entities."""
    return [
        *[
            LakeTable(
                entity.table,
                _with_comments(entity.columns()),
                entity.partitioned_by,
                entity.comment,
                _CHANGED_BY_ROW,
            )
            for entity in ENTITIES
        ],
        LakeTable(
            lake.STOCK_LEVELS,
            _with_comments(STOCK_LEVEL_COLUMNS),
            "business_date",
            "The stock of each product on each business day on which it changed.",
        ),
        LakeTable(
            lake.CUSTOMERS,
            _with_comments(CUSTOMER_COLUMNS),
            None,
            "Customers who have ordered: how often, since when.",
            _CHANGED_BY_ROW,
        ),
    ]


def lake_tables() -> list[LakeTable]:
    """Every table of the lake."""
    payloads = ", ".join(
        f"{name} {payload_type(kind).simpleString()}" for name, kind in landed_event_types().items()
    )
    indicators = ", ".join(f"{kpi.id} {kpi.column_type}" for kpi in KPIS.values())
    return [
        LakeTable(
            lake.RAW_EVENTS,
            f"{COORDINATES_DDL}, key binary, value binary, landed_at timestamp, "
            "headers array<struct<key: string, value: binary>>, batch bigint",
            "topic",
            "Kafka messages as they came, once each.",
            # Tasks read whole Kafka partitions: a shuffle would only move bytes.
            {"write.distribution-mode": "none", "write.spark.fanout.enabled": "true"},
        ),
        LakeTable(
            lake.CURATED_EVENTS,
            "event_id string, event_type string, schema_version int, occurred_at timestamp, "
            f"business_date date, source string, {COORDINATES_DDL}, batch bigint, {payloads}",
            "event_type, months(occurred_at)",
            "Events that keep their contract, once each; one struct per event type.",
            {"write.distribution-mode": "hash"},
        ),
        LakeTable(
            lake.QUARANTINE_EVENTS,
            f"{COORDINATES_DDL}, processor string, reason string, detail string, payload string, "
            "quarantined_at timestamp, run_id string",
            "topic",
            "Messages that were refused, and why.",
        ),
        *entity_tables(),
        LakeTable(
            lake.DAILY_SALES,
            f"business_date date, currency string, {indicators}",
            "business_date",
            "The indicators of each business day.",
        ),
        LakeTable(
            lake.DAILY_PRODUCT_SALES,
            "business_date date, currency string, sku string, product_name string, kind string, "
            f"units bigint, gross_sales {MONEY}, returned_units bigint, returns {MONEY}, "
            f"net_sales {MONEY}",
            "business_date",
            "What each product sold on each business day.",
        ),
        LakeTable(
            lake.DAILY_STOCKOUTS,
            "business_date date, sku string, product_name string, stockouts bigint, "
            "low_stock_crossings bigint",
            "business_date",
            "How often each product sold out, or fell to its reorder point.",
        ),
    ]


def ensure_tables(spark: SparkSession, *names: str) -> None:
    """Create the named tables (default: all) where missing, and add the columns that they lack.

    Idempotent, also when two jobs call it concurrently.
    """
    for declared in lake_tables():
        if not names or declared.name in names:
            if not spark.catalog.tableExists(declared.name):
                _create(spark, declared)
            else:
                if declared.name == lake.RAW_EVENTS:
                    _keys_as_bytes(spark)
                _add_columns(spark, declared)


def _create(spark: SparkSession, table: LakeTable) -> None:
    namespace = table.name.rpartition(".")[0]
    spark.sql(f"CREATE NAMESPACE IF NOT EXISTS {namespace}")
    properties = {"format-version": "3", "write.parquet.compression-codec": "zstd"}
    property_list = ", ".join(f"'{k}' = '{v}'" for k, v in (properties | table.properties).items())
    partitioned = f"PARTITIONED BY ({table.partitioned_by}) " if table.partitioned_by else ""
    spark.sql(
        f"CREATE TABLE IF NOT EXISTS {table.name} ({table.columns}) USING iceberg "
        f'{partitioned}COMMENT "{table.comment}" '
        f"TBLPROPERTIES ({property_list})"
    )


def replace_line_views(spark: SparkSession) -> None:
    """Create or replace the views of the lines of orders and refunds, one row a line."""
    for view, table, key, moment in (
        (lake.ORDER_LINES, lake.ORDERS, "order_id", "paid_date"),
        (lake.REFUND_LINES, lake.REFUNDS, "refund_id", "refunded_date"),
    ):
        spark.sql(
            f"CREATE OR REPLACE VIEW {view} COMMENT 'The lines of {table}, one row a line.' AS"  # noqa: S608 - our own names
            f" SELECT {key}, {moment}, currency, line.* FROM {table}"
            " LATERAL VIEW explode(lines) exploded AS line"
        ).collect()


def _keys_as_bytes(spark: SparkSession) -> None:
    """Lakes of before kept the keys of messages as text. May be killed and run again anywhere."""
    raw, as_text = lake.RAW_EVENTS, "key_as_text"
    columns = spark.table(raw).schema
    if "key" in columns.fieldNames() and isinstance(columns["key"].dataType, StringType):
        spark.sql(f"ALTER TABLE {raw} RENAME COLUMN key TO {as_text}").collect()
        columns = spark.table(raw).schema
    if as_text in columns.fieldNames():
        if "key" not in columns.fieldNames():
            spark.sql(f"ALTER TABLE {raw} ADD COLUMNS (key binary)").collect()
        spark.sql(
            f"UPDATE {raw} SET key = CAST({as_text} AS binary)"  # noqa: S608 - our own names
            f" WHERE {as_text} IS NOT NULL"
        ).collect()
        spark.sql(f"ALTER TABLE {raw} DROP COLUMN {as_text}").collect()


def _add_columns(spark: SparkSession, table: LakeTable) -> None:
    """Add what is missing in one commit; another job may be adding the same at this moment."""
    declared = StructType.fromDDL(table.columns)
    missing = missing_columns(spark.table(table.name).schema, declared)
    while missing:
        columns = ", ".join(f"{path} {ddl}" for path, ddl in missing)
        try:
            spark.sql(f"ALTER TABLE {table.name} ADD COLUMNS ({columns})").collect()
            return
        except (PySparkException, Py4JJavaError):
            still = missing_columns(spark.table(table.name).schema, declared)
            if still == missing:
                raise
            missing = still


def missing_columns(
    existing: StructType, declared: StructType, prefix: str = ""
) -> list[tuple[str, str]]:
    """(path, type) of each declared column that is not there yet, structs and arrays entered."""
    missing = []
    for column in declared.fields:
        path = f"{prefix}{column.name}"
        if column.name not in existing.fieldNames():
            missing.append((path, column.dataType.simpleString()))
            continue
        here, wanted = existing[column.name].dataType, column.dataType
        if isinstance(here, ArrayType) and isinstance(wanted, ArrayType):
            path, here, wanted = f"{path}.element", here.elementType, wanted.elementType
        if isinstance(here, StructType) and isinstance(wanted, StructType):
            missing += missing_columns(here, wanted, f"{path}.")
    return missing
