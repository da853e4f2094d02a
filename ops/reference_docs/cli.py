"""docs/generated/cli.md: every command, from the help texts of the command line."""

from collections.abc import Iterator
from typing import Any

import typer

from ops.cli import app
from ops.reference_docs.markdown import anchor, generated, table

_INTRO = """The program is `.venv/bin/shopnow` after `make setup`; `shopnow COMMAND --help` says the
same. Every command works on the stack of `SHOPNOW_HOME`.
"""


def cli_page() -> str:
    """The page as Markdown."""
    group: Any = typer.main.get_command(app)
    commands: dict[str, Any] = group.commands
    parts = [
        generated("Command line", "the command line's help texts", _INTRO),
        table(
            ["Command", "What it does"],
            (
                [f"[`{name}`]({anchor(f'shopnow {name}')})", command.help.split("\n\n")[0]]
                for name, command in commands.items()
            ),
        ),
        *(_section(name, command) for name, command in commands.items()),
    ]
    return "\n".join(parts)


def _section(name: str, command: Any) -> str:
    """One command: its help, its arguments and options."""
    arguments = [_argument(param) for param in command.params if not param.opts[0].startswith("-")]
    usage = " ".join(["shopnow", name, *arguments])
    text = f"## shopnow {name}\n\n    {usage}\n\n{command.help}\n"
    rows = list(_rows(command))
    return f"{text}\n{table(['Argument', 'Default', 'Meaning'], rows)}" if rows else text


def _argument(param: Any) -> str:
    name = (param.metavar or param.name).upper().rstrip("….")
    return f"{name}…" if param.nargs == -1 else name


def _rows(command: Any) -> Iterator[list[str]]:
    for param in command.params:
        is_option = param.opts[0].startswith("-")
        name = ", ".join(param.opts) if is_option else _argument(param)
        default = "" if param.default in (None, False, "", ()) else f"`{_plain(param.default)}`"
        yield [f"`{name}`", "required" if param.required else default, param.help or ""]


def _plain(value: Any) -> str:
    return str(getattr(value, "value", value))
