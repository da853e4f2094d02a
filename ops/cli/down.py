"""`shopnow down`: stop the embedded stack."""

import time

from rich.console import Console


def down() -> None:
    """Stop every process of the stack; all data stays."""
    from ops.local_stack import lifecycle
    from ops.local_stack.progress import Progress

    console = Console()
    begun = time.monotonic()
    settings = lifecycle.load_settings()
    console.print(f"Stopping ShopNow+ in {settings.home}", highlight=False)
    with Progress(console, "stopped") as progress:
        stray = lifecycle.down(settings, progress)
    if stray:
        console.print(f"  Ended as well, outside the supervisor: {stray} process(es).")
    console.print(
        f"Stopped after {time.monotonic() - begun:.0f} s; no process is left, the data is kept.",
        highlight=False,
    )
