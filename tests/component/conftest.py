"""One PostgreSQL for the tests of this folder, and the shop on it; Kafka for those that ask for it.

Each test begins with the empty tables that the migrations leave. Kafka keeps what it has: a test
uses keys of its own.
"""

import random
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from confluent_kafka import KafkaException
from flask.testing import FlaskClient
from psycopg import sql
from psycopg.rows import dict_row
from sqlalchemy import Engine

from ops.local_stack import kafka as kafka_server
from ops.local_stack import postgres, probes
from ops.local_stack.configuration import render_all
from ops.local_stack.layout import Layout
from shopnow.database.migrate import migrate as migrate_shared
from shopnow.ports import BASE_PORTS
from shopnow.settings import Settings, ensure_settings_file
from tests.support.products import put_on_sale
from webshop.adapters.accounts.passwords import Passwords
from webshop.adapters.ordering.sandbox_payments import SandboxGateway
from webshop.api.http.limits import limiter
from webshop.app import create_app
from webshop.bootstrap import Shop, database_engine
from webshop.migrate import migrate as migrate_shop

#: What migrations put in: tests need it as much as the shop does.
KEPT = {"alembic_version", "categories"}


#: Ports of the servers that tests of this folder start.
PORTS = ("postgres", "kafka", "kafka_controller")


def _free_offset() -> int:
    """An offset at which the ports are free, away from the stacks of other tests."""
    for offset in random.sample(range(22_000, 40_000), 100):
        if all(_is_free(BASE_PORTS[port] + offset) for port in PORTS):
            return offset
    raise RuntimeError("no free ports")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The settings of a running PostgreSQL with the shop's schema."""
    home = tmp_path_factory.mktemp("component")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SHOPNOW_HOME", str(home))
        found = Settings(
            _env_file=ensure_settings_file(home),  # type: ignore[call-arg]
            home=home,
            port_offset=_free_offset(),
            rate_limits=False,
            password_hash_memory_kib=64,
        )
        Layout(home).create()
        render_all(found)
        postgres.create_cluster(found)
        # Nothing here outlives the tests: a commit need not wait for the disk.
        command = [*postgres.server_command(found), "-c", "fsync=off"]
        with (Path(home) / "postgres.log").open("w") as log:
            server = subprocess.Popen(command, cwd="/", stdout=log, stderr=log)
        try:
            _wait_for(lambda: probes.postgres(found), server, psycopg.OperationalError)
            postgres.create_databases(found)
            migrate_shared(found.shop_dsn)
            migrate_shop(found.shop_dsn)
            yield found
        finally:
            server.send_signal(2)
            server.wait(60)


def _wait_for(
    probe: Callable[[], object], server: subprocess.Popen[bytes], *away: type[Exception]
) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            probe()
            return
        except away:
            assert server.poll() is None, "the server ended"
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.1)


@pytest.fixture(scope="session")
def kafka(settings: Settings) -> Iterator[str]:
    """The address of a running broker with the shop's topics."""
    kafka_server.format_storage(settings)
    with (settings.home / "kafka.log").open("w") as log:
        server = subprocess.Popen(
            kafka_server.server_command(settings), cwd=settings.home, stdout=log, stderr=log
        )
    try:
        _wait_for(lambda: probes.kafka(settings), server, KafkaException, probes.NotReady)
        kafka_server.create_topics(settings)
        yield settings.kafka_bootstrap
    finally:
        server.terminate()
        server.wait(60)


@pytest.fixture
def database(settings: Settings) -> Iterator[psycopg.Connection[dict[str, Any]]]:
    """A connection to the shop's database; all tables are empty."""
    _empty_tables(settings)
    with psycopg.connect(settings.shop_pg_dsn, autocommit=True, row_factory=dict_row) as connection:
        yield connection


def _empty_tables(settings: Settings) -> None:
    superuser = settings.admin_pg_dsn.rsplit("/", 1)[0] + "/shopnow"
    with psycopg.connect(superuser, autocommit=True) as connection:
        # Some tables are append-only, by triggers that such a session does not fire.
        connection.execute("SET session_replication_role = replica")
        found = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('shop', 'kpi')"
        ).fetchall()
        names = [sql.Identifier(*row) for row in found if row[1] not in KEPT]
        connection.execute(
            sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(sql.SQL(", ").join(names))
        )


@pytest.fixture
def engine(settings: Settings, database: Any) -> Iterator[Engine]:
    """The shop's own engine on that database."""
    engine = database_engine(settings, pool_size=4)
    yield engine
    engine.dispose()


class FakeBrowsing:
    """Keeps the events of visitors that the shop publishes past the outbox."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []

    def publish(self, events: Any) -> None:
        self.events.extend(events)


@pytest.fixture
def shop(settings: Settings, engine: Engine) -> Shop:
    """The shop on that database; nobody answers at its payment provider's address."""
    return Shop(
        settings,
        engine,
        SandboxGateway("http://127.0.0.1:1", settings.gateway_secret, settings.webhook_secret),
        FakeBrowsing(),  # type: ignore[arg-type]
        settings.secret_key.encode(),
        Passwords(settings.password_hash_memory_kib),
    )


@pytest.fixture
def http(shop: Shop) -> FlaskClient:
    """A client of the shop's API, in this process."""
    application = create_app({"SHOP": shop})
    limiter.reset()
    return application.test_client()


@pytest.fixture
def new_product(engine: Engine) -> Callable[..., str]:
    """Puts a product with so many units on sale: `new_product(units, **fields)`; its SKU."""
    return lambda units, **fields: put_on_sale(engine, units, **fields)
