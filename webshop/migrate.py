"""Bring the shop's database to a schema revision: `python -m webshop.migrate [REVISION]`.

At `head`, the indicators' table also gets the columns of the KPIs that were defined since.

Safe to run twice and from two places at once: an advisory lock makes the second wait, and a
revision is one transaction.
"""

import argparse
import logging
from collections.abc import Sequence
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text

from shopnow.database.daily_kpis import add_missing_columns
from shopnow.settings import get_settings
from webshop.adapters.database import psycopg_connection
from webshop.adapters.locks import AdvisoryLock

log = logging.getLogger(__name__)


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration, bound to an open connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def migrate(dsn: str, revision: str = "head") -> None:
    """Upgrade or downgrade the database at `dsn` to `revision` (`head`, `base`, an id or `-1`).

    Raises `sqlalchemy.exc.OperationalError` when the database does not answer.
    """
    engine = create_engine(dsn)
    try:
        with engine.connect() as connection:
            connection.execute(
                text("SELECT pg_advisory_lock(:key)"), {"key": AdvisoryLock.MIGRATION}
            )
            connection.commit()
            config = alembic_config(connection)
            if revision == "base" or revision.startswith("-"):
                command.downgrade(config, revision)
            else:
                command.upgrade(config, revision)
            connection.commit()
            if revision == "head":
                with connection.begin():
                    added = add_missing_columns(psycopg_connection(connection))
                if added:
                    log.info("kpi.daily_sales has new columns: %s", ", ".join(added))
    finally:
        engine.dispose()  # ends the session, and with it the lock


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m webshop.migrate", description=__doc__)
    parser.add_argument("revision", nargs="?", default="head", help="head, base, an id or -1")
    arguments = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    migrate(get_settings().shop_dsn, arguments.revision)
    log.info("shop database is at revision %s", arguments.revision)


if __name__ == "__main__":
    main()
