"""The schemas kpi and ops: from nothing, and taken over from the shop's migrations with their rows.

Each test has its own database on the real server.
"""

import logging
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psycopg import sql
from sqlalchemy import create_engine

from shopnow.database import migrate as shared
from shopnow.database.tables import KPI, OPS, metadata
from shopnow.settings import Settings
from webshop.migrate import migrate as migrate_shop

#: Each makes databases and goes through all migrations.
pytestmark = pytest.mark.slow

ROWS = {
    "kpi.daily_sales": "(business_date, currency, net_sales, orders)"
    " VALUES ('2026-01-02', 'EUR', 10.5000, 3)",
    "kpi.daily_product_sales": "VALUES ('2026-01-02', 'EUR', 'A', 'Mug', 'product', 3, 9, 1, 3, 6)",
    "kpi.daily_stockouts": "VALUES ('2026-01-02', 'A', 'Mug', 1, 2)",
    "kpi.load_progress": "(name, loaded_at) VALUES ('marts', '2026-01-02')",
    "ops.heartbeats": "VALUES ('stock-alerts', 'application_1', now(), NULL, 0, 'query 1')",
    "ops.sent_mail": "VALUES ('<a@b>', 'run', now())",
}
#: Everything about the tables but the order of their columns, in which they may differ.
SHAPE = """
SELECT table_schema, table_name, column_name, data_type, character_maximum_length,
       numeric_precision, numeric_scale, is_nullable, column_default
  FROM information_schema.columns
 WHERE table_schema IN ('kpi', 'ops') AND table_name <> 'alembic_version'
UNION ALL
SELECT connamespace::regnamespace::text, conrelid::regclass::text, conname,
       pg_get_constraintdef(oid), NULL, NULL, NULL, NULL, NULL
  FROM pg_constraint
 WHERE connamespace IN ('kpi'::regnamespace, 'ops'::regnamespace)
   AND conrelid <> 'ops.alembic_version'::regclass
"""


@pytest.fixture
def address(settings: Settings) -> Iterator[Callable[[], str]]:
    """Makes empty databases: the psycopg address of each."""
    server = settings.admin_pg_dsn.rsplit("/", 1)[0]
    made: list[str] = []

    def make() -> str:
        made.append(f"test_{uuid.uuid4().hex[:12]}")
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(made[-1])))
        return f"{server}/{made[-1]}"

    with psycopg.connect(settings.admin_pg_dsn, autocommit=True) as admin:
        yield make
        for name in made:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def dsn(address: str) -> str:
    return address.replace("postgresql://", "postgresql+psycopg://")


def query(address: str, statement: Any) -> list[tuple[Any, ...]]:
    with psycopg.connect(address) as connection:
        return connection.execute(statement).fetchall()


def fill(address: str, *schemas: str) -> None:
    with psycopg.connect(address) as connection:
        for table, row in ROWS.items():
            if table.partition(".")[0] in schemas:
                connection.execute(f"INSERT INTO {table} {row}")  # type: ignore[call-overload]


def content(address: str) -> dict[str, list[tuple[Any, ...]]]:
    """Each value that is not null, by column: columns that are added later make no difference."""
    values = sql.SQL(
        "SELECT pair.* FROM {} AS t, jsonb_each_text(jsonb_strip_nulls(to_jsonb(t))) AS pair"
        " ORDER BY 1, 2"
    )
    return {
        table: query(address, values.format(sql.Identifier(*table.split(".")))) for table in ROWS
    }


def test_a_fresh_database_goes_through_both(address: Callable[[], str]) -> None:
    fresh = address()
    shared.migrate(dsn(fresh))
    migrate_shop(dsn(fresh))

    engine = create_engine(dsn(fresh))
    options = {
        "include_schemas": True,
        "include_name": lambda name, kind, _: name in (KPI, OPS) if kind == "schema" else True,
        "compare_type": True,
        "version_table": shared.VERSION_TABLE,
        "version_table_schema": OPS,
    }
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_what_comes_first_makes_no_difference(address: Callable[[], str]) -> None:
    one, other = address(), address()
    for migrate in (shared.migrate, migrate_shop):
        migrate(dsn(one))
    for migrate in (migrate_shop, shared.migrate):
        migrate(dsn(other))

    assert len(query(one, SHAPE)) > 40
    assert set(query(one, SHAPE)) == set(query(other, SHAPE))


