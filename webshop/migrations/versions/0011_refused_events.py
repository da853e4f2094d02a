"""Events that Kafka refuses for good are set aside, with the cause.

Revision: 0011.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outbox_refused",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column(
            "refused_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_outbox_refused")),
        sa.ForeignKeyConstraint(
            ["seq"], ["shop.outbox.seq"], name=op.f("fk_outbox_refused_seq_outbox")
        ),
        schema="shop",
    )


def downgrade() -> None:
    # They were never published: back into the queue with them.
    op.execute("INSERT INTO shop.outbox_pending SELECT seq FROM shop.outbox_refused")
    op.drop_table("outbox_refused", schema="shop")
