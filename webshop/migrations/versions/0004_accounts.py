"""Accounts with sessions, mailed links and throttles; the mail queue; one open cart an account.

Revision: 0004, after 0002.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NOTIFY_MAILER = """
CREATE FUNCTION shop.notify_mailer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('shop_mails', '');
    RETURN NULL;
END $$;
CREATE TRIGGER mails_notify_mailer AFTER INSERT ON shop.mails
    FOR EACH STATEMENT EXECUTE FUNCTION shop.notify_mailer();
"""

MOMENT = sa.DateTime(timezone=True)


def _created_at() -> sa.Column:
    return sa.Column("created_at", MOMENT, server_default=sa.text("now()"), nullable=False)


def upgrade() -> None:
    _create_accounts()
    _create_what_belongs_to_an_account()
    _create_mails()
    op.drop_constraint(op.f("ck_carts_status"), "carts", schema="shop")
    op.create_check_constraint(
        op.f("ck_carts_status"),
        "carts",
        "status IN ('open', 'checked_out', 'merged')",
        schema="shop",
    )
    op.create_index(
        "uq_carts_open_of_customer",
        "carts",
        ["customer_id"],
        unique=True,
        schema="shop",
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_index("ix_orders_customer_id", "orders", ["customer_id", "placed_at"], schema="shop")


def _create_accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("role", sa.String(length=16), server_default="customer", nullable=False),
        sa.Column("verified_at", MOMENT, nullable=True),
        sa.Column("disabled_at", MOMENT, nullable=True),
        _created_at(),
        sa.CheckConstraint("language IN ('fr', 'en')", name=op.f("ck_accounts_language")),
        sa.CheckConstraint(
            "role IN ('customer', 'manager', 'admin')", name=op.f("ck_accounts_role")
        ),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_accounts_email_lower")),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["shop.customers.customer_id"],
            name=op.f("fk_accounts_customer_id_customers"),
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("customer_id", name=op.f("uq_accounts_customer_id")),
        sa.UniqueConstraint("email", name=op.f("uq_accounts_email")),
        schema="shop",
    )


def _account_id(table: str) -> tuple[sa.Column, sa.ForeignKeyConstraint]:
    return (
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["shop.accounts.account_id"],
            name=op.f(f"fk_{table}_account_id_accounts"),
            ondelete="CASCADE",
        ),
    )


def _create_what_belongs_to_an_account() -> None:
    op.create_table(
        "account_sessions",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        *_account_id("account_sessions"),
        _created_at(),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_account_sessions")),
        schema="shop",
    )
    op.create_table(
        "account_tokens",
        sa.Column("token_id", sa.Uuid(), nullable=False),
        *_account_id("account_tokens"),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        _created_at(),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "purpose IN ('verify', 'reset')", name=op.f("ck_account_tokens_purpose")
        ),
        sa.PrimaryKeyConstraint("token_id", name=op.f("pk_account_tokens")),
        schema="shop",
    )
    for table in ("account_sessions", "account_tokens"):
        for column in ("account_id", "expires_at"):
            op.create_index(f"ix_{table}_{column}", table, [column], schema="shop")
    op.create_table(
        "throttles",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_at", MOMENT, nullable=True),
        sa.Column("blocked_until", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_throttles")),
        schema="shop",
    )
    op.create_index("ix_throttles_last_at", "throttles", ["last_at"], schema="shop")


def _create_mails() -> None:
    op.create_table(
        "mails",
        sa.Column("mail_id", sa.Uuid(), nullable=False),
        sa.Column("template", sa.String(length=64), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("context", postgresql.JSONB(), nullable=True),
        _created_at(),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_attempt_at", MOMENT, nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("failed_at", MOMENT, nullable=True),
        sa.CheckConstraint("language IN ('fr', 'en')", name=op.f("ck_mails_language")),
        sa.PrimaryKeyConstraint("mail_id", name=op.f("pk_mails")),
        schema="shop",
    )
    op.create_index(
        "ix_mails_unsent",
        "mails",
        ["next_attempt_at"],
        schema="shop",
        postgresql_where=sa.text("sent_at IS NULL AND failed_at IS NULL"),
    )
    op.create_index("ix_mails_recipient", "mails", ["recipient", "created_at"], schema="shop")
    op.execute(NOTIFY_MAILER)


def downgrade() -> None:
    op.drop_index("ix_orders_customer_id", "orders", schema="shop")
    op.drop_index("uq_carts_open_of_customer", "carts", schema="shop")
    # The revision below knows no merged carts; closed they stay.
    op.execute("UPDATE shop.carts SET status = 'checked_out' WHERE status = 'merged'")
    op.drop_constraint(op.f("ck_carts_status"), "carts", schema="shop")
    op.create_check_constraint(
        op.f("ck_carts_status"), "carts", "status IN ('open', 'checked_out')", schema="shop"
    )
    op.drop_table("mails", schema="shop")
    op.execute("DROP FUNCTION shop.notify_mailer()")
    for table in ("throttles", "account_tokens", "account_sessions", "accounts"):
        op.drop_table(table, schema="shop")
