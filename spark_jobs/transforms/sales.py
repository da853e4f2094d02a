"""Sales of a business day, from curated events.

An order counts on the day on which it was paid, once, even if the payment event is repeated: the
earliest `order_paid` of an order decides, and the earliest `order_placed` has its lines. A refund
counts on its own day. Money is DECIMAL from end to end: lines have 18 digits, sums of them 28, and
a day's figure must fit in 18 again or the job fails.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from shopnow.kpis import KPIS

MONEY = "decimal(18,4)"
DAY = ["business_date", "currency"]
_LINE = [
    *DAY,
    *[
        f"line.{field}"
        for field in ("line_number", "sku", "product_name", "kind", "quantity", "amount")
    ],
]


def earliest_per_key(events: DataFrame, *keys: str) -> DataFrame:
    """The earliest row of each key: by occurred_at, then event_id."""
    ordered = Window.partitionBy(*keys).orderBy("occurred_at", "event_id")
    return events.withColumn("_nth", F.row_number().over(ordered)).filter("_nth = 1").drop("_nth")


def payloads(curated: DataFrame, event_type: str, *fields: str) -> DataFrame:
    """event_id, occurred_at, business_date and the named payload fields of one event type."""
    return curated.filter(F.col("event_type") == event_type).select(
        "event_id",
        "occurred_at",
        "business_date",
        *[F.col(f"{event_type}.{field}").alias(field) for field in fields],
    )


def dirty_days(new: DataFrame, curated: DataFrame) -> DataFrame:
    """business_date of every day whose figures the new events may change, distinct.

    `new` are rows of `curated` that were not computed yet. An order that is placed, or paid once
    more, after it was paid changes each day that has a payment of it.
    """
    own_day = new.filter(
        F.col("event_type").isin("order_paid", "order_refunded", "stock_changed")
    ).select("business_date")
    orders = new.filter(F.col("event_type").isin("order_placed", "order_paid")).select(
        F.coalesce("order_placed.order_id", "order_paid.order_id").alias("order_id")
    )
    paid = payloads(curated, "order_paid", "order_id")
    late = paid.join(orders, on="order_id", how="left_semi").select("business_date")
    return own_day.union(late).distinct()


def paid_orders(curated: DataFrame, days: Collection[date] | None) -> DataFrame:
    """The orders paid on the given days (None: all days), with their lines.

    business_date is the day of payment. Columns: business_date, order_id, and of order_placed
    currency, customer_id, discount_amount, lines.
    """
    paid = earliest_per_key(payloads(curated, "order_paid", "order_id"), "order_id")
    placed = earliest_per_key(
        payloads(
            curated,
            "order_placed",
            *("order_id", "currency", "customer_id", "discount_amount", "lines"),
        ),
        "order_id",
    ).drop("business_date", "event_id", "occurred_at")
    return (
        paid.filter(_on(days))
        .select("business_date", "order_id")
        .join(placed, on="order_id", how="inner")
        .select("business_date", "order_id", "currency", "customer_id", "discount_amount", "lines")
    )


def refunds(curated: DataFrame, days: Collection[date] | None) -> DataFrame:
    """The refunds of the given days: business_date, refund_id, currency, amount, lines."""
    refunds_paid = payloads(curated, "order_refunded", "refund_id", "currency", "amount", "lines")
    return (
        earliest_per_key(refunds_paid, "refund_id")
        .filter(_on(days))
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


def _on(days: Collection[date] | None) -> Column:
    return F.lit(True) if days is None else F.col("business_date").isin(*days)
