"""One PostgreSQL for the tests of this folder, and the shop on it; Kafka for those that ask for it.

Each test begins with the empty tables that the migrations leave. Kafka keeps what it has: a test
uses keys of its own.
"""

import random
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import compress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from apiflask import APIFlask
from confluent_kafka import KafkaException
from flask.testing import FlaskClient
from psycopg import sql
from sqlalchemy import Engine

from ops.local_stack import kafka as kafka_server
from ops.local_stack import postgres, probes
from ops.local_stack.configuration import render_all
from ops.local_stack.layout import Layout
from shopnow.database.migrate import migrate as migrate_shared
from shopnow.ports import BASE_PORTS
from shopnow.settings import Settings, ensure_settings_file
from tests.support.accounts import add_verified_account, parts, queued, written
from tests.support.products import put_on_sale
from tests.support.served import repeated, served
from tests.support.shop_clients import Shopper, Visitor, api_client, visitors
from webshop.api.http.limits import limiter
from webshop.app import create_app
from webshop.bootstrap import Shop, bootstrap, database_engine
from webshop.migrate import migrate as migrate_shop
from webshop.sandbox_gateway.app import create_app as create_gateway
from webshop.sandbox_gateway.ledger import process_due_payments
from webshop.sandbox_gateway.running import Gateway
from webshop.sandbox_gateway.tables import open_database
from webshop.sandbox_gateway.webhooks import WebhookSender
from webshop.seed import seed, seed_admin
from webshop.services.ordering.orders import expire_orders
from webshop.services.ordering.payment_follow_up import PaymentFollowUp

#: What migrations put in: tests need it as much as the shop does.
KEPT = {"alembic_version", "categories"}


#: Ports of the servers that tests of this folder start.
PORTS = ("postgres", "kafka", "kafka_controller", "shop", "gateway")


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
            # Not what `new_account` takes: the first login makes a better hash.
            password_hash_memory_kib=128,
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


@pytest.fixture(autouse=True)
def empty_tables(settings: Settings) -> None:
    """Each test begins with empty tables; what the migrations put in stays."""
    superuser = settings.admin_pg_dsn.rsplit("/", 1)[0] + "/shopnow"
    with psycopg.connect(superuser, autocommit=True) as connection:
        found = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('shop', 'kpi')"
        ).fetchall()
        tables = [sql.Identifier(*row) for row in found if row[1] not in KEPT]
        # To truncate a table takes longer than to see that it is empty.
        is_filled = sql.SQL(", ").join(sql.SQL("EXISTS (SELECT FROM {})").format(t) for t in tables)
        row = connection.execute(sql.SQL("SELECT {}").format(is_filled)).fetchone()
        filled = list(compress(tables, row or ()))
        if filled:
            # Some tables are append-only, by triggers that such a session does not fire.
            connection.execute("SET session_replication_role = replica")
            connection.execute(
                sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(sql.SQL(", ").join(filled))
            )


@pytest.fixture(scope="session")
def engine(shop: Shop) -> Engine:
    """The shop's own engine on that database."""
    return shop.engine


@pytest.fixture(scope="session")
def shop(settings: Settings) -> Iterator[Shop]:
    """The shop on its real adapters."""
    shop = bootstrap(settings)
    yield shop
    shop.engine.dispose()


@pytest.fixture(scope="session")
def application(shop: Shop) -> APIFlask:
    """The shop's web application."""
    return create_app({"SHOP": shop})


@pytest.fixture
def http(application: APIFlask) -> FlaskClient:
    """A client of the shop's API, in this process."""
    limiter.reset()
    return application.test_client()


@pytest.fixture(scope="session")
def shop_server(application: APIFlask, settings: Settings) -> Iterator[None]:
    """The shop at its address, for clients that come from several ones, or at once."""
    with served(application, settings.host, settings.port("shop")):
        yield


@pytest.fixture(scope="session")
def gateway_server(settings: Settings, shop_server: None) -> Iterator[None]:
    """The sandbox gateway at its address, with all that its process does."""
    engine = open_database(settings.gateway_dsn)
    sender = WebhookSender(engine, settings.webhook_url, settings.webhook_secret)
    late = timedelta(seconds=settings.gateway_late_s)
    gateway = Gateway(
        engine, sender, settings.gateway_url, settings.shop_url, late, settings.gateway_secret
    )

    def let_bank_answer() -> None:
        with engine.begin() as connection:
            process_due_payments(connection, datetime.now(UTC))

    with (
        served(create_gateway(gateway), settings.host, settings.port("gateway")),
        repeated(sender.send_next, let_bank_answer, every_s=0.05),
    ):
        yield
    engine.dispose()


@pytest.fixture
def housekeeping(settings: Settings, shop: Shop, empty_tables: None) -> Iterator[None]:
    """What the relay's process does beside the relaying."""
    engine = database_engine(settings, pool_size=2, lock_timeout_ms=500)
    unheard = timedelta(seconds=settings.payment_poll_after_s)
    follow_up = PaymentFollowUp(engine, shop.gateway, unheard)
    with repeated(
        lambda: follow_up.round(datetime.now(UTC)),
        lambda: expire_orders(engine, datetime.now(UTC)),
        every_s=0.1,
    ):
        yield
    engine.dispose()


@pytest.fixture
def seeded(settings: Settings, engine: Engine, empty_tables: None) -> None:
    """The range of products, and the first administrator."""
    with engine.begin() as connection:
        seed(connection, settings.currency, datetime.now(UTC))
        seed_admin(connection, settings)


@pytest.fixture(scope="session")
def new_product(engine: Engine) -> Callable[..., str]:
    """Puts a product with this many units on sale: `new_product(units, **fields)`; its SKU."""
    return partial(put_on_sale, engine)


@pytest.fixture(scope="session")
def new_account(engine: Engine) -> Callable[..., str]:
    """Makes a verified account with PASSWORD: `new_account(role, **fields)`; its e-mail."""
    return partial(add_verified_account, engine)


@pytest.fixture(scope="session")
def shopper(settings: Settings, shop_server: None) -> Iterator[Shopper]:
    """A guest, all of whose calls come from one address."""
    with api_client(settings.shop_url) as client:
        yield Shopper(client)


@pytest.fixture
def new_visitor(settings: Settings, shop_server: None) -> Iterator[Callable[[], Visitor]]:
    """Makes visitors: `new_visitor()`."""
    with visitors(settings.shop_url) as make:
        yield make


@pytest.fixture
def read_inbox(shop: Shop, database: Any) -> Callable[..., list[dict[str, Any]]]:
    """The mails to one address as the mailer would send them: `read_inbox(address, expected)`."""

    def read(address: str, expected: int = 1) -> list[dict[str, Any]]:
        rows = queued(database, address)
        assert len(rows) >= expected
        return [parts(written(shop, row)) for row in rows]

    return read
