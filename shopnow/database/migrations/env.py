"""Alembic's environment: the connection comes from `shopnow.database.migrate`."""

from alembic import context
from sqlalchemy import Connection

from shopnow.database.migrate import VERSION_TABLE
from shopnow.database.tables import OPS, metadata


def migrate(connection: Connection) -> None:
    """Run the requested revisions in one transaction on an open connection."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        version_table=VERSION_TABLE,
        version_table_schema=OPS,
    )
    with context.begin_transaction():
        context.run_migrations()


migrate(context.config.attributes["connection"])
