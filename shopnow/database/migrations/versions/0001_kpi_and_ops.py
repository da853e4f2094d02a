"""The schemas kpi and ops as the shop's migrations left them, in whichever of their states.

Revision: 0001, the first. Creates what is missing, be it a schema, a table or a column, and leaves
what is there as it is. There is no way down: the rows are not this revision's to drop.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MONEY = sa.Numeric(18, 4)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.execute("CREATE SCHEMA IF NOT EXISTS kpi")
    op.execute("CREATE SCHEMA IF NOT EXISTS ops")
    _complete(
        "kpi",
        "daily_sales",
        sa.Column("business_date", sa.Date(), primary_key=True),
        sa.Column("currency", sa.String(3), primary_key=True),
        # Its other columns are those of the KPIs: see shopnow.database.migrate.
    )
    _complete(
        "kpi",
        "daily_product_sales",
        sa.Column("business_date", sa.Date(), primary_key=True),
        sa.Column("currency", sa.String(3), primary_key=True),
        sa.Column("sku", sa.String(64), primary_key=True),
        sa.Column("product_name", sa.String(300), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("gross_sales", MONEY, nullable=False),
        sa.Column("returned_units", sa.BigInteger(), nullable=False),
        sa.Column("returns", MONEY, nullable=False),
        sa.Column("net_sales", MONEY, nullable=False),
    )
    _complete(
        "kpi",
        "daily_stockouts",
        sa.Column("business_date", sa.Date(), primary_key=True),
        sa.Column("sku", sa.String(64), primary_key=True),
        sa.Column("product_name", sa.String(300), nullable=False),
        sa.Column("stockouts", sa.BigInteger(), nullable=False),
        sa.Column("low_stock_crossings", sa.BigInteger(), nullable=False),
    )
    _complete(
        "kpi",
        "load_progress",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("curated_snapshot_id", sa.BigInteger()),
        sa.Column("definitions", sa.String(64)),
        sa.Column("loaded_at", MOMENT, nullable=False, server_default=sa.func.now()),
    )
    _complete(
        "ops",
        "heartbeats",
        sa.Column("service", sa.Text(), primary_key=True),
        sa.Column("application_id", sa.Text(), nullable=False),
        sa.Column("beat_at", MOMENT, nullable=False),
        sa.Column("progress_at", MOMENT),
        sa.Column("unread", sa.BigInteger()),
        sa.Column("details", sa.Text(), nullable=False),
    )
    _complete(
        "ops",
        "sent_mail",
        sa.Column("message_id", sa.Text(), primary_key=True),
        sa.Column("run_id", sa.Text(), primary_key=True),
        sa.Column("sent_at", MOMENT, nullable=False),
    )


def _complete(schema: str, name: str, *columns: sa.Column) -> None:
    """Create a table, or give one that is there the columns that it lacks."""
    inspector = sa.inspect(op.get_bind())
    if not inspector.has_table(name, schema=schema):
        op.create_table(name, *columns, schema=schema)
        return
    present = {column["name"] for column in inspector.get_columns(name, schema=schema)}
    for column in columns:
        if column.name not in present:
            op.add_column(name, column, schema=schema)
