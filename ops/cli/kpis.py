"""`shopnow kpis`: the indicators of a range of business days."""

import csv
import json
import sys
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from ops.terminal.kpi_table import kpi_table
from shopnow.kpis import KPIS
from shopnow.settings import get_settings

if TYPE_CHECKING:
    from shopnow.database.daily_kpis import DailyKpis, Value


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


def _write_csv(days: "list[DailyKpis]") -> None:
    writer = csv.DictWriter(sys.stdout, ["day", *KPIS], lineterminator="\n")
    writer.writeheader()
    writer.writerows(as_json(day) for day in days)


def _plain(value: "Value") -> str | int | None:
    return f"{value:f}" if isinstance(value, Decimal) else value
