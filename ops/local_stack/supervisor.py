"""Talks to supervisord: its configuration file, its life, and its XML-RPC interface.

supervisord keeps the services alive; it does not start them, because it has no readiness checks:
`up` does that, in order.
"""

import hashlib
import http.client
import os
import subprocess
import tempfile
import time
import xmlrpc.client
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from supervisor.childutils import getRPCInterface
from supervisor.xmlrpc import Faults

from ops.local_stack.configuration import write_private
from ops.local_stack.errors import StackError
from ops.local_stack.layout import VENV_BIN, Layout

#: supervisord binds a temporary name, ten bytes longer, before the real one.
_MAX_SOCKET_BYTES = 96


@dataclass(frozen=True)
class Program:
    """One supervised process."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    #: What asks the program to end in an orderly way.
    stop_signal: str = "TERM"
    #: Seconds it may take to do so before it is killed.
    stop_wait_s: int = 20
    #: Whether its children get the signal too, or are its own to end.
    signal_group: bool = True


def _socket_path(layout: Layout) -> Path:
    """In the stack's folder, unless that is too deep for the 107 bytes that an address may have."""
    path = layout.run / "supervisor.sock"
    if len(os.fsencode(path)) <= _MAX_SOCKET_BYTES:
        return path
    digest = hashlib.sha256(os.fsencode(layout.home)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"shopnow-{digest}.sock"


class Supervisor:
    """The supervisord of one stack."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._config = layout.run / "supervisord.conf"
        self._socket = _socket_path(layout)
        self._pidfile = layout.run / "supervisord.pid"

    @contextmanager
    def _rpc(self) -> Iterator[Any]:
        # One proxy a call: its connection is not safe to share between threads.
        with getRPCInterface({"SUPERVISOR_SERVER_URL": f"unix://{self._socket}"}) as proxy:
            yield proxy.supervisor

    def is_running(self) -> bool:
        """Whether a supervisord answers on our socket, within Python's default socket timeout."""
        try:
            with self._rpc() as rpc:
                return bool(rpc.getState()["statename"] == "RUNNING")
        except (OSError, http.client.HTTPException):
            return False

    def pid(self) -> int:
        """The process id of the running supervisord."""
        with self._rpc() as rpc:
            return int(rpc.getPID())

    def ensure_running(self, programs: Iterable[Program], environment: Mapping[str, str]) -> None:
        """Start supervisord, or make the running one take over a changed configuration."""
        write_private(self._config, self._render(programs, environment))
        if self.is_running():
            self._reload()
            return
        # Left behind by one that was killed. Its own start refuses neither, but a pid that now
        # belongs to someone else must not be read as ours.
        self._socket.unlink(missing_ok=True)
        self._pidfile.unlink(missing_ok=True)
        result = subprocess.run(
            [str(VENV_BIN / "supervisord"), "-c", str(self._config)],
            env={**os.environ, **environment},
            cwd=self._layout.run,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        deadline = time.monotonic() + 15
        while result.returncode == 0 and time.monotonic() < deadline:
            if self.is_running():
                return
            time.sleep(0.05)
        log = self._layout.log("supervisord")
        raise StackError(f"supervisord did not start: {result.stderr.strip()} (log: {log})")

    def _reload(self) -> None:
        with self._rpc() as rpc:
            added, changed, removed = rpc.reloadConfig()[0]
            for name in [*changed, *removed]:
                rpc.stopProcessGroup(name)
                rpc.removeProcessGroup(name)
            for name in [*changed, *added]:
                rpc.addProcessGroup(name)

    def start(self, name: str) -> None:
        """Start a program that is not running; it may still be far from ready."""
        try:
            with self._rpc() as rpc:
                rpc.startProcess(name, False)
        except xmlrpc.client.Fault as fault:
            if fault.faultCode != Faults.ALREADY_STARTED:
                raise StackError(f"{name} did not start: {fault.faultString}") from fault

    def stop(self, name: str) -> None:
        """Stop a program and wait until it has ended."""
        try:
            with self._rpc() as rpc:
                rpc.stopProcess(name, True)
        except xmlrpc.client.Fault as fault:
            if fault.faultCode != Faults.NOT_RUNNING:
                raise StackError(f"{name} did not stop: {fault.faultString}") from fault

    def info(self, name: str) -> dict[str, Any]:
        """supervisord's record of a program: statename, pid, start, spawnerr, description…"""
        with self._rpc() as rpc:
            return dict(rpc.getProcessInfo(name))

    def all_info(self) -> dict[str, dict[str, Any]]:
        """The records of all programs by name; empty when supervisord does not run."""
        if not self.is_running():
            return {}
        with self._rpc() as rpc:
            return {entry["name"]: dict(entry) for entry in rpc.getAllProcessInfo()}

    def shutdown(self) -> None:
        """End supervisord itself. Its programs should have been stopped before."""
        with self._rpc() as rpc:
            rpc.shutdown()

    def _render(self, programs: Iterable[Program], environment: Mapping[str, str]) -> str:
        logs, run = self._layout.logs, self._layout.run
        sections = [
            "[unix_http_server]",
            f"file={self._socket}",
            "chmod=0600",
            "[supervisord]",
            f"logfile={logs / 'supervisord.log'}",
            "logfile_maxbytes=5MB",
            "logfile_backups=1",
            f"pidfile={self._pidfile}",
            f"childlogdir={run}",
            f"directory={run}",
            f"environment={_assignments(environment)}",
            "[rpcinterface:supervisor]",
            "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface",
        ]
        for program in programs:
            group = str(program.signal_group).lower()
            sections += [
                f"[program:{program.name}]",
                f"command={' '.join(_quoted(part) for part in program.command)}",
                f"environment={_assignments(program.environment)}",
                "autostart=false",
                "autorestart=true",
                # A service that exits immediately is restarted with backoff, then marked FATAL.
                "startsecs=2",
                "startretries=6",
                f"stopsignal={program.stop_signal}",
                f"stopwaitsecs={program.stop_wait_s}",
                f"stopasgroup={group}",
                "killasgroup=true",
                "redirect_stderr=true",
                f"stdout_logfile={logs / program.name}.log",
                "stdout_logfile_maxbytes=10MB",
                "stdout_logfile_backups=2",
            ]
        return "\n".join(sections).replace("%", "%%") + "\n"


def _quoted(part: str) -> str:
    # supervisord's files know no escapes, and take " ;" and " #" for comments even in quotes.
    if any(mark in part for mark in ("'", " ;", " #", "\n")):
        raise StackError(
            f"supervisord cannot be given a path or setting with a quote in it: {part}"
        )
    return f"'{part}'"


def _assignments(environment: Mapping[str, str]) -> str:
    return ",".join(f"{name}={_quoted(value)}" for name, value in sorted(environment.items()))
