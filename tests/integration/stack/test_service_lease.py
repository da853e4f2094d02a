"""A service's lease has one holder, who keeps it over a lost connection unless another took it."""

import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from shopnow.leader_lease import HeartbeatUnreadable, Lease, LeaseLost, LeaseTaken, read_heartbeat

pytestmark = pytest.mark.integration


@pytest.fixture
def service(database: psycopg.Connection[dict[str, Any]]) -> Iterator[str]:
    """The name of a service that nobody else has."""
    name = f"test-{uuid.uuid4().hex[:8]}"
    yield name
    database.execute("DELETE FROM ops.heartbeats WHERE service = %s", (name,))


def cut(database: psycopg.Connection[dict[str, Any]], service: str) -> None:
    """End the database session that holds the lease, as a restart of PostgreSQL would."""
    ended = database.execute(
        """
        SELECT pg_terminate_backend(pid, 10000) AS done FROM pg_locks
        WHERE locktype = 'advisory' AND granted
          AND ((classid::bigint << 32) | objid::bigint) = hashtextextended(%s, 0)
        """,
        (service,),
    ).fetchall()
    assert [row["done"] for row in ended] == [True]


def test_the_lease_has_one_holder_at_a_time(stack, service):
    first, second = (Lease(stack.settings.shop_pg_dsn, service, name) for name in ("a", "b"))
    first.acquire(wait_s=0)
    with pytest.raises(LeaseTaken):
        second.acquire(wait_s=0)
    first.release()
    second.acquire(wait_s=0)
    second.release()


def test_a_beat_shows_who_lives_and_how_far_it_is(stack, service):
    assert read_heartbeat(stack.settings.shop_pg_dsn, service) is None
    lease = Lease(stack.settings.shop_pg_dsn, service, "application_1")
    lease.acquire(wait_s=0)
    lease.renew(consumer_lag=3, details="query 1")
    lease.release()

    heartbeat = read_heartbeat(stack.settings.shop_pg_dsn, service)
    assert heartbeat is not None
    assert (heartbeat.application_id, heartbeat.consumer_lag) == ("application_1", 3)
    assert 0 <= heartbeat.age_s < 30


def test_a_holder_whose_connection_was_cut_takes_the_lease_again(stack, service, database):
    lease = Lease(stack.settings.shop_pg_dsn, service, "a")
    lease.acquire(wait_s=0)
    cut(database, service)
    lease.renew()
    with pytest.raises(LeaseTaken):
        Lease(stack.settings.shop_pg_dsn, service, "b").acquire(wait_s=0)
    lease.release()


def test_a_holder_that_was_overtaken_stops(stack, service, database):
    slow, quick = (Lease(stack.settings.shop_pg_dsn, service, name) for name in ("a", "b"))
    slow.acquire(wait_s=0)
    cut(database, service)
    quick.acquire(wait_s=0)
    with pytest.raises(LeaseLost):
        slow.renew()
    quick.release()


def test_a_database_that_is_away_is_said_to_be(stack, service):
    away = stack.settings.model_copy(update={"postgres_port": 1}).shop_pg_dsn
    with pytest.raises(HeartbeatUnreadable):
        read_heartbeat(away, service)
    with pytest.raises(LeaseLost, match="has not answered"):
        Lease(away, service, "a").renew(retry_s=0)
