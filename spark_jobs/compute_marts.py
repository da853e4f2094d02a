"""compute_marts: the indicators of the business days that new events touch, and of no other.

Dirty days are those of the curated events after the batch that kpi.load_progress names, or all
days if the KPIs have been defined otherwise since. They are recomputed from all of their events,
replaced in lake.marts in one commit a table, and then loaded into schema kpi of PostgreSQL, where
the progress moves in the same transaction. A run that dies anywhere is repaired by the next one,
which computes the same days again. Without a new curated batch or definition it does nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import psycopg
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F

from shopnow.database.kpi_load import (
    LoadRunning,
    add_missing_columns,
    computed_batch,
    kpi_connection,
    replace_days,
)
from shopnow.lake import (
    CURATED_BATCH,
    CURATED_EVENTS,
    DAILY_PRODUCT_SALES,
    DAILY_SALES,
    DAILY_STOCKOUTS,
)
from shopnow.settings import Settings
from spark_jobs.lakehouse.progress import end_offsets, last_batch, rows_after
from spark_jobs.lakehouse.session import JobError, Summary, prepare
from spark_jobs.lakehouse.snapshots import MAIN, Table, rows_at
from spark_jobs.lakehouse.tables import ensure_tables
from spark_jobs.transforms.sales import (
    daily_product_sales,
    daily_sales,
    dirty_days,
    paid_orders,
    refunds,
)
from spark_jobs.transforms.stockouts import daily_stockouts

log = logging.getLogger("compute_marts")


def days_to_compute(
    spark: SparkSession, version: int | str, computed: int | None
) -> list[date] | None:
    """The days that the curated events after a batch touch, in order; None stands for all days."""
    if computed is None:
        return None
    new = rows_after(spark, CURATED_EVENTS, computed, version)
    everything = rows_at(spark, CURATED_EVENTS, version)
    return sorted(row.business_date for row in dirty_days(new, everything).collect())


def marts(curated: DataFrame, days: list[date] | None, currency: str) -> dict[str, DataFrame]:
    """The rows of each mart, by table name, for the given days (None: all)."""
    orders, refunded = paid_orders(curated, days), refunds(curated, days)
    stockouts = daily_stockouts(curated, days)
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
        .overwrite(_of_days(days))
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
    ensure_tables(spark, CURATED_EVENTS, DAILY_SALES, DAILY_PRODUCT_SALES, DAILY_STOCKOUTS)
    add_missing_columns(connection)
    curated = Table(spark, CURATED_EVENTS)
    version, batch = curated.head() or MAIN, last_batch(curated)
    computed = computed_batch(connection)
    if batch == computed:
        log.info("no new curated batch, no new definition: nothing to compute")
        return {"days": 0, "rows": {}, "batch": batch}
    days = days_to_compute(spark, version, computed)
    events = rows_at(spark, CURATED_EVENTS, version)
    computed_marts = marts(events, days, currency)
    if days is None or days:
        for name, rows in computed_marts.items():
            write_mart(rows, name, days, batch)
    tables = {
        name.rpartition(".")[2]: _rows_of(spark.table(name).select(*rows.columns), days)
        for name, rows in computed_marts.items()
    }
    loaded = replace_days(connection, days, tables, batch, end_offsets(curated))
    return {"days": "all" if days is None else len(days), "rows": loaded, "batch": batch}


def _of_days(days: list[date] | None) -> Column:
    return F.lit(True) if days is None else F.col("business_date").isin(*days)


def _rows_of(mart: DataFrame, days: list[date] | None) -> tuple[list[str], Iterator[Sequence[Any]]]:
    rows = mart.filter(_of_days(days)).coalesce(1).toLocalIterator() if days != [] else iter(())
    return mart.columns, rows
