"""Progress by batches of the lake, and a table of how far the lake is.

Revision: 0002. The snapshot that the indicators included says nothing about batches: the next
compute_kpis computes all days once.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("load_progress", sa.Column("curated_batch", sa.BigInteger()), schema="kpi")
    op.add_column("load_progress", sa.Column("kafka_end_offsets", JSONB()), schema="kpi")
    op.drop_column("load_progress", "curated_snapshot_id", schema="kpi")
    op.create_table(
        "lake_progress",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("kafka_end_offsets", JSONB(), nullable=False),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.func.now(),
        ),
        schema="ops",
    )
