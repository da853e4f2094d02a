"""Migrations: what they build is what the code believes, up and down, also on a filled database."""

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psycopg import sql
from sqlalchemy import create_engine, text

from webshop.adapters.tables import KPI, SHOP, metadata
from webshop.migrate import alembic_config, migrate
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


def test_two_migrations_at_once_are_one(empty_database: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: migrate(empty_database), range(2)))
    engine = create_engine(empty_database)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) is not None
    engine.dispose()


def test_a_description_in_two_languages_is_taken_apart_and_joined_again(
    empty_database: str,
) -> None:
    migrate(empty_database, "0002")
    engine = create_engine(empty_database)
    both = "Grès, 35 cl. · Stoneware, 35 cl."
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO shop.products (sku, name, description, category, price, currency)"
                " VALUES ('A', 'Mug', :both, 'Cuisine', 1, 'EUR'), ('B', 'Bol', '', 'Cuisine', 1,"
                " 'EUR')"
            ),
            {"both": both},
        )
    select = text("SELECT description FROM shop.products ORDER BY sku")
    migrate(empty_database)
    with engine.connect() as connection:
        assert connection.scalars(select).all() == ["Grès, 35 cl.", ""]
        english = connection.scalars(text("SELECT description_en FROM shop.products ORDER BY sku"))
        assert english.all() == ["Stoneware, 35 cl.", None]
    with engine.connect() as connection:
        command.downgrade(alembic_config(connection), "0002")
        assert connection.scalars(select).all() == [both, ""]
    engine.dispose()
