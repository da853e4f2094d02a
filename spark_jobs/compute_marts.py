"""compute_marts: the indicators of the business days that changed, and of no other.

Dirty days are those of the orders, refunds and stock changes that changed after the batch that
kpi.load_progress names, or all days if the KPIs have been defined otherwise since. They are
recomputed from the entities of those days, replaced in lake.marts in one commit a table, and then
loaded into schema kpi of PostgreSQL, where the progress moves in the same transaction. A run that
dies anywhere is repaired by the next one, which computes the same days again. Without a new batch
or definition it does nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial, reduce
from typing import Any

import psycopg
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from shopnow.database.kpi_load import (
    LoadRunning,
    add_missing_columns,
    computed_batch,
    entity_progress,
    kpi_connection,
    replace_days,
)
from shopnow.lake import (
    CURATED_BATCH,
    DAILY_PRODUCT_SALES,
    DAILY_SALES,
    DAILY_STOCKOUTS,
    ORDERS,
    REFUNDS,
    STOCK_LEVELS,
)
from shopnow.settings import Settings
from spark_jobs.entities.declarations import ENTITIES
from spark_jobs.lakehouse.session import JobError, Summary, prepare, side_by_side
from spark_jobs.lakehouse.tables import ensure_tables
from spark_jobs.transforms.days import on
from spark_jobs.transforms.entities import counted_days
from spark_jobs.transforms.sales import (
    daily_product_sales,
    daily_sales,
    paid_orders,
    refunds,
)
from spark_jobs.transforms.stock_levels import daily_stockouts

log = logging.getLogger("compute_marts")


def days_to_compute(spark: SparkSession, computed: int | None) -> list[date] | None:
    """The days on which entities count that changed after a batch, and those on which they did.

    In order; None stands for all days.
    """
    if computed is None:
        return None
    changed = [
        counted_days(entity, spark.table(entity.table).filter(F.col("batch") > computed))
        for entity in ENTITIES
        if entity.counts_on
    ]
    return sorted(
        row.business_date for row in reduce(DataFrame.union, changed).distinct().collect()
    )


def marts(spark: SparkSession, days: list[date] | None, currency: str) -> dict[str, DataFrame]:
    """The rows of each mart, by table name, for the given days (None: all)."""
    orders = paid_orders(spark.table(ORDERS), days)
    refunded = refunds(spark.table(REFUNDS), days)
    stockouts = daily_stockouts(spark.table(STOCK_LEVELS), days)
    return {
        DAILY_SALES: daily_sales(orders, refunded, stockouts, currency),
        DAILY_PRODUCT_SALES: daily_product_sales(orders, refunded),
        DAILY_STOCKOUTS: stockouts,
    }


def write_mart(rows: DataFrame, name: str, days: list[date] | None, batch: int) -> None:
    """Replace whole days of a mart in one commit, days that have become empty among them."""
    (
        # A KPI that is no longer defined keeps its column, empty in new rows.
        rows.to(rows.sparkSession.table(name).schema)
        .writeTo(name)
        .option(f"snapshot-property.{CURATED_BATCH}", str(batch))
        .overwrite(on(days))
    )


def compute(spark: SparkSession, settings: Settings) -> Summary:
    """Compute, write and load what is dirty. See the module docstring."""
    prepare(spark)
    try:
        with kpi_connection(settings.shop_pg_dsn) as connection:
            return _compute(spark, settings.currency, connection)
    except LoadRunning as error:
        raise JobError(str(error)) from error


def _compute(spark: SparkSession, currency: str, connection: psycopg.Connection[Any]) -> Summary:
    progress = entity_progress(connection)
    if progress is None:
        raise JobError("lake.entities is empty: run update_entities first")
    ensure_tables(spark, DAILY_SALES, DAILY_PRODUCT_SALES, DAILY_STOCKOUTS)
    add_missing_columns(connection)
    batch, computed = progress.curated_batch, computed_batch(connection)
    if batch == computed:
        log.info("no new curated batch, no new definition: nothing to compute")
        return {"days": 0, "rows": {}, "batch": batch}
    days = days_to_compute(spark, computed)
    computed_marts = marts(spark, days, currency)
    if days is None or days:
        side_by_side(
            partial(write_mart, rows, name, days, batch) for name, rows in computed_marts.items()
        )
    tables = {
        name.rpartition(".")[2]: _rows_of(spark.table(name).select(*rows.columns), days)
        for name, rows in computed_marts.items()
    }
    loaded = replace_days(connection, days, tables, progress)
    return {"days": "all" if days is None else len(days), "rows": loaded, "batch": batch}


def _rows_of(mart: DataFrame, days: list[date] | None) -> tuple[list[str], Iterator[Sequence[Any]]]:
    rows = mart.filter(on(days)).coalesce(1).toLocalIterator() if days != [] else iter(())
    return mart.columns, rows
