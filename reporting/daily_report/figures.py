"""What a report says: one business day, the days it is compared with, products and stock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg

from shopnow.database.daily_kpis import (
    DailyKpis,
    ProductSales,
    ProductStockouts,
    Value,
    daily_kpis,
    stockouts,
    top_products,
)
from shopnow.database.kpi_load import PROGRESS

CHART_DAYS = 30


@dataclass(frozen=True)
class Figures:
    """The figures of `day`; `today` is None when the day was never computed."""

    day: date
    today: DailyKpis | None
    previous_day: DailyKpis | None
    week_before: DailyKpis | None
    last_days: list[DailyKpis]
    top_products: list[ProductSales]
    stockouts: list[ProductStockouts]
    computed_at: datetime | None


def read_figures(connection: psycopg.Connection[Any], currency: str, day: date) -> Figures:
    """Read the figures of one business day. Raises `psycopg.Error`."""
    last_days = daily_kpis(connection, currency, day - timedelta(days=CHART_DAYS - 1), day)
    by_day = {figures.day: figures for figures in last_days}
    return Figures(
        day=day,
        today=by_day.get(day),
        previous_day=by_day.get(day - timedelta(days=1)),
        week_before=by_day.get(day - timedelta(days=7)),
        last_days=last_days,
        top_products=top_products(connection, currency, day),
        stockouts=stockouts(connection, day),
        computed_at=_computed_at(connection),
    )


def change(value: Value, before: Value) -> Decimal | None:
    """The relative change from `before`, 0.1 for ten percent more; None if it is undefined."""
    if value is None or not before:
        return None
    return (Decimal(value) - Decimal(before)) / abs(Decimal(before))


def _computed_at(connection: psycopg.Connection[Any]) -> datetime | None:
    row = connection.execute(
        "SELECT loaded_at FROM kpi.load_progress WHERE name = %s", (PROGRESS,)
    ).fetchone()
    return row[0] if row else None
