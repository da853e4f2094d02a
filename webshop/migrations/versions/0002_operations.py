"""Schema ops: signs of life of services, and e-mails that were sent.

Revision: 0002, after 0001. Both are `shopnow.database`'s now, which may have made them before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA IF NOT EXISTS ops")
    op.create_table(
        "heartbeats",
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("application_id", sa.Text(), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("progress_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unread", sa.BigInteger(), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("service", name=op.f("pk_heartbeats")),
        schema="ops",
        if_not_exists=True,
    )
    op.create_table(
        "sent_mail",
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("message_id", "run_id", name=op.f("pk_sent_mail")),
        schema="ops",
        if_not_exists=True,
    )


def downgrade() -> None:
    """Nothing: the schema is `shopnow.database`'s now."""
