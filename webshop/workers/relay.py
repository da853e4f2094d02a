"""The relay: outbox rows to Kafka, in order, none lost: `python -m webshop.workers.relay`.

Only one relay runs at a time: it holds a session-level advisory lock, and a second one waits. It
publishes the rows of the queue `shop.outbox_pending`, oldest first. It keeps no position, because
transactions commit out of seq order. A row leaves the queue only after Kafka has acknowledged it,
so a crash repeats events and never loses one; consumers recognise duplicates by the event id. A row
that Kafka refuses for good moves from the queue to `shop.outbox_refused` with the cause, and the
others go on (`shopnow list-refused`).

Exits with status 1 when its database connection is lost (and the lock with it) or Kafka stays
unavailable: supervisord restarts it.

The process also does housekeeping: it cancels expired orders and follows up payments
(`webshop.services.ordering.payment_follow_up`).
"""

import logging
import signal
import sys
import threading
from collections import deque
from collections.abc import Generator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from time import monotonic
from typing import Any, cast

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from shopnow.database.locks import AdvisoryLock
from shopnow.settings import Settings, get_settings
from webshop.adapters.messaging.outbox import CHANNEL
from webshop.adapters.messaging.outbox_producer import (
    DeliveryFailed,
    OutboxProducer,
    OutboxRow,
    Refusal,
)
from webshop.bootstrap import database_engine, payment_gateway
from webshop.services.ordering.orders import expire_orders
from webshop.services.ordering.payment_follow_up import PaymentFollowUp
from webshop.workers.retry_policy import retry_policy

log = logging.getLogger(__name__)

BATCH = 5_000
#: Rows fetched from the database at a time.
FETCH_SIZE = 500
#: Polling interval in seconds, in case a notification is missed.
POLL_S = 1.0
#: A single event is published immediately. Under load the relay waits this long for more events: a
#: large batch costs little more than a small one.
LINGER_S = 0.01
EXPIRY_EVERY_S = 5.0

# Not a join: the planner likes to merge the two indexes, and reads the whole outbox for it.
OLDEST_PENDING = """
SELECT seq, id::text, aggregatetype, aggregateid, type, payload::text FROM shop.outbox
WHERE seq = ANY(ARRAY(SELECT seq FROM shop.outbox_pending ORDER BY seq LIMIT %s)) ORDER BY seq
"""
_REMOVE_FROM_QUEUE = "DELETE FROM shop.outbox_pending WHERE seq = ANY(%s)"
# One statement: a row is in the queue or set aside, never in both and never in none.
_SET_ASIDE = """
WITH gone AS (DELETE FROM shop.outbox_pending WHERE seq = ANY(%(seqs)s))
INSERT INTO shop.outbox_refused (seq, cause)
SELECT * FROM unnest(%(seqs)s::bigint[], %(causes)s::text[])
ON CONFLICT (seq) DO UPDATE SET cause = excluded.cause, refused_at = now()
"""
# The queue is empty or a million rows long and its statistics are stale: use the indexes.
_BY_INDEX = "SET enable_seqscan = off; SET enable_sort = off"


