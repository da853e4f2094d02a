"""Captures the SQL of an operation of the shop."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, event


@dataclass(frozen=True)
class Statement:
    """One statement as psycopg was given it; `parameters` has one set an execution.

    `row` is the answer as text, if it was a single row.
    """

    sql: str
    parameters: tuple[dict[str, Any], ...]
    row: dict[str, str | None] = field(default_factory=dict)


Transaction = tuple[Statement, ...]


class Recorder:
    """Collects the committed transactions of an engine in the order of their commits.

    For one thread at a time: concurrent work would be mixed up.
    """

    def __init__(self) -> None:
        self._open: list[Statement] = []
        self._committed: list[Transaction] = []

    def take(self) -> tuple[Transaction, ...]:
        """What was committed since the last call."""
        taken, self._committed = tuple(self._committed), []
        return taken

    def begin(self, _connection: Connection) -> None:
        self._open = []

    def commit(self, _connection: Connection) -> None:
        if self._open:
            self._committed.append(tuple(self._open))
        self._open = []

    def executed(
        self,
        _connection: Connection,
        cursor: Any,
        statement: str,
        parameters: Any,
        _context: Any,
        executemany: bool,
    ) -> None:
        sets = parameters if executemany else [parameters]
        self._open.append(
            Statement(statement, tuple(dict(each or {}) for each in sets), _single_row(cursor))
        )


def _single_row(cursor: Any) -> dict[str, str | None]:
    # Not by a fetch: the rows are the shop's.
    result = cursor.pgresult
    if result is None or result.ntuples != 1:
        return {}
    values = (result.get_value(0, column) for column in range(result.nfields))
    return {
        result.fname(column).decode(): None if value is None else value.decode()
        for column, value in enumerate(values)
    }


@contextmanager
def recording(engine: Engine) -> Iterator[Recorder]:
    """Record what is committed through this engine."""
    recorder = Recorder()
    listeners: dict[str, Callable[..., None]] = {
        "begin": recorder.begin,
        "commit": recorder.commit,
        "after_cursor_execute": recorder.executed,
    }
    for name, listener in listeners.items():
        event.listen(engine, name, listener)
    try:
        yield recorder
    finally:
        for name, listener in listeners.items():
            event.remove(engine, name, listener)
