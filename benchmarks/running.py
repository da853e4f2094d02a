"""Finds the running stack to measure."""

import signal
import socket
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NoReturn

from ops.local_stack.layout import Layout
from ops.local_stack.services import SERVICES
from ops.local_stack.supervisor import Supervisor
from shopnow.settings import Settings, get_settings


class StackNotRunning(RuntimeError):
    """The stack, or a part of it that is needed, does not run; the message says what to do."""


def supervisor_of(settings: Settings) -> Supervisor:
    """The supervisor of the settings' stack."""
    return Supervisor(Layout(settings.home))


def running_settings(*services: str) -> Settings:
    """The settings of the stack that runs in SHOPNOW_HOME. Raises StackNotRunning if a service does
    not.
    """
    settings = get_settings()
    known = supervisor_of(settings).all_info()
    missing = [name for name in services if not known.get(name, {}).get("pid")]
    if missing:
        raise StackNotRunning(
            f"The stack in {settings.home} is not up (not running: {', '.join(missing)}). "
            "Start it with `shopnow up --only shop,relay,payment-gateway`, "
            "or set SHOPNOW_HOME to one that runs."
        )
    for name in services:
        reason = not_ready(settings, name)
        if reason is not None:
            raise StackNotRunning(
                f"{name} of the stack in {settings.home} does not serve: {reason}"
            )
    return settings


def not_ready(settings: Settings, service: str) -> str | None:
    """Why a service does not serve, None if it does."""
    info = supervisor_of(settings).all_info().get(service, {})
    if info.get("statename") != "RUNNING":
        return str(info.get("statename", "there is no supervisor"))
    probe = SERVICES[service].probe
    if probe is None:
        return None
    try:
        probe(settings, datetime.fromtimestamp(int(info["start"]), UTC))
    except Exception as error:  # noqa: BLE001 - whatever a probe raises says why not
        return str(error) or type(error).__name__
    return None


def free_port(host: str) -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def command(measure: Callable[[], int]) -> NoReturn:
    """Run a bench as a command; a stack that is not up is a message and status 1."""
    # Restore what a benchmark has changed when it is terminated.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(measure())
    except StackNotRunning as error:
        sys.exit(f"error: {error}")
