"""How `shopnow kpis` prints a day."""

import io
from datetime import date
from decimal import Decimal

from rich.console import Console

from ops.cli.kpis import as_json, kpi_table
from shopnow.database.daily_kpis import DailyKpis, day_without_sales
from shopnow.kpis import KPIS

DAY = date(2010, 12, 1)


def sold() -> DailyKpis:
    values = day_without_sales(DAY).values | {
        "gross_sales": Decimal("58960.7900"),
        "orders": 127,
        "average_order_value": Decimal("464.2582"),
    }
    return DailyKpis(DAY, values)


def test_a_day_as_json_has_day_then_every_kpi_amounts_as_exact_strings():
    day = as_json(sold())
    assert list(day) == ["day", *KPIS]
    assert day["day"] == "2010-12-01"
    assert day["gross_sales"] == "58960.7900"
    assert day["orders"] == 127
    assert day["average_order_value"] == "464.2582"


def test_a_day_without_sales_is_zero_and_its_ratios_are_undefined():
    day = as_json(day_without_sales(DAY))
    assert day["net_sales"] == "0.0000"
    assert day["orders"] == 0
    assert day["average_order_value"] is None
    assert day["units_per_order"] is None


def test_the_table_reads_without_colours_and_never_cuts_an_amount():
    console = Console(width=80, no_color=True, file=io.StringIO())
    columns = ("gross_sales", "returns", "net_sales", "orders", "units", "average_order_value")
    console.print(kpi_table([sold()], "fr", "EUR", columns))
    text = console.file.getvalue()
    assert "58,960.79" in text
    assert "464.26" in text
    assert "…" not in text


def test_an_empty_range_says_so():
    console = Console(width=80, file=io.StringIO())
    console.print(kpi_table([], "en", "EUR"))
    assert "no computed day in this range" in console.file.getvalue()
