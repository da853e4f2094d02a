"""Counts of attempts, shared by all processes and kept over restarts."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, update
from sqlalchemy.dialects.postgresql import insert

from webshop.adapters.tables import throttles
from webshop.domain.accounts.throttling import Attempts, Throttle


def count_attempt(connection: Connection, counted: Sequence[Throttle], now: datetime) -> timedelta:
    """Count one attempt under each throttle; zero, or how long it should have waited.

    An attempt that comes too early is not counted: it costs nothing but its answer. Rows are locked
    in the order of their keys, so that concurrent attempts see each other's counts.
    """
    keys = [throttle.key for throttle in counted]
    # Inserted or locked by one statement: between two, a success elsewhere may delete the row.
    new = insert(throttles).values([{"key": key, "attempts": 0} for key in sorted(keys)])
    rows = connection.execute(
        new.on_conflict_do_update(
            index_elements=[throttles.c.key], set_={"attempts": throttles.c.attempts}
        ).returning(throttles)
    )
    known = {row.key: Attempts(row.attempts, row.last_at, row.blocked_until) for row in rows}
    wait = max(known[key].wait(now) for key in keys)
    if wait > timedelta(0):
        return wait
    for throttle in counted:
        attempts = known[throttle.key].another(throttle.rule, now)
        connection.execute(
            update(throttles)
            .where(throttles.c.key == throttle.key)
            .values(
                attempts=attempts.count,
                last_at=attempts.last_at,
                blocked_until=attempts.blocked_until,
            )
        )
    return timedelta(0)


def reset_attempts(connection: Connection, throttle: Throttle) -> None:
    """Reset the count."""
    connection.execute(delete(throttles).where(throttles.c.key == throttle.key))


def uncount_attempt(connection: Connection, throttle: Throttle) -> None:
    """Subtract one attempt: it succeeded."""
    connection.execute(
        update(throttles)
        .where(throttles.c.key == throttle.key)
        .values(attempts=func.greatest(throttles.c.attempts - 1, 0), blocked_until=None)
    )


def delete_old_attempts(connection: Connection, before: datetime) -> int:
    """Delete the counts without an attempt since then; return how many."""
    return connection.execute(delete(throttles).where(throttles.c.last_at < before)).rowcount
