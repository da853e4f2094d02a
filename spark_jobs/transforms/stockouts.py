"""Stock that ran out, or ran low, on a business day: derived from each `stock_changed` event."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from spark_jobs.transforms.sales import earliest_per_key, payloads
from spark_jobs.transforms.stock_alerts import LOW_STOCK, SOLD_OUT, alert_kind


def daily_stockouts(curated: DataFrame, days: Collection[date] | None) -> DataFrame:
    """business_date, sku, product_name, stockouts, low_stock_crossings; products with either.

    `days` None means all days. The crossings are those that raise an alert. A duplicate change
    (same sku and version) counts once.
    """
    changes = earliest_per_key(
        payloads(
            curated,
            "stock_changed",
            *("sku", "product_name", "version"),
            *("available_before", "available_after", "reorder_point"),
        ),
        "sku",
        "version",
    )
    if days is not None:
        changes = changes.filter(F.col("business_date").isin(*days))
    kind = alert_kind(F.col("available_before"), F.col("available_after"), F.col("reorder_point"))
    return (
        changes.withColumn("kind", kind)
        .groupBy("business_date", "sku")
        .agg(
            F.max_by("product_name", "version").alias("product_name"),
            F.count_if(F.col("kind") == SOLD_OUT).alias("stockouts"),
            F.count_if(F.col("kind") == LOW_STOCK).alias("low_stock_crossings"),
        )
        .filter((F.col("stockouts") > 0) | (F.col("low_stock_crossings") > 0))
        .select("business_date", "sku", "product_name", "stockouts", "low_stock_crossings")
    )
