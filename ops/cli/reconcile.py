"""`shopnow reconcile`: is every event and every cent where it should be?"""

import json as json_format
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from ops.progress import waiting

if TYPE_CHECKING:
    from reporting.reconciliation.comparison import Reconciliation


def reconcile(
    json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Compare Kafka, lake and shop: messages per topic, orders and net sales to the cent.

    Exits with 1 on any difference. What is only on its way (not yet published, landed, curated or
    computed) is shown apart and is no difference.
    """
    import psycopg
    from confluent_kafka import KafkaException

    from ops.local_stack.spark import run_on_this_machine
    from reporting import reconciliation
    from reporting.reconciliation.lake_counts import CountFailed
    from reporting.reconciliation.run import StillMoving
    from shopnow.settings import get_settings

    try:
        with waiting(Console(stderr=True), "Counting Kafka, lake and shop"):
            found = reconciliation.reconcile(get_settings(), run_on_this_machine)
    except (CountFailed, StillMoving, KafkaException, psycopg.Error) as error:
        typer.echo(f"Could not reconcile: {error}\nIs the stack up? shopnow status", err=True)
        raise typer.Exit(2) from error
    if json:
        typer.echo(json_format.dumps(found.as_json(), indent=2))
    else:
        print_reconciliation(found, Console(highlight=False))
    raise typer.Exit(0 if found.ok else 1)


def print_reconciliation(found: "Reconciliation", console: Console) -> None:
    """The verdict as tables; reads the same without colours."""
    table = Table("topic", box=None, pad_edge=False)
    for column in ("Kafka", "raw", "curated", "quarantined", "duplicates", "pending"):
        table.add_column(column, justify="right")
    for topic in found.topics:
        pending = topic.to_publish + topic.to_land + topic.to_curate
        counts = (topic.kafka, topic.raw, topic.curated, topic.quarantined, topic.duplicates)
        table.add_row(topic.topic, *(f"{count:,}" for count in (*counts, pending)))
    console.print(table)
    totals = Table("", box=None, pad_edge=False)
    for column in ("shop", "marts", "pending"):
        totals.add_column(column, justify="right")
    totals.add_row(
        "orders",
        *(f"{count:,}" for count in (*found.orders, found.pending["orders_to_compute"])),
    )
    totals.add_row(
        "net sales",
        *(f"{amount:,.4f}" for amount in found.net_sales),
        found.pending["net_sales_to_compute"],
    )
    console.print(totals)
    for difference in found.differences:
        console.print(f"✗ {difference}", style="red", markup=False)
    if found.ok:
        waiting = any(
            found.pending[stage]
            for stage in ("events_to_publish", "events_to_land", "events_to_curate")
        )
        rest = " What is pending is on its way: shopnow run ingest_events" if waiting else ""
        console.print(f"✓ No difference.{rest}", style="green", markup=False)
    else:
        console.print(f"✗ {len(found.differences)} differences.", style="red", markup=False)
