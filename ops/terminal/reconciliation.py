"""The verdict of a reconciliation on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from reporting.reconciliation.comparison import Reconciliation


def print_reconciliation(found: Reconciliation, console: Console) -> None:
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
