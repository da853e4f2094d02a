"""Hosted payments: pending ones, webhooks that were taken in, and what is to be given back.

Revision: 0006, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _statuses("'pending', 'succeeded', 'failed'")
    op.alter_column("payments", "provider_reference", type_=sa.String(255), schema="shop")
    op.add_column("payments", sa.Column("redirect_url", sa.Text()), schema="shop")
    for name in ("polled_at", "refund_due_at", "refund_tried_at", "refunded_at"):
        op.add_column("payments", sa.Column(name, MOMENT), schema="shop")
    op.create_index(
        "uq_payments_pending",
        "payments",
        ["order_id"],
        unique=True,
        schema="shop",
        postgresql_where=sa.text("status = 'pending'"),
    )
    op.create_index(
        "ix_payments_refund_due",
        "payments",
        ["refund_due_at"],
        schema="shop",
        postgresql_where=sa.text("refund_due_at IS NOT NULL AND refunded_at IS NULL"),
    )
    op.add_column("refunds", sa.Column("payment_id", sa.Uuid()), schema="shop")
    op.create_foreign_key(
        op.f("fk_refunds_payment_id_payments"),
        "refunds",
        "payments",
        ["payment_id"],
        ["payment_id"],
        source_schema="shop",
        referent_schema="shop",
    )
    for name in ("settled_at", "settle_tried_at"):
        op.add_column("refunds", sa.Column(name, MOMENT), schema="shop")
    op.create_index(
        "ix_refunds_unsettled",
        "refunds",
        ["refunded_at"],
        schema="shop",
        postgresql_where=sa.text("settled_at IS NULL AND channel = 'web'"),
    )
    op.create_table(
        "payment_events",
        sa.Column("provider", sa.String(64), nullable=False),
        sa.Column("event_id", sa.String(255), nullable=False),
        sa.Column("payment_id", sa.Uuid()),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("received_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("provider", "event_id", name=op.f("pk_payment_events")),
        schema="shop",
    )


def downgrade() -> None:
    op.drop_table("payment_events", schema="shop")
    op.drop_index("ix_refunds_unsettled", "refunds", schema="shop")
    op.drop_constraint(op.f("fk_refunds_payment_id_payments"), "refunds", schema="shop")
    for name in ("settle_tried_at", "settled_at", "payment_id"):
        op.drop_column("refunds", name, schema="shop")
    op.drop_index("ix_payments_refund_due", "payments", schema="shop")
    op.drop_index("uq_payments_pending", "payments", schema="shop")
    for name in ("refunded_at", "refund_tried_at", "refund_due_at", "polled_at", "redirect_url"):
        op.drop_column("payments", name, schema="shop")
    # The older shop knows only payments that are settled. One that was under way is not.
    op.execute(
        "UPDATE shop.payments SET status = 'failed', reason = 'abandoned' WHERE status = 'pending'"
    )
    op.alter_column(
        "payments",
        "provider_reference",
        type_=sa.String(100),
        schema="shop",
        postgresql_using="left(provider_reference, 100)",
    )
    _statuses("'succeeded', 'failed'")


def _statuses(listed: str) -> None:
    name = op.f("ck_payments_status")
    op.drop_constraint(name, "payments", schema="shop")
    op.create_check_constraint(name, "payments", f"status IN ({listed})", schema="shop")
