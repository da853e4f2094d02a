"""`shopnow status`: what runs, where, and with how much memory."""

import json as json_format
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table


def status(
    json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Show the state, ports and memory of every service, and the addresses to open."""
    from shopnow.stack import lifecycle
    from shopnow.stack.status import links, stack_status

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
    for name, (url, login) in links(settings).items():
        console.print(f"  {name:<10} {url}  [dim]{login}[/]", highlight=False)
