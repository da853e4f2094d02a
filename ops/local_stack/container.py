"""One node of the stack in a container: what `up` does for all services on a laptop, for one.

    python -m ops.local_stack.container serve NAME   render the configuration, become the server
    python -m ops.local_stack.container probe NAME   exit 0 when the service does its work
    python -m ops.local_stack.container setup        databases, topics, folders: every one-off task
    python -m ops.local_stack.container secrets      print generated secrets, as an .env file

All settings come from the environment: docker-compose.yaml says which node has which.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import psutil

from ops.local_stack.configuration import process_environment, render_all, write_private
from ops.local_stack.errors import StackError
from ops.local_stack.layout import Layout
from ops.local_stack.services import NODES, SERVICES, Task
from shopnow.settings import (
    SECRET_NAMES,
    Settings,
    ensure_settings_file,
    get_settings,
    settings_file,
)


def prepare_node(settings: Settings) -> None:
    """Make the folders, the settings file and the configuration of this node."""
    Layout(settings.home).create()
    # A Spark driver in a YARN container starts with a clean environment: like every process of
    # the platform it reads the secrets, if this node was given any, from the settings file.
    given = {name: getattr(settings, name) for name in SECRET_NAMES}
    lines = [f"SHOPNOW_{name.upper()}={value}\n" for name, value in given.items() if value]
    write_private(settings_file(settings.home), "".join(lines))
    render_all(settings)


def serve(name: str) -> None:
    """Become the server of a service; does not return. Raises StackError when it cannot start."""
    settings, service = get_settings(), SERVICES[name]
    prepare_node(settings)
    if service.prepare is not None:
        service.prepare(settings)
    command = service.command(settings)
    surroundings = process_environment(settings) | dict(service.environment(settings))
    os.chdir(Layout(settings.home).run)
    os.execve(command[0], command, {**os.environ, **surroundings})  # noqa: S606 - no shell


def probe(name: str) -> None:
    """Return if the service is ready, else raise the reason."""
    check = SERVICES[name].probe
    if check is None:
        raise StackError(f"{name} has no address to probe; its container runs or does not")
    check(get_settings(), datetime.fromtimestamp(psutil.Process(1).create_time(), UTC))


def setup() -> None:
    """Run every task of the stack, each after those it depends on; safe to repeat."""
    settings = get_settings()
    prepare_node(settings)
    for node in NODES:
        if isinstance(node, Task):
            print(node.name, flush=True)
            node.run(settings)


def secrets() -> None:
    """Print a settings file with generated secrets."""
    with tempfile.TemporaryDirectory() as folder:
        print(ensure_settings_file(Path(folder)).read_text(), end="")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit 1 with one message when a node cannot start or a probe finds it not working."""
    parser = argparse.ArgumentParser(prog="python -m ops.local_stack.container")
    actions = parser.add_subparsers(dest="action", required=True)
    for action in ("serve", "probe"):
        actions.add_parser(action).add_argument("name", choices=list(SERVICES))
    actions.add_parser("setup")
    actions.add_parser("secrets")
    options = parser.parse_args(arguments)
    try:
        match options.action:
            case "serve":
                serve(options.name)
            case "probe":
                probe(options.name)
            case "setup":
                setup()
            case _:
                secrets()
    except Exception as error:
        if options.action != "probe":
            raise
        # Docker keeps this line: a traceback every few seconds would bury what is wrong.
        print(f"{options.name}: {str(error) or type(error).__name__}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
