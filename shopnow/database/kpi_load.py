"""Loads the indicators into schema `kpi`: their rows, and how far they are, as one thing.

The rows of the dirty days and the progress are replaced in one transaction. A run that is killed
leaves the old figures and the old progress.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from shopnow.database.locks import AdvisoryLock
from shopnow.kpis import KPIS, definitions_digest

PROGRESS = "marts"
ENTITIES = "entities"


class LoadRunning(RuntimeError):
    """Another computation of the indicators is at work."""


@contextmanager
def kpi_connection(dsn: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection that holds the lock of the computation until it is closed.

    Raises `LoadRunning` if another computation holds it.
    """
    with psycopg.connect(dsn, connect_timeout=10, autocommit=True) as connection:
        held = connection.execute(
            "SELECT pg_try_advisory_lock(%s)", (int(AdvisoryLock.COMPUTE_MARTS),)
        ).fetchone()
        if held is None or not held[0]:
            raise LoadRunning("another compute_kpis is at work; this one has changed nothing")
        try:
            yield connection
        finally:
            # The server would release it a moment after the connection is closed.
            with suppress(psycopg.Error):
                connection.execute(
                    "SELECT pg_advisory_unlock(%s)", (int(AdvisoryLock.COMPUTE_MARTS),)
                )


@dataclass(frozen=True)
class LoadProgress:
    """What tables include: curated rows up to a batch, and messages up to Kafka's offsets."""

    curated_batch: int
    kafka_end_offsets: Mapping[str, Mapping[Any, int]]


def entity_progress(
    connection: psycopg.Connection[Any], definitions: str | None = None
) -> LoadProgress | None:
    """What the lake's entities include; None before the first update.

    With a digest of their definitions: None too if they have been defined otherwise since.
    """
    row = connection.execute(
        "SELECT curated_batch, kafka_end_offsets FROM kpi.load_progress"
        " WHERE name = %s AND definitions = coalesce(%s, definitions)",
        (ENTITIES, definitions),
    ).fetchone()
    return LoadProgress(*row) if row else None


def write_entity_progress(
    connection: psycopg.Connection[Any],
    progress: LoadProgress,
    definitions: str,
    *,
    rebuilt: bool,
) -> None:
    """Say what the entities include. Where they were built anew, all days are to be computed."""
    with connection.transaction():
        _write_progress(connection, ENTITIES, progress, definitions)
        if rebuilt:
            connection.execute(
                "UPDATE kpi.load_progress SET definitions = NULL WHERE name = %s", (PROGRESS,)
            )


def _write_progress(
    connection: psycopg.Connection[Any], name: str, progress: LoadProgress, definitions: str
) -> None:
    connection.execute(
        "INSERT INTO kpi.load_progress"
        " (name, curated_batch, kafka_end_offsets, definitions, loaded_at)"
        " VALUES (%s, %s, %s, %s, now()) ON CONFLICT (name) DO UPDATE SET"
        " curated_batch = excluded.curated_batch,"
        " kafka_end_offsets = excluded.kafka_end_offsets,"
        " definitions = excluded.definitions, loaded_at = excluded.loaded_at",
        (name, progress.curated_batch, Jsonb(progress.kafka_end_offsets), definitions),
    )


def load_progress(connection: psycopg.Connection[Any]) -> LoadProgress | None:
    """What the tables include; None before the first load."""
    row = connection.execute(
        "SELECT curated_batch, kafka_end_offsets FROM kpi.load_progress"
        " WHERE name = %s AND curated_batch IS NOT NULL",
        (PROGRESS,),
    ).fetchone()
    return LoadProgress(*row) if row else None


def computed_batch(connection: psycopg.Connection[Any]) -> int | None:
    """The curated batch that is loaded; None if the KPIs have been defined otherwise since."""
    row = connection.execute(
        "SELECT curated_batch FROM kpi.load_progress WHERE name = %s AND definitions = %s",
        (PROGRESS, definitions_digest()),
    ).fetchone()
    return row[0] if row else None


def replace_days(
    connection: psycopg.Connection[Any],
    days: Sequence[date] | None,
    tables: Mapping[str, tuple[Sequence[str], Iterable[Sequence[Any]]]],
    progress: LoadProgress,
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
            column_list = sql.SQL(", ").join(map(sql.Identifier, columns))
            with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(table, column_list)) as copy:
                counts[name] = 0
                for row in rows:
                    copy.write_row(row)
                    counts[name] += 1
        _write_progress(connection, PROGRESS, progress, definitions_digest())
    return counts


def add_missing_columns(connection: psycopg.Connection[Any]) -> list[str]:
    """Give kpi.daily_sales the columns of KPIs that it lacks; return their ids.

    Columns of KPIs come from their definitions, so that a new one needs no migration. Two callers
    at once do no harm. Runs in the caller's transaction.
    """
    found = connection.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = 'kpi.daily_sales'::regclass"
        " AND attnum > 0 AND NOT attisdropped"
    )
    existing = {name for (name,) in found}
    missing = [kpi for kpi in KPIS.values() if kpi.id not in existing]
    for kpi in missing:
        connection.execute(
            sql.SQL("ALTER TABLE kpi.daily_sales ADD COLUMN IF NOT EXISTS {} {}").format(
                sql.Identifier(kpi.id), sql.SQL(kpi.column_type)
            )
        )
    return [kpi.id for kpi in missing]
