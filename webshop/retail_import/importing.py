"""A run of the import: files checked, loaded batch by batch, and accounted for."""

import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import psycopg
import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from shopnow.settings import Settings, get_settings
from webshop.retail_import.invoices import Invoice, read_invoice
from webshop.retail_import.lines import LineKind
from webshop.retail_import.loader import (
    Connection,
    Tally,
    another_import_runs,
    load_batch,
    one_import_at_a_time,
)
from webshop.retail_import.reader import RetailFile, UnreadableFile, check_file

#: Lines in one transaction: enough for speed, few enough that a sale in the shop waits < 1 s.
BATCH_LINES = 2_000

#: Where nothing can be redrawn, as in a pipe.
_PRINT_EVERY_S = 5.0


def import_files(files: list[Path]) -> None:
    """Import the files and print what became of their rows.

    Raises typer.Exit: 2 for an unreadable file, 1 when PostgreSQL does not answer.
    """
    console = Console(highlight=False)
    try:
        checked = [check_file(path) for path in files]
    except UnreadableFile as error:
        typer.echo(f"{error} Nothing was imported.", err=True)
        raise typer.Exit(2) from error
    settings = get_settings()
    started = time.monotonic()
    try:
        with psycopg.connect(settings.shop_pg_dsn, connect_timeout=5) as connection:
            if another_import_runs(connection):
                console.print("Another import is running; waiting for it to end.")
            with one_import_at_a_time(connection):
                tally = _import_files(connection, checked, settings, console)
    except psycopg.Error as error:
        typer.echo(
            f"PostgreSQL: {str(error).strip()}\nEvery invoice was imported whole or not at all."
            " Start the stack (shopnow up) and run the same command again: it goes on from here.",
            err=True,
        )
        raise typer.Exit(1) from error
    _print_summary(console, tally, time.monotonic() - started)


def _import_files(
    connection: Connection, files: list[RetailFile], settings: Settings, console: Console
) -> Tally:
    tally = Tally()
    printed = time.monotonic()
    with _progress(console) as progress:
        for file in files:
            task = progress.add_task(file.path.name, total=file.rows)
            for batch in _batches(file, settings.timezone):
                done = load_batch(connection, batch, settings.currency)
                tally += done
                progress.advance(task, done.rows)
                if not console.is_interactive and time.monotonic() - printed > _PRINT_EVERY_S:
                    console.print(progress)
                    printed = time.monotonic()
    return tally


def _batches(file: RetailFile, timezone: str) -> Iterator[list[Invoice]]:
    batch: list[Invoice] = []
    lines = 0
    for rows in file.invoices():
        batch.append(read_invoice(rows, timezone))
        lines += len(rows)
        if lines >= BATCH_LINES:
            yield batch
            batch, lines = [], 0
    if batch:
        yield batch


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("lines"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
    )


def _print_summary(console: Console, tally: Tally, seconds: float) -> None:
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_row("rows read", f"{tally.rows:,}")
    for label, count in _parts(tally):
        table.add_row(label, f"{count:,}")
    console.print(table)
    console.print(
        f"{tally.orders:,} orders and {tally.refunds:,} refunds written, {tally.events:,} events;"
        f" {seconds:.1f} s, {tally.rows / max(seconds, 0.001):,.0f} lines/s"
    )


def _parts(tally: Tally) -> Iterable[tuple[str, int]]:
    yield "= order lines", tally.lines[LineKind.ORDER]
    yield "+ refund lines", tally.lines[LineKind.REFUND]
    yield "+ adjustments", tally.lines[LineKind.ADJUSTMENT]
    yield "+ rejected", tally.rejected.total()
    for reason, count in sorted(tally.rejected.items()):
        yield f"    {reason.value}", count
    yield "+ already imported", tally.already_imported
