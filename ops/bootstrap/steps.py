"""Runs the steps of the setup: side by side, with progress, and only those that are not done.

Standard library only and readable by Python 3.8, like bootstrap.py.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO, NamedTuple

HEARTBEAT_S = 5.0


class Command(NamedTuple):
    """A command line, the folder to run it in, and what to add to the environment."""

    arguments: list[str]
    folder: Path
    environment: Mapping[str, str] = MappingProxyType({})


class Failure(Exception):
    """A step failed; the message shows the end of its log."""


def digest(paths: Iterable[Path], *extra: str) -> str:
    """A hash over the content of files, the names of these, and other inputs of a step."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
    for text in extra:
        total.update(text.encode() + b"\0")
    return total.hexdigest()


class Runner:
    """Runs commands; several threads may use one runner at the same time."""

    def __init__(self, state: Path) -> None:
        self._stamps = state / "stamps"
        self._logs = state / "logs"
        self._stamps.mkdir(parents=True, exist_ok=True)
        self._logs.mkdir(parents=True, exist_ok=True)
        self._begun_at = time.monotonic()
        self._active: dict[str, float] = {}
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._terminal = sys.stdout.isatty()
        threading.Thread(target=self._beat, daemon=True).start()

    def done(self, step: str, inputs: str) -> bool:
        """Whether the step has succeeded with exactly these inputs."""
        stamp = self._stamps / step
        return stamp.exists() and stamp.read_text() == inputs

    def finish(self, step: str, inputs: str) -> None:
        """Note that it has."""
        (self._stamps / step).write_text(inputs)

    def run(self, title: str, *commands: Command) -> None:
        """Run commands one after the other and show one line for all; raise Failure."""
        log = self._logs / (title.split(":")[0].replace(" ", "-").lower() + ".log")
        begun = time.monotonic()
        with self._lock:
            self._active[title] = begun
        self._print_line(f"  … {title}")
        try:
            with log.open("wb") as output:
                for command in commands:
                    self._execute(command, output, log)
        finally:
            with self._lock:
                del self._active[title]
        self._print_line(f"  ✓ {title} ({time.monotonic() - begun:.0f} s)")

    def _execute(self, command: Command, output: IO[bytes], log: Path) -> None:
        if self._stopped.is_set():
            raise Failure("stopped")
        process = subprocess.Popen(
            command.arguments,
            cwd=str(command.folder),
            env={**os.environ, **command.environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # so that it can be killed as a group
        )
        with self._lock:
            self._processes.add(process)
        code = process.wait()
        with self._lock:
            self._processes.discard(process)
        if code != 0 and not self._stopped.is_set():
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-25:])
            raise Failure(
                f"{' '.join(command.arguments)} exited with {code}:\n{tail}\n(log: {log})"
            )
        if code != 0:
            raise Failure("stopped")

    def stop(self) -> None:
        """Kill every command. Nothing of them is stamped, so the next setup repeats it."""
        self._stopped.set()
        with self._lock:
            running = list(self._processes)
        for process in running:
            try:
                os.killpg(process.pid, signal.SIGTERM)
            except ProcessLookupError:
                continue

    def _print_line(self, line: str) -> None:
        with self._lock:
            if self._terminal:
                sys.stdout.write("\r\033[K")
            print(line, flush=True)

    def _beat(self) -> None:
        pause = 0.5 if self._terminal else HEARTBEAT_S
        while not self._stopped.wait(pause):
            now = time.monotonic()
            with self._lock:
                parts = [f"{title} {now - begun:.0f} s" for title, begun in self._active.items()]
                if not parts:
                    continue
                line = f"  [{now - self._begun_at:.0f} s] at work: " + "; ".join(parts)
                if self._terminal:
                    columns = os.get_terminal_size().columns
                    sys.stdout.write("\r\033[K" + line[: columns - 1])
                    sys.stdout.flush()
                else:
                    print(line, flush=True)
