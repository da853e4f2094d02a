"""`shopnow up`: start the embedded stack."""

import time
from typing import Annotated

import typer
from rich.console import Console


def up(
    only: Annotated[
        str,
        typer.Option(
            help="Services to start, with all that they need, separated by commas. Default: all."
        ),
    ] = "",
) -> None:
    """Start the stack, or what is missing of it, and wait until everything is ready."""
    from ops.local_stack import lifecycle
    from ops.local_stack.errors import StackError
    from ops.local_stack.progress import Progress
    from ops.local_stack.services import SERVICES
    from ops.local_stack.status import links

    names = tuple(name.strip() for name in only.split(",") if name.strip())
    unknown = [name for name in names if name not in SERVICES]
    if unknown:
        raise StackError(
            f"There is no service {', '.join(unknown)}. The services are: {', '.join(SERVICES)}."
        )
    console = Console()
    begun = time.monotonic()
    settings = lifecycle.load_settings()
    console.print(f"Starting ShopNow+ in {settings.home}", highlight=False)
    with Progress(console, "ready") as progress:
        lifecycle.up(settings, names, progress)
    console.print(f"Ready after {time.monotonic() - begun:.0f} s.", highlight=False)
    if not names:
        for name, (url, login) in links(settings).items():
            console.print(f"  {name:<10} {url}  [dim]{login}[/]", highlight=False)
