"""Migrations: what they build is what the code believes, up and down, also on a filled database."""

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psycopg import sql
from sqlalchemy import create_engine, insert, select, text

from webshop.adapters.tables import KPI, SHOP, metadata, orders, payments, refunds
from webshop.migrate import migrate
from webshop.seed import seed

pytestmark = pytest.mark.integration


@pytest.fixture
def empty_database(stack: Any) -> Iterator[str]:
    """SQLAlchemy URL of a new database on the stack's server."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    # The shop's own role may enter its own database only.
    address = stack.settings.admin_pg_dsn
    with psycopg.connect(address, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        server = address.replace("postgresql://", "postgresql+psycopg://").rsplit("/", 1)[0]
        yield f"{server}/{name}"
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_the_migrated_schema_is_the_one_in_the_tables_module(empty_database: str) -> None:
    migrate(empty_database)
    engine = create_engine(empty_database)
    options = {
        "include_schemas": True,
        "include_name": lambda name, kind, _: name in (SHOP, KPI) if kind == "schema" else True,
        "compare_type": True,
    }
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_down_and_up_again_on_a_filled_database(empty_database: str) -> None:
    engine = create_engine(empty_database)
    for _ in range(2):
        migrate(empty_database)
        with engine.begin() as connection:
            assert seed(connection, "EUR", datetime.now(UTC)) > 0
            assert seed(connection, "EUR", datetime.now(UTC)) == 0
        migrate(empty_database, "base")
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT to_regnamespace('shop')")) is None
    engine.dispose()


def test_payments_go_down_and_up_again_with_their_orders(empty_database: str) -> None:
    """A payment under way, one to be given back, a paid one and its refund, then one step down."""
    engine = create_engine(empty_database)
    migrate(empty_database)
    now = datetime.now(UTC)
    with engine.begin() as connection:
        rows = [uuid.uuid4() for _ in range(3)]
        for number, order_id in enumerate(rows):
            connection.execute(
                insert(orders).values(
                    order_id=order_id,
                    order_number=f"SN-{number}",
                    channel="web",
                    currency="EUR",
                    status="paid",
                    gross_amount=5,
                    total_amount=5,
                    placed_at=now,
                    paid_at=now,
                )
            )
        for order_id, status, due in zip(
            rows, ("pending", "failed", "succeeded"), (None, now, None), strict=True
        ):
            connection.execute(
                insert(payments).values(
                    payment_id=order_id,
                    order_id=order_id,
                    amount=5,
                    currency="EUR",
                    method="card",
                    provider="sandbox",
                    status=status,
                    provider_reference="x" * 200,
                    redirect_url="http://gateway/pay/x",
                    refund_due_at=due,
                )
            )
        connection.execute(
            insert(refunds).values(
                refund_id=rows[2],
                refund_number="R-1",
                order_id=rows[2],
                payment_id=rows[2],
                channel="web",
                currency="EUR",
                amount=1,
                reason="return",
                refunded_at=now,
                settled_at=now,
            )
        )
    migrate(empty_database, "-1")
    with engine.connect() as connection:
        found = connection.execute(text("SELECT status, reason FROM shop.payments ORDER BY 1, 2"))
        assert found.all() == [("failed", "abandoned"), ("failed", None), ("succeeded", None)]
        assert connection.scalar(text("SELECT to_regclass('shop.payment_events')")) is None
    migrate(empty_database)
    with engine.begin() as connection:
        kept = connection.execute(select(payments.c.payment_id).order_by(payments.c.payment_id))
        assert kept.scalars().all() == sorted(rows)
        assert connection.scalar(select(refunds.c.amount)) == 1
    engine.dispose()


def test_two_migrations_at_once_are_one(empty_database: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: migrate(empty_database), range(2)))
    engine = create_engine(empty_database)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) is not None
    engine.dispose()
