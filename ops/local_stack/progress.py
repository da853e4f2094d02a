"""Shows what is being started or stopped, and what has been."""

import time

from rich.console import Console

from ops.terminal.progress import AtWork


class Progress(AtWork):
    """A line for each part as it gets ready, and below them those at work."""

    def __init__(self, console: Console, done_word: str) -> None:
        super().__init__(console)
        self._done_word = done_word
        self._begun_at = time.monotonic()

    def finished(self, name: str) -> None:
        """It is ready."""
        self._end(name, "[green]✓[/]", self._done_word)

    def failed(self, name: str) -> None:
        """It will not be."""
        self._end(name, "[red]✗[/]", "failed")

    def _end(self, name: str, mark: str, word: str) -> None:
        took = self.ended(name)
        total = time.monotonic() - self._begun_at
        self.console.print(
            f"  {mark} {name:<22} {word:<8} {took:5.1f} s   [dim]at {total:5.1f} s[/]",
            highlight=False,
        )
