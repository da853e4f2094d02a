"""update_entities: brings orders, refunds, stock, customers, carts and sessions up to date.

Merges what the curated events since the last update tell into the tables of lake.entities, side by
side; then the stock levels of the days whose stock changed, and the customers whose orders did.
A merge repeated changes nothing (see transforms/entities.py), so the progress, in PostgreSQL, is
written when all of them are done: a run that dies is made up for by the next one. If the tables
are new, or declared otherwise, they are built from all events, each in one commit.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

import psycopg
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from shopnow.database.kpi_load import (
    LoadProgress,
    LoadRunning,
    entity_progress,
    kpi_connection,
    write_entity_progress,
)
from shopnow.lake import CURATED_EVENTS, CUSTOMERS, ORDERS, STOCK_CHANGES, STOCK_LEVELS
from shopnow.settings import Settings
from spark_jobs.entities.declarations import (
    ENTITIES,
    STOCK_CHANGE,
    Entity,
    definitions_digest,
)
from spark_jobs.lakehouse.progress import end_offsets, last_batch, rows_after
from spark_jobs.lakehouse.session import JobError, Summary, prepare, side_by_side
from spark_jobs.lakehouse.snapshots import MAIN, Table, retry_on_commit_conflict, rows_at
from spark_jobs.lakehouse.tables import ensure_tables, entity_tables, replace_line_views
from spark_jobs.transforms.days import on
from spark_jobs.transforms.entities import counted_days, customers, merge_sql, told
from spark_jobs.transforms.stock_levels import stock_levels

log = logging.getLogger("update_entities")


def update(spark: SparkSession, settings: Settings) -> Summary:
    """Update every table; return the batch and the tables that changed."""
    prepare(spark)
    try:
        with kpi_connection(settings.shop_pg_dsn) as connection:
            return _update(spark, connection)
    except LoadRunning as error:
        raise JobError(str(error)) from error


def _update(spark: SparkSession, connection: psycopg.Connection[Any]) -> Summary:
    ensure_tables(spark, CURATED_EVENTS, *(table.name for table in entity_tables()))
    curated = Table(spark, CURATED_EVENTS)
    version, batch = curated.head() or MAIN, last_batch(curated)
    definitions = definitions_digest()
    known = entity_progress(connection, definitions)
    if known and known.curated_batch == batch:
        log.info("no new curated batch: nothing to update")
        return {"batch": batch, "changed": [], "rebuilt": False}
    if known is None:
        changed = _rebuild(spark, rows_at(spark, CURATED_EVENTS, version), batch)
    else:
        new = rows_after(spark, CURATED_EVENTS, known.curated_batch, version)
        changed = _merge(spark, new, known.curated_batch, batch)
    write_entity_progress(
        connection, LoadProgress(batch, end_offsets(curated)), definitions, rebuilt=known is None
    )
    return {"batch": batch, "changed": changed, "rebuilt": known is None}


def _rebuild(spark: SparkSession, curated: DataFrame, batch: int) -> list[str]:
    """Replace every table by what all events tell."""

    def replace(name: str, rows: DataFrame) -> None:
        rows.to(spark.table(name).schema).writeTo(name).overwrite(F.lit(True))

    side_by_side(
        partial(replace, entity.table, told(entity, curated, batch)) for entity in ENTITIES
    )
    side_by_side(
        (
            lambda: replace(STOCK_LEVELS, stock_levels(spark.table(STOCK_CHANGES), None)),
            lambda: replace(CUSTOMERS, customers(spark.table(ORDERS), None, batch)),
        )
    )
    replace_line_views(spark)
    return [table.name for table in entity_tables()]


def _merge(spark: SparkSession, new: DataFrame, since: int, batch: int) -> list[str]:
    """Merge what new events tell; return the tables that are touched."""
    present = {row.event_type for row in new.select("event_type").distinct().collect()}
    touched = [entity for entity in ENTITIES if present.intersection(entity.event_types)]
    side_by_side(
        partial(_merge_entity, spark, entity, told(entity, new, batch)) for entity in touched
    )
    changed = [entity.table for entity in touched]
    followers: dict[str, Callable[[], None]] = {}
    if STOCK_CHANGES in changed:
        followers[STOCK_LEVELS] = partial(_replace_stock_levels, spark, since)
    if ORDERS in changed:
        followers[CUSTOMERS] = partial(_merge_customers, spark, since, batch)
    side_by_side(followers.values())
    return [*changed, *followers]


def _merge_entity(spark: SparkSession, entity: Entity, rows: DataFrame) -> None:
    source = f"told_of_{entity.table.rpartition('.')[2]}"
    # A table that has gained fields has them in an order of its own.
    rows.to(spark.table(entity.table).schema).createOrReplaceTempView(source)
    _run(spark, merge_sql(entity, source))


def _replace_stock_levels(spark: SparkSession, since: int) -> None:
    changes = spark.table(STOCK_CHANGES)
    found = counted_days(STOCK_CHANGE, changes.filter(F.col("batch") > since)).collect()
    days = [row.business_date for row in found]
    if days:
        levels = stock_levels(changes, days)
        levels.to(spark.table(STOCK_LEVELS).schema).writeTo(STOCK_LEVELS).overwrite(on(days))


def _merge_customers(spark: SparkSession, since: int, batch: int) -> None:
    orders = spark.table(ORDERS)
    changed = orders.filter(F.col("batch") > since)
    customers(orders, changed, batch).createOrReplaceTempView("told_of_customers")
    _run(
        spark,
        f"MERGE INTO {CUSTOMERS} t USING told_of_customers s ON t.customer_id = s.customer_id"
        " WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *",
    )


@retry_on_commit_conflict
def _run(spark: SparkSession, statement: str) -> None:
    spark.sql(statement).collect()
