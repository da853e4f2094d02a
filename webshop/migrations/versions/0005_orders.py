"""Orders after their payment: promotions, VAT, history, refunds with shipping, returns, audit.

Revision: 0005.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MONEY = sa.Numeric(18, 4)
MOMENT = sa.DateTime(timezone=True)
OLD_STATUSES = "'pending_payment', 'payment_failed', 'paid', 'cancelled', 'refunded'"
STATUSES = "'pending_payment', 'payment_failed', 'paid', 'shipped', 'cancelled', 'refunded'"

APPEND_ONLY = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON shop.{table} FOR EACH STATEMENT EXECUTE FUNCTION shop.refuse_change()
"""

# Until now prices contained 20 % VAT, shipping was free and nothing was taken off.
FILL_WEB_ORDERS = """
UPDATE shop.orders
   SET shipping_method = 'standard', language = 'fr',
       vat_amount = round(total_amount - total_amount / 1.2, 2)
 WHERE channel = 'web';
UPDATE shop.order_lines AS line SET vat_rate = 0.2
  FROM shop.orders WHERE orders.order_id = line.order_id AND channel = 'web';
"""

FILL_HISTORY = """
INSERT INTO shop.order_history (order_id, status, actor, at)
SELECT order_id, step.status, 'system', step.at
  FROM shop.orders CROSS JOIN LATERAL (VALUES
       ('pending_payment', placed_at), ('paid', paid_at), ('cancelled', cancelled_at)
       ) AS step (status, at)
 WHERE channel = 'web' AND step.at IS NOT NULL
 ORDER BY step.at
"""


