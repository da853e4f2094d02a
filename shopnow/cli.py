"""The command `shopnow`.

A subcommand of this package is a function in shopnow/commands/, listed here. Other packages add
theirs through the entry-point group `shopnow.commands` in pyproject.toml; what they import should
wait until the function runs, for every call of `shopnow` loads their modules.
"""

import sys
from importlib.metadata import entry_points

import typer
from rich.console import Console

from shopnow.commands.demo import demo
from shopnow.commands.doctor import doctor
from shopnow.commands.down import down
from shopnow.commands.kpis import kpis
from shopnow.commands.logs import logs
from shopnow.commands.reconcile import reconcile
from shopnow.commands.run import run
from shopnow.commands.status import status
from shopnow.commands.up import up

app = typer.Typer(
    name="shopnow",
    help="ShopNow+: an online shop and the data platform behind it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for command in (up, down, status, logs, doctor, demo, run, kpis, reconcile):
    app.command()(command)
for entry_point in sorted(entry_points(group="shopnow.commands"), key=lambda point: point.name):
    app.command(entry_point.name)(entry_point.load())


def main() -> None:
    """Run the command line; an error that a person can act on is shown as its message alone."""
    from shopnow.settings import SettingsError
    from shopnow.stack.errors import StackError

    try:
        app()
    except (SettingsError, StackError) as error:
        console = Console(stderr=True, highlight=False, soft_wrap=True)
        console.print(f"error: {error}", style="red", markup=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
