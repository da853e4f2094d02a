"""`shopnow logs`: read or follow the log of a service."""

import os
from typing import Annotated

import typer


def logs(
    name: Annotated[str, typer.Argument(help="A service as `shopnow status` names it.")],
    lines: Annotated[int, typer.Option("--lines", "-n", help="How many lines to show.")] = 50,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Keep showing new lines.")] = False,
) -> None:
    """Show the end of a service's log."""
    from ops.local_stack.errors import StackError
    from ops.local_stack.layout import Layout
    from shopnow.settings import home_from_environment

    layout = Layout(home_from_environment())
    path = layout.log(name)
    if not path.is_file():
        known = ", ".join(sorted(log.stem for log in layout.logs.glob("*.log"))) or "none yet"
        raise StackError(f"There is no log of {name!r} in {layout.logs}. There are: {known}.")
    arguments = ["tail", "-n", str(lines), *(["-F"] if follow else []), str(path)]
    os.execvp(arguments[0], arguments)  # noqa: S606 - no shell
