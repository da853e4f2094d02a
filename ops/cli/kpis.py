"""`shopnow kpis`: the indicators of a range of business days."""

import csv
import json
import sys
from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from shopnow.kpis import KPIS
from shopnow.settings import get_settings

if TYPE_CHECKING:
    from shopnow.database.daily_kpis import DailyKpis, Value


#: A sum of the figures may be a digit longer than each of them.
_ROOM_FOR_A_SUM = 1

#: A longer label is wrapped.
_LABEL_WIDTH = 9

#: Narrower, ten columns of figures do not fit: a terminal then wraps the lines.
_TABLE_WIDTH = 130


class Format(StrEnum):
    """How the days are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def kpis(
    first: Annotated[
        datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First business day.")
    ],
    last: Annotated[
        datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last business day, included.")
    ],
    output: Annotated[Format, typer.Option("--format", help="How to print them.")] = Format.TABLE,
) -> None:
    """Print the indicators of each business day from PostgreSQL.

    A day without sales between two computed days is zero; a day that was never computed is left
    out. JSON and CSV keep every decimal of an amount and leave an undefined ratio empty.
    """
    if last < first:
        raise typer.BadParameter(f"--to {last.date()} is before --from {first.date()}.")
    import psycopg

    from shopnow.database.daily_kpis import connect, daily_kpis

    settings = get_settings()
    try:
        with connect(settings) as connection:
            days = daily_kpis(connection, settings.currency, first.date(), last.date())
    except psycopg.OperationalError as error:
        typer.echo(
            f"PostgreSQL does not answer ({str(error).strip()}). Start it: shopnow up", err=True
        )
        raise typer.Exit(1) from error
    except psycopg.errors.UndefinedTable as error:
        typer.echo("No indicators yet. Compute them: shopnow run compute_kpis", err=True)
        raise typer.Exit(1) from error
    if output is Format.JSON:
        typer.echo(json.dumps([as_json(day) for day in days], indent=2))
    elif output is Format.CSV:
        _write_csv(days)
    else:
        console = Console(highlight=False)
        console.width = max(console.width, _TABLE_WIDTH)
        console.print(kpi_table(days, settings.language, settings.currency))


def as_json(day: "DailyKpis") -> dict[str, str | int | None]:
    """`day`, then each KPI: an amount or ratio is a decimal string, a count an int."""
    return {"day": day.day.isoformat(), **{kpi: _plain(day.values[kpi]) for kpi in KPIS}}


def kpi_table(
    days: "list[DailyKpis]", language: str, currency: str, kpis: Collection[str] = KPIS
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


def _write_csv(days: "list[DailyKpis]") -> None:
    writer = csv.DictWriter(sys.stdout, ["day", *KPIS], lineterminator="\n")
    writer.writeheader()
    writer.writerows(as_json(day) for day in days)


def _plain(value: "Value") -> str | int | None:
    return f"{value:f}" if isinstance(value, Decimal) else value


def readable(value: "Value") -> str:
    """A figure for people: amounts and ratios with two decimals, a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:,.2f}" if isinstance(value, Decimal) else f"{value:,}"
