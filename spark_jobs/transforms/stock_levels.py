"""The stock of each product on each business day on which it changed, and when it ran out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from spark_jobs.entities.declarations import STOCK_LEVEL_COLUMNS
from spark_jobs.transforms.days import on
from spark_jobs.transforms.stock_alerts import LOW_STOCK, SOLD_OUT, alert_kind


def stock_levels(changes: DataFrame, days: Collection[date] | None) -> DataFrame:
    """`STOCK_LEVEL_COLUMNS`, one row a day and product whose stock changed (days None: all)."""
    kind = alert_kind(F.col("available_before"), F.col("available_after"), F.col("reorder_point"))
    of_days = changes.withColumnRenamed("changed_date", "business_date").filter(on(days))
    received = F.when(F.col("reason") == "restock", F.col("quantity")).otherwise(0)
    return (
        of_days.withColumn("kind", kind)
        .groupBy("business_date", "sku")
        .agg(
            F.max_by("product_name", "version").alias("product_name"),
            F.min("version").alias("first_version"),
            F.max("version").alias("last_version"),
            F.min_by("available_before", "version").alias("opening_available"),
            F.max_by("available_after", "version").alias("closing_available"),
            F.min("available_after").alias("lowest_available"),
            F.min_by("on_hand_before", "version").alias("opening_on_hand"),
            F.max_by("on_hand_after", "version").alias("closing_on_hand"),
            F.sum(received).alias("received"),
            F.max_by("reorder_point", "version").alias("reorder_point"),
            F.count_if(F.col("kind") == SOLD_OUT).alias("stockouts"),
            F.count_if(F.col("kind") == LOW_STOCK).alias("low_stock_crossings"),
        )
        .select(*[name for name, _, _ in STOCK_LEVEL_COLUMNS])
    )


def daily_stockouts(levels: DataFrame, days: Collection[date] | None) -> DataFrame:
    """business_date, sku, product_name, stockouts, low_stock_crossings; products with either.

    Takes `stock_levels`; days None means all. The crossings are those that raise an alert.
    """
    return (
        levels.filter(on(days))
        .filter((F.col("stockouts") > 0) | (F.col("low_stock_crossings") > 0))
        .select("business_date", "sku", "product_name", "stockouts", "low_stock_crossings")
    )
