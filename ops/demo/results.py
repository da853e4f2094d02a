"""The page at the end of the demonstration; it reads the same without colours."""

from __future__ import annotations

from decimal import Decimal

from rich.console import Console
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from ops.demo.scenario import Results, alert_text
from ops.local_stack.status import links, stack_status
from ops.terminal.kpi_table import kpi_table, readable
from ops.terminal.reconciliation import print_reconciliation
from shopnow.database.daily_kpis import DailyKpis, Value
from shopnow.kpis import KPIS

#: What fits beside a day on 80 columns; `shopnow kpis` has the rest.
_COLUMNS = ("gross_sales", "returns", "net_sales", "orders", "units", "average_order_value")


def print_results(results: Results, console: Console) -> None:
    """KPIs, reconciliation, alert, e-mail, addresses, time and memory."""
    settings = results.settings
    _heading(console, f"Indicators, {settings.currency}")
    console.print(_kpi_table(results))
    _heading(console, "Reconciliation")
    print_reconciliation(results.reconciliation, console)
    _heading(console, "A stock alert")
    console.print(alert_text(results.alert), markup=False)
    _heading(console, "The e-mail to the managers")
    console.print(Panel(Text(results.report_text.strip()), expand=False))
    console.print(f"as HTML: {results.report_path}", soft_wrap=True)
    _heading(console, "Look around")
    for name, (url, login) in links(settings).items():
        console.print(f"  {name:<10} {url}  {login}", soft_wrap=True)
    _heading(console, "Time and memory")
    for title, seconds in results.seconds.items():
        console.print(f"  {seconds:6.0f} s  {title}")
    memory = sum(service["rss_mb"] for service in stack_status(settings)["services"]) / 1024
    console.print(f"  {results.total_s:6.0f} s  in all; the stack holds {memory:.1f} GiB")
    console.print()
    console.print(
        "The stack goes on running. Stop it, keeping all data: [bold]make down[/]"
        " (or shopnow down); go on: [bold]make up[/]."
    )


def _heading(console: Console, text: str) -> None:
    console.print()
    console.print(Rule(text, align="left", style="cyan"))


def _kpi_table(results: Results) -> Table:
    """The month day by day and as a whole, and below it today."""
    month, settings = results.month, results.settings
    table = kpi_table(month, settings.language, settings.currency, _COLUMNS)
    if month:
        table.add_section()
        table.add_row(month[0].day.strftime("%Y-%m"), *_total(month), style="bold")
    if results.today is not None:
        figures = results.today.values
        table.add_row(results.today.day.isoformat(), *(readable(figures[kpi]) for kpi in _COLUMNS))
    return table


def _total(month: list[DailyKpis]) -> list[str]:
    """The month: sums, and the average order from them, never a mean of means."""
    sums = {
        kpi.id: sum((Decimal(day.values[kpi.id] or 0) for day in month), Decimal(0))
        for kpi in KPIS.values()
        if kpi.additive
    }
    orders = sums["orders"]
    average = (sums["gross_sales"] - sums["discounts"]) / orders if orders else None
    values: dict[str, Value] = {**sums, "average_order_value": average}
    return [
        readable(int(sums[kpi]) if KPIS[kpi].unit == "count" else values[kpi]) for kpi in _COLUMNS
    ]
