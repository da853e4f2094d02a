"""Shows what is being started or stopped, and for how long already."""

import threading
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table

HEARTBEAT_S = 10.0


class Progress:
    """A line for each part as it gets ready, and below them, on a terminal, those at work.

    Where there is no terminal, a line every ten seconds says what is being waited for.
    """

    def __init__(self, console: Console, done_word: str) -> None:
        self._console = console
        self._done_word = done_word
        self._begun_at = time.monotonic()
        self._active: dict[str, float] = {}
        self._reasons: dict[str, str] = {}
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._live = Live(
            get_renderable=self._table,
            console=console,
            refresh_per_second=4,
            transient=True,
        )
        self._heart = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live.start()
        else:
            self._heart.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        if self._console.is_terminal:
            self._live.stop()

    def began(self, name: str) -> None:
        """A part is being worked on from now."""
        with self._lock:
            self._active[name] = time.monotonic()

    def waiting(self, name: str, reason: str) -> None:
        """It is not ready yet, because of `reason`."""
        with self._lock:
            self._reasons[name] = " ".join(reason.split())[:70]

    def finished(self, name: str) -> None:
        """It is ready."""
        self._end(name, "[green]✓[/]", self._done_word)

    def failed(self, name: str) -> None:
        """It will not be."""
        self._end(name, "[red]✗[/]", "failed")

    def _end(self, name: str, mark: str, word: str) -> None:
        with self._lock:
            took = time.monotonic() - self._active.pop(name)
            self._reasons.pop(name, None)
        total = time.monotonic() - self._begun_at
        self._console.print(
            f"  {mark} {name:<22} {word:<8} {took:5.1f} s   [dim]at {total:5.1f} s[/]",
            highlight=False,
        )

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 1))
        now = time.monotonic()
        with self._lock:
            for name, begun in self._active.items():
                reason = self._reasons.get(name, "")
                table.add_row(
                    Spinner("dots"), f"{name:<22}", f"{now - begun:4.0f} s", f"[dim]{reason}"
                )
        return table

    def _beat(self) -> None:
        while not self._stop.wait(HEARTBEAT_S):
            with self._lock:
                names = ", ".join(self._active)
            total = time.monotonic() - self._begun_at
            self._console.print(f"  … {total:.0f} s, at work: {names}", highlight=False)
