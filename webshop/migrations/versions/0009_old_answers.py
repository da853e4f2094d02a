"""Answers kept under an Idempotency-Key are found by their age, to be forgotten.

Revision: 0009.
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Rows come in the order of their times: a few pages of index do.
    op.create_index(
        "ix_idempotency_keys_created_at",
        "idempotency_keys",
        ["created_at"],
        schema="shop",
        postgresql_using="brin",
    )


def downgrade() -> None:
    op.drop_index("ix_idempotency_keys_created_at", "idempotency_keys", schema="shop")
