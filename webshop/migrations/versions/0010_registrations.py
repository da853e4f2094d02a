"""Registrations wait apart from accounts; mails count their crashes and whose limit they are under.

Revision: 0010. Accounts that were never verified become registrations, their links still work.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)

# A link's id becomes the registration's: mails that are under way stay good.
MOVE_REGISTRATIONS = """
INSERT INTO shop.registrations
    (registration_id, email, password_hash, name, language, created_at, expires_at)
SELECT token.token_id, account.email, account.password_hash, account.name, account.language,
       token.created_at, token.expires_at
  FROM shop.account_tokens AS token JOIN shop.accounts AS account USING (account_id)
 WHERE token.purpose = 'verify' AND account.verified_at IS NULL AND account.disabled_at IS NULL
"""
# Nobody has ever logged in to these. A customer that something names after all stays.
DELETE_UNVERIFIED = """
CREATE TEMPORARY TABLE unverified ON COMMIT DROP AS
SELECT account_id, customer_id FROM shop.accounts
 WHERE verified_at IS NULL AND disabled_at IS NULL;
DELETE FROM shop.accounts USING unverified WHERE accounts.account_id = unverified.account_id;
DELETE FROM shop.customers AS customer USING unverified
 WHERE customer.customer_id = unverified.customer_id
   AND NOT EXISTS (SELECT FROM shop.orders AS o WHERE o.customer_id = customer.customer_id)
   AND NOT EXISTS (SELECT FROM shop.carts AS c WHERE c.customer_id = customer.customer_id)
   AND NOT EXISTS (SELECT FROM shop.refunds AS r WHERE r.customer_id = customer.customer_id)
"""
COUNT_QUEUED = """
UPDATE shop.mails SET quota = 'account', mailbox = recipient
 WHERE template IN ('verify_account', 'account_exists', 'reset_password')
"""


def upgrade() -> None:
    op.create_table(
        "registrations",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.CheckConstraint("language IN ('fr', 'en')", name=op.f("ck_registrations_language")),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_registrations_email_lower")),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_registrations")),
        schema="shop",
    )
    for column in ("email", "expires_at"):
        op.create_index(f"ix_registrations_{column}", "registrations", [column], schema="shop")
    op.execute(MOVE_REGISTRATIONS)
    op.execute(DELETE_UNVERIFIED)
    op.execute("DELETE FROM shop.account_tokens WHERE purpose = 'verify'")
    op.drop_column("account_tokens", "purpose", schema="shop")
    op.drop_column("accounts", "verified_at", schema="shop")

    op.add_column("mails", sa.Column("quota", sa.String(length=16)), schema="shop")
    op.add_column("mails", sa.Column("mailbox", sa.String(length=254)), schema="shop")
    op.add_column(
        "mails",
        sa.Column("crashes", sa.Integer(), server_default=sa.text("0"), nullable=False),
        schema="shop",
    )
    op.create_check_constraint(
        op.f("ck_mails_quota"), "mails", "quota IN ('account', 'order')", schema="shop"
    )
    op.execute(COUNT_QUEUED)
    op.drop_index("ix_mails_recipient", "mails", schema="shop")
    op.create_index(
        "ix_mails_mailbox",
        "mails",
        ["mailbox", "quota", "created_at"],
        schema="shop",
        postgresql_where=sa.text("quota IS NOT NULL"),
    )
    op.create_index(
        "ix_mails_failed",
        "mails",
        ["failed_at", "mail_id"],
        schema="shop",
        postgresql_where=sa.text("failed_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_mails_failed", "mails", schema="shop")
    op.drop_index("ix_mails_mailbox", "mails", schema="shop")
    op.create_index("ix_mails_recipient", "mails", ["recipient", "created_at"], schema="shop")
    for column in ("crashes", "mailbox", "quota"):
        op.drop_column("mails", column, schema="shop")

    op.add_column("accounts", sa.Column("verified_at", MOMENT), schema="shop")
    op.execute("UPDATE shop.accounts SET verified_at = created_at")
    op.add_column(
        "account_tokens",
        sa.Column("purpose", sa.String(length=16), server_default="reset", nullable=False),
        schema="shop",
    )
    op.alter_column("account_tokens", "purpose", server_default=None, schema="shop")
    op.create_check_constraint(
        op.f("ck_account_tokens_purpose"),
        "account_tokens",
        "purpose IN ('verify', 'reset')",
        schema="shop",
    )
    # The revision below keeps one password an address: whoever waits registers once more.
    op.drop_table("registrations", schema="shop")
