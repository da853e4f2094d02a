"""Alembic's environment: the connection comes from `webshop.migrate`, never from a file."""

from alembic import context
from sqlalchemy import Connection

from webshop.adapters.tables import SHOP, metadata

VERSION_TABLE = "alembic_version"


def _ours(name: str | None, kind: str, _parents: object) -> bool:
    return name == SHOP if kind == "schema" else True


def migrate(connection: Connection) -> None:
    """Run the requested revisions in one transaction on an open connection."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_schemas=True,
        include_name=_ours,
        compare_type=True,
        compare_server_default=False,
        version_table=VERSION_TABLE,
        version_table_schema="public",
    )
    with context.begin_transaction():
        context.run_migrations()


migrate(context.config.attributes["connection"])
