"""Indicators of business days as a table for a terminal."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from rich.table import Table

from shopnow.database.daily_kpis import DailyKpis, Value
from shopnow.kpis import KPIS

#: A sum of the figures may be a digit longer than each of them.
_ROOM_FOR_A_SUM = 1

#: A longer label is wrapped.
_LABEL_WIDTH = 9


def kpi_table(
    days: list[DailyKpis], language: str, currency: str, kpis: Collection[str] = KPIS
) -> Table:
    """The days as a table for a terminal, figures rounded to two decimals for reading.

    A column is never narrower than its figures or than a word of its label: a long label wraps.
    """
    table = Table(
        box=None,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        caption=currency if days else "no computed day in this range",
    )
    table.add_column("Jour" if language == "fr" else "Day", width=10)
    columns = [[readable(day.values[kpi]) for day in days] for kpi in kpis]
    for kpi, figures in zip(kpis, columns, strict=True):
        label = KPIS[kpi].label(language)
        words = [len(word) for word in label.split()]
        width = max(*words, *(len(figure) + _ROOM_FOR_A_SUM for figure in figures), _LABEL_WIDTH)
        table.add_column(label, justify="right", width=width, overflow="fold")
    for day, row in zip(days, zip(*columns, strict=True), strict=True):
        table.add_row(day.day.isoformat(), *row)
    return table


def readable(value: Value) -> str:
    """A figure for people: amounts and ratios with two decimals, a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:,.2f}" if isinstance(value, Decimal) else f"{value:,}"
