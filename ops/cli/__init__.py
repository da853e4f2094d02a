"""The command `shopnow`.

A subcommand of this package is a function in its own file, listed here. Other packages add
theirs through the entry-point group `shopnow.commands` in pyproject.toml; what they import should
wait until the function runs, for every call of `shopnow` loads their modules.
"""

import socket
import sys
from importlib.metadata import entry_points

import typer
from rich.console import Console

from ops.cli.demo import demo
from ops.cli.doctor import doctor
from ops.cli.down import down
from ops.cli.kpis import kpis
from ops.cli.logs import logs
from ops.cli.reconcile import reconcile
from ops.cli.run import run
from ops.cli.status import status
from ops.cli.up import up

app = typer.Typer(
    name="shopnow",
    help="ShopNow+: an online shop and the data platform behind it.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
)
for command in (up, down, status, logs, doctor, demo, run, kpis, reconcile):
    app.command()(command)
for entry_point in sorted(entry_points(group="shopnow.commands"), key=lambda point: point.name):
    app.command(entry_point.name)(entry_point.load())


#: A server that hangs is taken for one that is down. Stopping a service may take a minute.
_SOCKET_TIMEOUT_S = 120.0


def main() -> None:
    """Run the command line; an error that a person can act on is shown as its message alone."""
    from ops.local_stack.errors import StackError
    from shopnow.settings import SettingsError

    socket.setdefaulttimeout(_SOCKET_TIMEOUT_S)
    try:
        app()
    except (SettingsError, StackError) as error:
        console = Console(stderr=True, highlight=False, soft_wrap=True)
        console.print(f"error: {error}", style="red", markup=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
