"""What is at work and for how long already: live on a terminal, plain lines in a pipe."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn
from rich.table import Column

#: Between two lines in a pipe.
HEARTBEAT_S = 10.0
_REDRAWN_PER_SECOND = 4.0


class AtWork:
    """The tasks at work, shown while the context lasts; several threads may share it.

    On a terminal they stand below everything that is printed. Elsewhere, as in the log of a CI
    run, a line every ten seconds names them.
    """

    def __init__(self, console: Console) -> None:
        self.console = console
        self._tasks = Progress(
            SpinnerColumn(),
            TextColumn("{task.description:<22}", markup=False),
            TextColumn("{task.elapsed:4.0f} s"),
            # Where the terminal is narrow, the note alone is cut.
            TextColumn(
                "{task.fields[note]}",
                style="dim",
                markup=False,
                table_column=Column(ratio=1, no_wrap=True, overflow="ellipsis"),
            ),
            console=console,
            expand=True,
        )
        self._ids: dict[str, TaskID] = {}
        self._live = _Live(self._tasks)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._live.stop()

    def began(self, name: str) -> None:
        """A task is at work from now."""
        self._ids[name] = self._tasks.add_task(name, total=None, note="")

    def waiting(self, name: str, reason: str) -> None:
        """It has not ended yet, because of `reason`."""
        self._tasks.update(self._ids[name], note=" ".join(reason.split())[:70])

    def ended(self, name: str) -> float:
        """It is not at work any more; return the seconds that it took."""
        task_id = self._ids.pop(name)
        took = next(task.elapsed for task in self._tasks.tasks if task.id == task_id)
        self._tasks.remove_task(task_id)
        return took or 0.0


@contextmanager
def waiting(console: Console, what: str) -> Iterator[AtWork]:
    """Show that one thing is waited for, and for how long already."""
    with AtWork(console) as at_work:
        at_work.began(what)
        yield at_work


class _Live(Live):
    """Rich draws nothing where nothing can be redrawn; this prints a line there instead."""

    def __init__(self, tasks: Progress) -> None:
        self._tasks = tasks
        self._begun_at = time.monotonic()
        redrawn = tasks.console.is_interactive
        super().__init__(
            tasks,
            console=tasks.console,
            refresh_per_second=_REDRAWN_PER_SECOND if redrawn else 1 / HEARTBEAT_S,
            transient=True,
        )

    def refresh(self) -> None:
        if self.console.is_interactive:
            super().refresh()
        elif self.is_started:
            names = [
                f"{task.description} ({note})"
                if (note := task.fields["note"])
                else task.description
                for task in self._tasks.tasks
            ]
            if names:
                seconds = time.monotonic() - self._begun_at
                line = f"  … {seconds:.0f} s: {', '.join(names)}"
                self.console.print(line, highlight=False, markup=False, soft_wrap=True)
