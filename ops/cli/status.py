"""`shopnow status`: what runs, where, and with how much memory."""

import json as json_format
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table


def status(
    json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Show the state, ports and memory of every service, and the addresses to open.

    Also how many of the shop's events wait for Kafka, and what it has refused.
    """
    from ops.local_stack import lifecycle
    from ops.local_stack.status import links, stack_status

    settings = lifecycle.load_settings()
    current = stack_status(settings)
    if json:
        typer.echo(json_format.dumps(current, indent=2))
        return
    console = Console()
    table = Table("service", "state", "pid", "ports", "memory", box=None, pad_edge=False)
    for service in current["services"]:
        colour = "green" if service["state"] == "RUNNING" else "yellow"
        table.add_row(
            service["name"],
            f"[{colour}]{service['state'].lower()}[/]",
            str(service["pid"] or ""),
            " ".join(map(str, service["ports"])),
            f"{service['rss_mb']:,.0f} MiB" if service["pid"] else "",
        )
    console.print(table)
    total = sum(service["rss_mb"] for service in current["services"]) / 1024
    console.print(f"\nMemory in use by all of it, jobs on YARN included: {total:.1f} GiB")
    _print_outbox(current["outbox"], console)
    for name, (url, login) in links(settings).items():
        console.print(f"  {name:<10} {url}  [dim]{login}[/]", highlight=False)


def _print_outbox(outbox: dict[str, Any] | None, console: Console) -> None:
    """What waits for Kafka, and what it refused; nothing when the database does not answer."""
    if outbox is None:
        return
    age = outbox["oldest_waiting_s"]
    oldest = f", the oldest for {age:,.0f} s" if age is not None else ""
    console.print(f"Events waiting for Kafka: {outbox['waiting']:,}{oldest}", highlight=False)
    refused = outbox["oldest_refused"]
    if refused is not None:
        console.print(
            f"Events that Kafka refused: {outbox['refused']:,} (shopnow list-refused). The oldest:"
            f" seq {refused['seq']}, {refused['type']} of {refused['key']} for {refused['topic']}:"
            f" {refused['cause']}",
            style="red",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )
