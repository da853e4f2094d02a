"""Bring the schemas `kpi` and `ops` up to date: `python -m shopnow.database.migrate`.

First the revisions of migrations/, then the columns of KPIs that were defined since. Safe to run
twice, from two places at once, and beside the shop's migrations, before or after them.
"""

import argparse
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text

from shopnow.database.connections import psycopg_connection
from shopnow.database.kpi_load import add_missing_columns
from shopnow.database.locks import AdvisoryLock
from shopnow.settings import get_settings

log = logging.getLogger(__name__)

#: In schema ops. The shop's revisions are in public.alembic_version.
VERSION_TABLE = "alembic_version"
MIGRATIONS = Path(__file__).parent / "migrations"


@contextmanager
def migrating(dsn: str) -> Iterator[Connection]:
    """A connection that holds the lock of all migrations of its database, whichever part's.

    Raises `sqlalchemy.exc.OperationalError` when the database does not answer.
    """
    engine = create_engine(dsn)
    try:
        with engine.connect() as connection:
            connection.execute(
                text("SELECT pg_advisory_lock(:key)"), {"key": AdvisoryLock.MIGRATION}
            )
            connection.commit()
            yield connection
    finally:
        engine.dispose()  # ends the session, and with it the lock


def alembic_config(connection: Connection, migrations: Path) -> Config:
    """Alembic's configuration for a folder of migrations, bound to an open connection."""
    config = Config()
    config.set_main_option("script_location", str(migrations))
    config.attributes["connection"] = connection
    return config


def migrate(dsn: str) -> None:
    """Upgrade the database at `dsn`. Raises what `migrating` raises."""
    with migrating(dsn) as connection:
        with connection.begin():  # Alembic keeps its version there, from the first revision on
            connection.execute(text("CREATE SCHEMA IF NOT EXISTS ops"))
        command.upgrade(alembic_config(connection, MIGRATIONS), "head")
        connection.commit()
        with connection.begin():
            added = add_missing_columns(psycopg_connection(connection))
    if added:
        log.info("kpi.daily_sales has new columns: %s", ", ".join(added))


def main(argv: Sequence[str] | None = None) -> None:
    argparse.ArgumentParser(
        prog="python -m shopnow.database.migrate", description=__doc__
    ).parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    migrate(get_settings().shop_dsn)
    log.info("the schemas kpi and ops are up to date")


if __name__ == "__main__":
    main()
