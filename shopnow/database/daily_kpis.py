"""The indicators of business days, as `compute_kpis` left them in PostgreSQL (schema `kpi`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from shopnow.kpis import KPIS
from shopnow.settings import Settings

Value = Decimal | int | None


@dataclass(frozen=True)
class DailyKpis:
    """One business day: the value of each KPI by id, in the currency of the shop."""

    day: date
    values: dict[str, Value]


@dataclass(frozen=True)
class ProductSales:
    """What one product sold on one business day."""

    sku: str
    name: str
    units: int
    net_sales: Decimal


@dataclass(frozen=True)
class ProductStockouts:
    """How often one product sold out, or fell to its reorder point, on one business day."""

    sku: str
    name: str
    stockouts: int
    low_stock_crossings: int


def connect(settings: Settings) -> psycopg.Connection[Any]:
    """A read connection to the shop's database; raises `psycopg.OperationalError`."""
    return psycopg.connect(settings.shop_pg_dsn, connect_timeout=5)


def daily_kpis(
    connection: psycopg.Connection[Any], currency: str, first: date, last: date
) -> list[DailyKpis]:
    """The days from `first` to `last`, both included, oldest first.

    A day without a row that lies between the first and the last day that were ever computed had
    no sale: it is there with zeros, and with None where a ratio has no denominator. A day outside
    of that range is unknown and not there.
    """
    with connection.cursor(row_factory=dict_row) as cursor:
        cursor.execute(
            "SELECT min(business_date) AS first, max(business_date) AS last"
            " FROM kpi.daily_sales WHERE currency = %s",
            (currency,),
        )
        loaded = cursor.fetchone()
        if loaded is None or loaded["first"] is None:
            return []
        cursor.execute(
            sql.SQL(
                "SELECT business_date, {} FROM kpi.daily_sales"
                " WHERE currency = %s AND business_date BETWEEN %s AND %s"
            ).format(sql.SQL(", ").join(map(sql.Identifier, KPIS))),
            (currency, first, last),
        )
        rows = {row["business_date"]: row for row in cursor}
    days = _days(max(first, loaded["first"]), min(last, loaded["last"]))
    return [
        DailyKpis(day, {kpi: rows[day][kpi] for kpi in KPIS})
        if day in rows
        else day_without_sales(day)
        for day in days
    ]


def day_without_sales(day: date) -> DailyKpis:
    """A day on which nothing was sold: zeros, None where orders divide."""
    return DailyKpis(day, {kpi.id: kpi.empty_value for kpi in KPIS.values()})


def top_products(
    connection: psycopg.Connection[Any], currency: str, day: date, limit: int = 5
) -> list[ProductSales]:
    """The products with the largest net sales of a day; services are not products."""
    rows = connection.execute(
        "SELECT sku, product_name, units, net_sales FROM kpi.daily_product_sales"
        " WHERE currency = %s AND business_date = %s AND kind = 'product' AND units > 0"
        " ORDER BY net_sales DESC, sku LIMIT %s",
        (currency, day, limit),
    )
    return [ProductSales(*row) for row in rows]


def stockouts(
    connection: psycopg.Connection[Any], day: date, limit: int = 10
) -> list[ProductStockouts]:
    """The products that sold out or ran low on a day, most often sold out first."""
    rows = connection.execute(
        "SELECT sku, product_name, stockouts, low_stock_crossings FROM kpi.daily_stockouts"
        " WHERE business_date = %s AND stockouts + low_stock_crossings > 0"
        " ORDER BY stockouts DESC, low_stock_crossings DESC, sku LIMIT %s",
        (day, limit),
    )
    return [ProductStockouts(*row) for row in rows]


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