class Relay:
    """Publishes the outbox through one database session, which holds the relay's lock."""

    def __init__(self, connection: psycopg.Connection, producer: OutboxProducer) -> None:
        self._connection = connection
        self._producer = producer

    def acquire(self, stopping: threading.Event) -> bool:
        """Wait for the relay's lock; return False if stopped while waiting."""
        query = "SELECT pg_try_advisory_lock(%s)"
        waiting = False
        while not stopping.is_set():
            row = self._connection.execute(query, [int(AdvisoryLock.RELAY)]).fetchone()
            if row is not None and row[0]:
                self._connection.execute(f"LISTEN {CHANNEL}")
                self._connection.execute(_BY_INDEX)
                return True
            if not waiting:
                log.info("another relay is running: waiting for its lock")
                waiting = True
            stopping.wait(POLL_S)
        return False

    def publish_batch(self) -> int:
        """Publish the oldest rows of the queue; return how many left it.

        Rows that Kafka acknowledged or refused for good leave the queue even if others fail. Raises
        DeliveryFailed.
        """
        # In chunks: the first rows are on their way to Kafka while the database reads the others.
        found = self._connection.cursor().stream(OLDEST_PENDING, [BATCH], size=FETCH_SIZE)
        # Closed, or the connection stays taken when Kafka fails in the midst of it.
        with closing(cast("Generator[tuple[Any, ...]]", found)):
            delivery = self._producer.deliver(map(OutboxRow._make, found))
        if delivery.delivered:
            self._connection.execute(_REMOVE_FROM_QUEUE, [delivery.delivered])
            log.info("published %s events", len(delivery.delivered))
        if delivery.refused:
            self._set_aside(delivery.refused)
        if delivery.failure is not None:
            raise delivery.failure
        return len(delivery.delivered) + len(delivery.refused)

    def _set_aside(self, refused: list[Refusal]) -> None:
        seqs, causes = [row.seq for row, _ in refused], [cause for _, cause in refused]
        self._connection.execute(_SET_ASIDE, {"seqs": seqs, "causes": causes})
        for row, cause in refused:
            log.error("Kafka refuses an event for good, it is set aside: %s: %s", row, cause)

    def wait(self, seconds: float) -> float:
        """Wait for the next insert into the outbox, at most this long; return the time waited.

        Pending notifications are discarded.
        """
        begun = monotonic()
        deque(self._connection.notifies(timeout=seconds, stop_after=1), maxlen=0)
        return monotonic() - begun


def _connect(settings: Settings) -> psycopg.Connection:
    return psycopg.connect(settings.shop_pg_dsn, autocommit=True, connect_timeout=10)


def run(settings: Settings, stopping: threading.Event) -> None:
    """Relay until asked to stop.

    Raises psycopg.OperationalError or DeliveryFailed when it cannot go on.
    """
    database_retry = retry_policy(stopping, log, psycopg.OperationalError)
    kafka_retry = retry_policy(stopping, log, DeliveryFailed)
    with (
        database_retry(_connect, settings) as connection,
        closing(OutboxProducer(settings.kafka_bootstrap)) as producer,
    ):
        relay = Relay(connection, producer)
        if not relay.acquire(stopping):
            return
        run_housekeeping(settings, stopping)
        log.info("relaying from the outbox to %s", settings.kafka_bootstrap)
        while not stopping.is_set():
            if kafka_retry(relay.publish_batch) < BATCH and relay.wait(POLL_S) < LINGER_S:
                stopping.wait(LINGER_S)


def run_housekeeping(settings: Settings, stopping: threading.Event) -> None:
    """Start the housekeeping threads: relaying must not wait for a payment provider or a lock."""
    engine = database_engine(settings, pool_size=1, lock_timeout_ms=500)
    follow_up = PaymentFollowUp(
        database_engine(settings, pool_size=1, lock_timeout_ms=2_000),
        payment_gateway(settings),
        timedelta(seconds=settings.payment_poll_after_s),
    )
    for name, work in (
        ("payment-follow-up", follow_up.run),
        ("expiry", partial(_expire_orders, engine)),
    ):
        threading.Thread(target=work, args=(stopping,), name=name, daemon=True).start()


def _expire_orders(engine: Engine, stopping: threading.Event) -> None:
    """Cancel expired orders until asked to stop."""
    while not stopping.is_set():
        expired = 0
        try:
            expired = expire_orders(engine, datetime.now(UTC))
        except SQLAlchemyError as error:
            log.warning("cannot cancel expired orders now: %s", error)
        if expired:
            log.info("cancelled %s expired orders", expired)
        else:
            stopping.wait(EXPIRY_EVERY_S)


def main() -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("httpx").setLevel(
        logging.WARNING
    )  # or every request to the gateway is logged
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    try:
        run(get_settings(), stopping)
    except psycopg.OperationalError as error:
        log.error("the database is unavailable, the relay's lock is lost: %s", error)
        return 1
    except DeliveryFailed as error:
        log.error("Kafka stays unavailable: %s", error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
