"""The indicator tables in PostgreSQL (schema kpi): what is loaded, and up to where, as one thing.

The rows of the dirty days and the progress are replaced in one transaction. So the progress is the
only start point of `compute_marts`, and a run that dies leaves the old figures with the old one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import psycopg
from psycopg import sql

from shopnow.kpis import definitions_digest
from spark_jobs.lakehouse.session import JobError

PROGRESS = "marts"
#: Any number that nothing else in this database locks with.
LOCK = 0x5A0E_4A57


@contextmanager
def kpi_connection(dsn: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection that holds the lock of the computation until it is closed.

    Raises `JobError` if another computation holds it.
    """
    with psycopg.connect(dsn, connect_timeout=10, autocommit=True) as connection:
        held = connection.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,)).fetchone()
        if held is None or not held[0]:
            raise JobError("another compute_marts is at work; this one has changed nothing")
        yield connection


def computed_snapshot(connection: psycopg.Connection[Any]) -> int | None:
    """The curated snapshot that the tables include; None before the first load.

    None too if the KPIs were defined otherwise when the tables were loaded.
    """
    row = connection.execute(
        "SELECT curated_snapshot_id FROM kpi.load_progress WHERE name = %s AND definitions = %s",
        (PROGRESS, definitions_digest()),
    ).fetchone()
    return row[0] if row else None


def replace_days(
    connection: psycopg.Connection[Any],
    days: Sequence[date] | None,
    tables: Mapping[str, tuple[Sequence[str], Iterable[Sequence[Any]]]],
    snapshot_id: int,
) -> dict[str, int]:
    """Replace the rows of the given days (None: all) and move the progress; rows by table.

    `tables` is, by table name in schema kpi, its columns and its new rows.
    """
    counts = {}
    with connection.transaction(), connection.cursor() as cursor:
        for name, (columns, rows) in tables.items():
            table = sql.Identifier("kpi", name)
            if days is None:
                cursor.execute(sql.SQL("DELETE FROM {}").format(table))
            else:
                cursor.execute(
                    sql.SQL("DELETE FROM {} WHERE business_date = ANY(%s::date[])").format(table),
                    (list(days),),
                )
            told = sql.SQL(", ").join(map(sql.Identifier, columns))
            with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(table, told)) as copy:
                counts[name] = 0
                for row in rows:
                    copy.write_row(row)
                    counts[name] += 1
        cursor.execute(
            "INSERT INTO kpi.load_progress (name, curated_snapshot_id, definitions, loaded_at)"
            " VALUES (%s, %s, %s, now()) ON CONFLICT (name) DO UPDATE SET"
            " curated_snapshot_id = excluded.curated_snapshot_id,"
            " definitions = excluded.definitions, loaded_at = excluded.loaded_at",
            (PROGRESS, snapshot_id, definitions_digest()),
        )
    return counts
