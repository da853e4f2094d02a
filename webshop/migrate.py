"""Bring the shop's database to a schema revision: `python -m webshop.migrate [REVISION]`.

Idempotent and safe to run concurrently: an advisory lock makes the second wait, and a
revision is one transaction.
"""

import argparse
import logging
from collections.abc import Sequence
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from shopnow.database import migrate as database_migrate
from shopnow.settings import get_settings

log = logging.getLogger(__name__)

MIGRATIONS = Path(__file__).parent / "migrations"


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration for the shop's migrations, bound to an open connection."""
    return database_migrate.alembic_config(connection, MIGRATIONS)


def migrate(dsn: str, revision: str = "head") -> None:
    """Upgrade or downgrade the database at `dsn` to `revision` (`head`, `base`, an id or `-1`).

    Raises `sqlalchemy.exc.OperationalError` when the database does not answer.
    """
    with database_migrate.migrating(dsn) as connection:
        config = alembic_config(connection)
        if revision == "base" or revision.startswith("-"):
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)
        connection.commit()


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m webshop.migrate", description=__doc__)
    parser.add_argument("revision", nargs="?", default="head", help="head, base, an id or -1")
    arguments = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    migrate(get_settings().shop_dsn, arguments.revision)
    log.info("shop database is at revision %s", arguments.revision)


if __name__ == "__main__":
    main()
