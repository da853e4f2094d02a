"""A second factor for accounts: sealed secrets and recovery codes.

Revision: 0008.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "accounts", sa.Column("second_factor_at", sa.DateTime(timezone=True)), schema="shop"
    )
    op.create_table(
        "account_second_factors",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account_second_factors")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["shop.accounts.account_id"],
            name=op.f("fk_account_second_factors_account_id_accounts"),
            ondelete="CASCADE",
        ),
        schema="shop",
    )
    op.create_table(
        "account_recovery_codes",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "code_hash", name=op.f("pk_account_recovery_codes")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["shop.accounts.account_id"],
            name=op.f("fk_account_recovery_codes_account_id_accounts"),
            ondelete="CASCADE",
        ),
        schema="shop",
    )


def downgrade() -> None:
    op.drop_table("account_recovery_codes", schema="shop")
    op.drop_table("account_second_factors", schema="shop")
    op.drop_column("accounts", "second_factor_at", schema="shop")
