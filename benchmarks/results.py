"""What a bench prints: a table for people, JSON for machines."""

import json
from collections.abc import Sequence
from statistics import median, quantiles
from typing import Any

from rich.console import Console
from rich.table import Table


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table whose first column is text and the rest figures."""
    table = Table(title=title, title_justify="left", title_style="bold")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def print_line(text: str) -> None:
    """Print a line below a table."""
    Console().print(text, highlight=False, markup=False)


def print_json(result: Any) -> None:
    """The result and nothing else."""
    print(json.dumps(result, indent=2, ensure_ascii=False))


def median_ratio(over: Sequence[float], under: Sequence[float]) -> float:
    """Median of over/under, each pair from one round: what slows a round slows both."""
    return median(a / b for a, b in zip(over, under, strict=True))


def percentile_ms(seconds: Sequence[float], percent: int) -> float:
    """A percentile of durations, in milliseconds."""
    return quantiles(seconds, n=100, method="inclusive")[percent - 1] * 1000
