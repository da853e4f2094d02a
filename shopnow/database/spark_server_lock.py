"""Who uses the Spark Connect server: its jobs together, or one restart alone.

The lock is an advisory lock of PostgreSQL: it ends with its connection, so what is killed leaves
nothing to clean up. Both functions raise `psycopg.Error` if the database does not answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from shopnow.database.locks import AdvisoryLock

_KEY = (int(AdvisoryLock.SPARK_CONNECT),)


@contextmanager
def in_use(dsn: str) -> Iterator[bool]:
    """Hold the server for a job; gives whether that had to wait for a restart."""
    with psycopg.connect(dsn, connect_timeout=10, autocommit=True) as connection:
        row = connection.execute("SELECT pg_try_advisory_lock_shared(%s)", _KEY).fetchone()
        at_once = bool(row and row[0])
        if not at_once:
            connection.execute("SELECT pg_advisory_lock_shared(%s)", _KEY)
        yield not at_once


@contextmanager
def alone(dsn: str) -> Iterator[None]:
    """Hold the server for a restart, once no job holds it."""
    with psycopg.connect(dsn, connect_timeout=10, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", _KEY)
        yield