def upgrade() -> None:
    _create_promotions()
    _extend_orders()
    op.execute(FILL_WEB_ORDERS)
    _create_history()
    _extend_refunds()
    _create_promotion_uses()
    _create_returns()
    _create_audit()
    op.add_column(
        "stock_movements",
        sa.Column("actor", sa.String(64), nullable=False, server_default="system"),
        schema="shop",
    )
    op.add_column("stock_movements", sa.Column("note", sa.String(200)), schema="shop")
    op.execute("UPDATE shop.products SET price = round(price, 2) WHERE price <> round(price, 2)")
    op.create_check_constraint(
        op.f("ck_products_price_in_cents"), "products", "price = round(price, 2)", schema="shop"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_products_price_in_cents"), "products", schema="shop")
    for table in ("audit", "return_lines", "returns", "promotion_uses", "order_history"):
        op.drop_table(table, schema="shop")
    for column in ("note", "actor"):
        op.drop_column("stock_movements", column, schema="shop")
    _shrink_refunds()
    _shrink_orders()
    op.drop_table("promotions", schema="shop")


def _create_promotions() -> None:
    op.create_table(
        "promotions",
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("label", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("value", MONEY, nullable=False),
        sa.Column("minimum", MONEY, nullable=False, server_default=sa.text("0")),
        sa.Column("starts_at", MOMENT),
        sa.Column("ends_at", MOMENT),
        sa.Column("max_uses", sa.Integer()),
        sa.Column("uses", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column(
            "once_per_customer", sa.Boolean(), nullable=False, server_default=sa.text("false")
        ),
        sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.text("true")),
        sa.Column("created_at", MOMENT, nullable=False, server_default=sa.text("now()")),
        sa.CheckConstraint(
            "kind IN ('percent', 'amount', 'free_shipping')", name=op.f("ck_promotions_kind")
        ),
        sa.CheckConstraint("code = upper(code)", name=op.f("ck_promotions_code_in_capitals")),
        sa.CheckConstraint("uses >= 0", name=op.f("ck_promotions_uses_not_negative")),
        sa.CheckConstraint("uses <= max_uses", name=op.f("ck_promotions_uses_within_max")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_promotions_starts_before_it_ends")),
        sa.CheckConstraint(
            "CASE kind WHEN 'percent' THEN value > 0 AND value <= 90"
            " WHEN 'amount' THEN value > 0 AND value < minimum ELSE value = 0 END",
            name=op.f("ck_promotions_value_fits_kind"),
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_promotions")),
        schema="shop",
    )


def _extend_orders() -> None:
    for column in (
        sa.Column("shipping_method", sa.String(16)),
        sa.Column("vat_amount", MONEY),
        sa.Column("promotion_code", sa.String(32)),
        sa.Column("language", sa.String(2)),
        sa.Column("phone", sa.String(32)),
        sa.Column("shipped_at", MOMENT),
        sa.Column("tracking", sa.String(100)),
        sa.Column("refunded_amount", MONEY, nullable=False, server_default=sa.text("0")),
    ):
        op.add_column("orders", column, schema="shop")
    op.create_foreign_key(
        op.f("fk_orders_promotion_code_promotions"),
        "orders",
        "promotions",
        ["promotion_code"],
        ["code"],
        source_schema="shop",
        referent_schema="shop",
    )
    _restrict_orders(STATUSES, "'paid', 'shipped', 'refunded'")
    op.create_check_constraint(
        op.f("ck_orders_refunded_within_total"),
        "orders",
        "refunded_amount BETWEEN 0 AND total_amount",
        schema="shop",
    )
    op.create_index(
        "ix_orders_web",
        "orders",
        ["placed_at", "order_id"],
        schema="shop",
        postgresql_where=sa.text("channel = 'web'"),
    )
    op.add_column(
        "order_lines",
        sa.Column("discount_amount", MONEY, nullable=False, server_default=sa.text("0")),
        schema="shop",
    )
    op.add_column("order_lines", sa.Column("vat_rate", sa.Numeric(5, 4)), schema="shop")
    op.create_check_constraint(
        op.f("ck_order_lines_discount_within_amount"),
        "order_lines",
        "discount_amount BETWEEN 0 AND amount",
        schema="shop",
    )


def _shrink_orders() -> None:
    # The schema before knows no shipping: what left the shop was paid.
    op.execute("UPDATE shop.orders SET status = 'paid' WHERE status = 'shipped'")
    _restrict_orders(OLD_STATUSES, "'paid', 'refunded'")
    op.drop_index("ix_orders_web", "orders", schema="shop")
    for column in ("vat_rate", "discount_amount"):
        op.drop_column("order_lines", column, schema="shop")
    for column in (
        "refunded_amount",
        "tracking",
        "shipped_at",
        "phone",
        "language",
        "promotion_code",
        "vat_amount",
        "shipping_method",
    ):
        op.drop_column("orders", column, schema="shop")


def _restrict_orders(statuses: str, paid: str) -> None:
    for name, rule in (
        ("ck_orders_status", f"status IN ({statuses})"),
        ("ck_orders_paid_has_a_time", f"status NOT IN ({paid}) OR paid_at IS NOT NULL"),
    ):
        op.drop_constraint(op.f(name), "orders", schema="shop")
        op.create_check_constraint(op.f(name), "orders", rule, schema="shop")


def _create_history() -> None:
    op.create_table(
        "order_history",
        sa.Column("entry", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("note", sa.String(200)),
        sa.Column("at", MOMENT, nullable=False, server_default=sa.text("clock_timestamp()")),
        sa.CheckConstraint(f"status IN ({STATUSES})", name=op.f("ck_order_history_status")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop.orders.order_id"], name=op.f("fk_order_history_order_id_orders")
        ),
        sa.PrimaryKeyConstraint("entry", name=op.f("pk_order_history")),
        schema="shop",
    )
    op.create_index("ix_order_history_order_id", "order_history", ["order_id"], schema="shop")
    op.execute(FILL_HISTORY)
    op.execute(APPEND_ONLY.format(table="order_history"))


def _extend_refunds() -> None:
    op.execute("CREATE SEQUENCE shop.refund_numbers")
    op.add_column(
        "refunds",
        sa.Column("shipping_amount", MONEY, nullable=False, server_default=sa.text("0")),
        schema="shop",
    )
    op.create_check_constraint(
        op.f("ck_refunds_shipping_within_amount"),
        "refunds",
        "shipping_amount BETWEEN 0 AND amount",
        schema="shop",
    )
    op.create_index("ix_refunds_order_id", "refunds", ["order_id"], schema="shop")
    op.add_column("refund_lines", sa.Column("order_line_number", sa.Integer()), schema="shop")


def _shrink_refunds() -> None:
    op.drop_column("refund_lines", "order_line_number", schema="shop")
    op.drop_index("ix_refunds_order_id", "refunds", schema="shop")
    # Before, a refund was the sum of its lines, as sales count it.
    op.execute("UPDATE shop.refunds SET amount = amount - shipping_amount")
    op.drop_column("refunds", "shipping_amount", schema="shop")
    op.execute("DROP SEQUENCE shop.refund_numbers")


def _create_promotion_uses() -> None:
    op.create_table(
        "promotion_uses",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("customer_id", sa.String(64)),
        sa.Column("used_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop.orders.order_id"], name=op.f("fk_promotion_uses_order_id_orders")
        ),
        sa.ForeignKeyConstraint(
            ["code"], ["shop.promotions.code"], name=op.f("fk_promotion_uses_code_promotions")
        ),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_promotion_uses")),
        schema="shop",
    )
    op.create_index("ix_promotion_uses_code", "promotion_uses", ["code", "email"], schema="shop")


def _create_returns() -> None:
    op.create_table(
        "returns",
        sa.Column("return_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT),
        sa.Column("received_at", MOMENT),
        sa.Column("refund_id", sa.Uuid()),
        sa.CheckConstraint(
            "status IN ('requested', 'accepted', 'refused', 'received')",
            name=op.f("ck_returns_status"),
        ),
        sa.CheckConstraint(
            "(status = 'received') = (refund_id IS NOT NULL)",
            name=op.f("ck_returns_received_is_refunded"),
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop.orders.order_id"], name=op.f("fk_returns_order_id_orders")
        ),
        sa.ForeignKeyConstraint(
            ["refund_id"], ["shop.refunds.refund_id"], name=op.f("fk_returns_refund_id_refunds")
        ),
        sa.PrimaryKeyConstraint("return_id", name=op.f("pk_returns")),
        sa.UniqueConstraint("refund_id", name=op.f("uq_returns_refund_id")),
        schema="shop",
    )
    op.create_index("ix_returns_order_id", "returns", ["order_id"], schema="shop")
    op.create_index(
        "ix_returns_requested_at", "returns", ["requested_at", "return_id"], schema="shop"
    )
    op.create_table(
        "return_lines",
        sa.Column("return_id", sa.Uuid(), nullable=False),
        sa.Column("line_number", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_return_lines_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["return_id"],
            ["shop.returns.return_id"],
            name=op.f("fk_return_lines_return_id_returns"),
        ),
        sa.PrimaryKeyConstraint("return_id", "line_number", name=op.f("pk_return_lines")),
        schema="shop",
    )


def _create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("entry", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(100), nullable=False),
        sa.Column("before", postgresql.JSONB()),
        sa.Column("after", postgresql.JSONB()),
        sa.PrimaryKeyConstraint("entry", name=op.f("pk_audit")),
        schema="shop",
    )
    op.execute(APPEND_ONLY.format(table="audit"))