@pytest.mark.parametrize("revision", ["0002", "0012", "0013"])
def test_a_database_of_the_shop_is_taken_over_with_its_rows(
    address: Callable[[], str], revision: str
) -> None:
    old, new = address(), address()
    migrate_shop(dsn(old), revision)
    fill(old, "kpi", "ops")
    before = content(old)
    assert all(before.values())

    for migrate in (shared.migrate, shared.migrate, migrate_shop):
        migrate(dsn(old))
        assert content(old) == before
    shared.migrate(dsn(new))
    assert set(query(old, SHAPE)) == set(query(new, SHAPE))


def test_a_database_from_before_the_schema_ops_is_taken_over(address: Callable[[], str]) -> None:
    old = address()
    migrate_shop(dsn(old), "0001")
    fill(old, "kpi")
    shared.migrate(dsn(old))
    fill(old, "ops")
    migrate_shop(dsn(old))
    assert [len(rows) > 0 for rows in content(old).values()] == [True] * len(ROWS)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("start", [None, "0013"])
def test_many_at_once_are_one_after_the_other(
    address: Callable[[], str], start: str | None
) -> None:
    """Two of this package and two of the shop, on a fresh database and on one of the shop."""
    place = address()
    if start:
        migrate_shop(dsn(place), start)
        fill(place, "kpi", "ops")
    with ThreadPoolExecutor(4) as pool:
        runs = [
            pool.submit(partial(migrate, dsn(place)))
            for migrate in (shared.migrate, migrate_shop, shared.migrate, migrate_shop)
        ]
    assert [run.exception() for run in runs] == [None] * 4
    assert query(place, "SELECT version_num FROM ops.alembic_version") == [("0002",)]
    counts = [len(rows) for rows in content(place).values()]
    assert all(counts) if start else not any(counts)


def test_the_shop_goes_down_without_the_rows_of_others(address: Callable[[], str]) -> None:
    place = address()
    shared.migrate(dsn(place))
    migrate_shop(dsn(place))
    fill(place, "kpi", "ops")
    before = content(place)
    assert all(before.values())

    migrate_shop(dsn(place), "base")
    assert query(place, "SELECT to_regnamespace('shop')") == [(None,)]
    assert content(place) == before
    migrate_shop(dsn(place))
    assert content(place) == before


def test_a_migration_that_fails_changes_nothing(address: Callable[[], str]) -> None:
    """Something else is called like one of the tables: the error names it, and all is as it was."""
    place = address()
    migrate_shop(dsn(place))
    fill(place, "kpi", "ops")
    with psycopg.connect(place) as connection:
        connection.execute("DROP TABLE ops.sent_mail")
        connection.execute("CREATE SEQUENCE ops.sent_mail")
        connection.execute("ALTER TABLE kpi.load_progress DROP COLUMN definitions")
    with pytest.raises(Exception, match="sent_mail"):
        shared.migrate(dsn(place))
    assert query(place, "SELECT name FROM kpi.load_progress") == [("marts",)]
    with pytest.raises(psycopg.errors.UndefinedColumn):
        query(place, "SELECT definitions FROM kpi.load_progress")

    with psycopg.connect(place) as connection:
        connection.execute("DROP SEQUENCE ops.sent_mail")
    shared.migrate(dsn(place))
    assert query(place, "SELECT definitions FROM kpi.load_progress") == [(None,)]


def test_the_entry_point_adds_the_columns_of_new_kpis(
    settings: Settings,
    database: psycopg.Connection[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """As the shop's own role, on the shop's own database."""
    monkeypatch.setattr(shared, "get_settings", lambda: settings)
    database.execute("ALTER TABLE kpi.daily_sales DROP COLUMN stockouts")
    with caplog.at_level(logging.INFO):
        shared.main([])
        shared.main([])
    assert [m for m in caplog.messages if "new columns" in m] == [
        "kpi.daily_sales has new columns: stockouts"
    ]
    database.execute("SELECT stockouts FROM kpi.daily_sales")
