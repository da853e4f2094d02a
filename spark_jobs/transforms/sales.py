"""Sales of a business day, from orders and refunds.

An order counts on the day on which it was paid, a refund on its own day. Money is DECIMAL from end
to end: lines have 18 digits, sums of them 28, and a day's figure must fit in 18 again or the job
fails.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from shopnow.kpis import KPIS
from spark_jobs.transforms.days import on

MONEY = "decimal(18,4)"
DAY = ["business_date", "currency"]
_LINE = [
    *DAY,
    *[
        f"line.{field}"
        for field in ("line_number", "sku", "product_name", "kind", "quantity", "amount")
    ],
]


def paid_orders(orders: DataFrame, days: Collection[date] | None) -> DataFrame:
    """The orders paid on the given days (None: all days), with their lines.

    Takes lake.entities.orders. business_date is the day of payment. Columns: business_date,
    order_id, currency, customer_id, discount_amount, lines.
    """
    # An order that is paid counts once it is known what was ordered.
    return (
        orders.filter("placed_at IS NOT NULL AND paid_date IS NOT NULL")
        .withColumnRenamed("paid_date", "business_date")
        .filter(on(days))
        .select("business_date", "order_id", "currency", "customer_id", "discount_amount", "lines")
    )


def refunds(refunded: DataFrame, days: Collection[date] | None) -> DataFrame:
    """The refunds of the given days: business_date, refund_id, currency, amount, lines.

    Takes lake.entities.refunds.
    """
    return (
        refunded.withColumnRenamed("refunded_date", "business_date")
        .filter(on(days))
        .select("business_date", "refund_id", "currency", "amount", "lines")
    )


def daily_sales(
    orders: DataFrame, refunded: DataFrame, stockouts: DataFrame, shop_currency: str
) -> DataFrame:
    """business_date, currency, and every KPI of a day (shopnow.kpis), one row a day and currency.

    Takes `paid_orders`, `refunds` and `daily_stockouts`. Stock has no currency: its figures are on
    the row of the shop's own.
    """
    units = F.aggregate("lines", F.lit(0).cast("bigint"), lambda sum_, line: sum_ + line.quantity)
    zero = F.lit(0).cast("decimal(28,4)")
    gross = F.aggregate(
        "lines", zero, lambda sum_, line: (sum_ + line.amount).cast("decimal(28,4)")
    )
    sold = orders.groupBy(*DAY).agg(
        F.sum(gross).alias("order_gross"),
        F.sum("discount_amount").alias("order_discounts"),
        F.count("*").alias("order_count"),
        F.sum(units).alias("order_units"),
        F.count_distinct("customer_id").alias("customer_count"),
    )
    returned = refunded.groupBy(*DAY).agg(F.sum("amount").alias("refund_amount"))
    out_of_stock = stockouts.groupBy("business_date").agg(
        F.sum("stockouts").alias("stockout_count"), F.lit(shop_currency).alias("currency")
    )
    days = sold.join(returned, on=DAY, how="full_outer").join(
        out_of_stock, on=DAY, how="full_outer"
    )
    known = days.select(
        *DAY,
        *[_money(name) for name in ("order_gross", "order_discounts", "refund_amount")],
        *[
            F.coalesce(name, F.lit(0)).cast("bigint").alias(name)
            for name in ("order_count", "order_units", "customer_count", "stockout_count")
        ],
    )
    return known.select(
        *DAY, *[F.expr(kpi.expression).cast(kpi.column_type).alias(kpi.id) for kpi in KPIS.values()]
    )


def daily_product_sales(orders: DataFrame, refunded: DataFrame) -> DataFrame:
    """What each product sold and what came back, one row a day, currency and sku.

    Columns: business_date, currency, sku, product_name, kind, units, gross_sales, returned_units,
    returns, net_sales (less the lines' shares of the discounts too). Takes `paid_orders` and
    `refunds`.
    """
    sold = _lines(orders).select(
        *_LINE,
        F.col("line.discount_amount").alias("discount"),
        F.lit(False).alias("is_return"),
        F.col("order_id").alias("document"),
    )
    returned = _lines(refunded).select(
        *_LINE,
        # What is paid back is after discount already.
        F.lit(0).cast(MONEY).alias("discount"),
        F.lit(True).alias("is_return"),
        F.col("refund_id").alias("document"),
    )
    both = sold.union(returned)
    # One name and one kind a product and day, the same whenever it is computed again.
    newest = F.struct("is_return", "document", "line_number")
    products = both.groupBy(*DAY, "sku").agg(
        F.min_by("product_name", newest).alias("product_name"),
        F.min_by("kind", newest).alias("kind"),
        F.sum(F.when(~F.col("is_return"), F.col("quantity"))).alias("units"),
        F.sum(F.when(~F.col("is_return"), F.col("amount"))).alias("gross_sales"),
        F.sum(F.when(F.col("is_return"), F.col("quantity"))).alias("returned_units"),
        F.sum(F.when(F.col("is_return"), F.col("amount"))).alias("returns"),
        F.sum("discount").alias("discounts"),
    )
    return products.select(
        *DAY,
        "sku",
        "product_name",
        "kind",
        F.coalesce("units", F.lit(0)).cast("bigint").alias("units"),
        _money("gross_sales"),
        F.coalesce("returned_units", F.lit(0)).cast("bigint").alias("returned_units"),
        _money("returns"),
        (_known("gross_sales") - _known("discounts") - _known("returns"))
        .cast(MONEY)
        .alias("net_sales"),
    )


def _lines(documents: DataFrame) -> DataFrame:
    return documents.withColumn("line", F.explode("lines"))


def _known(name: str) -> Column:
    return F.coalesce(name, F.lit(0))


def _money(name: str) -> Column:
    return _known(name).cast(MONEY).alias(name)
