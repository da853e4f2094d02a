"""Leader lease and heartbeat of the long-running services: one holder at a time.

The lease is a PostgreSQL advisory lock: it ends with the connection that holds it, so a driver that
was killed leaves nothing to clean up. Each heartbeat writes one row on that same connection, so a
fresh row also proves that its writer still holds the lease.
"""

import time
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

import psycopg

#: The stock-alert stream: name of its YARN application, of its lease and of its heartbeat.
STOCK_ALERTS_SERVICE = "stock-alerts"

#: Heartbeat interval of a service.
HEARTBEAT_INTERVAL_S = 2.0

_WRITE_HEARTBEAT: LiteralString = """
insert into ops.heartbeats (service, application_id, beat_at, progress_at, unread, details)
values (%(service)s, %(application_id)s, clock_timestamp(), %(progress_at)s, %(unread)s,
        %(details)s)
on conflict (service) do update set
    application_id = excluded.application_id, beat_at = excluded.beat_at,
    progress_at = excluded.progress_at, unread = excluded.unread, details = excluded.details
"""

_READ: LiteralString = """
select application_id, extract(epoch from clock_timestamp() - beat_at)::float8,
       extract(epoch from clock_timestamp() - progress_at)::float8, unread, details
from ops.heartbeats where service = %s
"""

_RETRY_EVERY_S = 1.0


class LeaseTaken(RuntimeError):
    """Another process holds the lease."""


class HeartbeatUnreadable(RuntimeError):
    """The database that has the heartbeats did not answer."""


class LeaseLost(RuntimeError):
    """The lease could not be kept: its holder must stop."""


@dataclass(frozen=True)
class Heartbeat:
    """The last heartbeat of a service; ages in seconds by the database's clock.

    `progress_age_s`: since the start of the last batch that ended with a checkpoint, or of the
    driver if none has. `consumer_lag`: messages that were there at that start and were not read by
    its end, None before the first.
    """

    application_id: str
    age_s: float
    progress_age_s: float | None
    consumer_lag: int | None
    details: str


class Lease:
    """The lease of one service, held by this process until `release` or until it dies."""

    def __init__(self, dsn: str, service: str, application_id: str) -> None:
        self._dsn = dsn
        self._service = service
        self._application_id = application_id
        self._connection: psycopg.Connection | None = None

    def acquire(self, *, wait_s: float) -> None:
        """Take the lease, waiting for at most `wait_s` seconds for its holder to end.

        Raises `LeaseTaken` if it is still held then, `psycopg.OperationalError` if the database
        did not answer.
        """
        give_up_at = time.monotonic() + wait_s
        while True:
            try:
                self._try_acquire()
                return
            except (LeaseTaken, psycopg.OperationalError):
                if time.monotonic() >= give_up_at:
                    raise
            time.sleep(_RETRY_EVERY_S)

    def _try_acquire(self) -> psycopg.Connection:
        self.release()
        connection = psycopg.connect(self._dsn, autocommit=True, connect_timeout=5)
        row = connection.execute(
            "select pg_try_advisory_lock(hashtextextended(%s, 0))", (self._service,)
        ).fetchone()
        if row is None or not row[0]:
            connection.close()
            raise LeaseTaken(f"another process holds the lease of {self._service}")
        self._connection = connection
        return connection

    def renew(
        self,
        *,
        progress_at: datetime | None = None,
        consumer_lag: int | None = None,
        details: str = "",
        retry_s: float = 30.0,
    ) -> None:
        """Write the heartbeat; reacquire the lease if the database was restarted.

        Raises `LeaseLost` if another process took it meanwhile, or if the database has not
        answered for `retry_s` seconds.
        """
        row = {
            "service": self._service,
            "application_id": self._application_id,
            "progress_at": progress_at,
            "unread": consumer_lag,
            "details": details,
        }
        give_up_at = time.monotonic() + retry_s
        while True:
            try:
                held = self._connection
                if held is None or held.closed:
                    held = self._try_acquire()
                held.execute(_WRITE_HEARTBEAT, row)
                return
            except LeaseTaken as error:
                raise LeaseLost(str(error)) from error
            except psycopg.OperationalError as error:
                self.release()
                if time.monotonic() >= give_up_at:
                    raise LeaseLost(
                        f"the database has not answered for {retry_s:.0f} s: {error}"
                    ) from error
            time.sleep(_RETRY_EVERY_S)

    def release(self) -> None:
        """Release the lease."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def read_heartbeat(dsn: str, service: str) -> Heartbeat | None:
    """The last heartbeat of `service`, None if it never ran.

    Raises `HeartbeatUnreadable` if the database does not answer.
    """
    try:
        with psycopg.connect(dsn, connect_timeout=5) as connection:
            row = connection.execute(_READ, (service,)).fetchone()
    except psycopg.OperationalError as error:
        raise HeartbeatUnreadable(f"No heartbeat could be read: {error}") from error
    return Heartbeat(*row) if row else None
