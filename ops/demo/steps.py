"""One step after another, each with a heading, its progress and its time."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from rich.console import Console
from rich.rule import Rule

from ops.terminal.progress import waiting


class StepFailed(RuntimeError):
    """A step did not succeed; the message says which and what to look at."""


class Steps:
    """Numbers the steps and keeps their times."""

    def __init__(self, console: Console, count: int) -> None:
        self.console = console
        self._count = count
        self._begun = time.monotonic()
        self.seconds: dict[str, float] = {}

    @property
    def elapsed(self) -> float:
        """Seconds since the first step."""
        return time.monotonic() - self._begun

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """A step: its heading before, its time after. An error passes through."""
        number = len(self.seconds) + 1
        heading = f"{number}/{self._count}  {title}"
        self.console.print()
        self.console.print(Rule(heading, align="left", style="cyan"))
        begun = time.monotonic()
        yield
        took = self.seconds[title] = time.monotonic() - begun
        self.console.print(f"[green]✓[/] {title}: {took:.0f} s, {self.elapsed:.0f} s in all")

    def waiting(self, what: str) -> AbstractContextManager[object]:
        """Show that something is waited for, and for how long already."""
        return waiting(self.console, what)


def shopnow(*arguments: str) -> None:
    """Run `shopnow …` with its output on this terminal. Raises `StepFailed`."""
    program = Path(sys.executable).with_name("shopnow")
    done = subprocess.run([str(program), *arguments], check=False)
    if done.returncode != 0:
        raise StepFailed(f"shopnow {' '.join(arguments)} ended with {done.returncode}.")
