"""Baseline: the shop's tables, its outbox, and the KPI tables.

Revision: 0001, the first. The tables of schema kpi are now those of `shopnow.database`, which may
have made them before.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Once a statement, not once a row: an import inserts thousands of rows and one wake-up is enough.
NOTIFY_RELAY = """
CREATE FUNCTION shop.notify_relay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('shop_outbox', '');
    RETURN NULL;
END $$;
CREATE TRIGGER outbox_notify_relay AFTER INSERT ON shop.outbox
    FOR EACH STATEMENT EXECUTE FUNCTION shop.notify_relay();
"""

APPEND_ONLY_LEDGER = """
CREATE FUNCTION shop.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%.% is append-only', TG_TABLE_SCHEMA, TG_TABLE_NAME;
END $$;
CREATE TRIGGER stock_movements_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON shop.stock_movements FOR EACH STATEMENT EXECUTE FUNCTION shop.refuse_change();
"""


def upgrade() -> None:
    op.execute("CREATE SCHEMA IF NOT EXISTS shop")
    op.execute("CREATE SCHEMA IF NOT EXISTS kpi")
    op.execute("CREATE EXTENSION IF NOT EXISTS unaccent SCHEMA public")
    op.execute("CREATE SEQUENCE shop.order_numbers")
    op.create_table(
        "daily_product_sales",
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column("product_name", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("gross_sales", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("returned_units", sa.BigInteger(), nullable=False),
        sa.Column("returns", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("net_sales", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.PrimaryKeyConstraint(
            "business_date", "currency", "sku", name=op.f("pk_daily_product_sales")
        ),
        schema="kpi",
        if_not_exists=True,
    )
    op.create_table(
        "daily_sales",
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("gross_sales", sa.Numeric(precision=18, scale=4), nullable=True),
        sa.Column("discounts", sa.Numeric(precision=18, scale=4), nullable=True),
        sa.Column("returns", sa.Numeric(precision=18, scale=4), nullable=True),
        sa.Column("net_sales", sa.Numeric(precision=18, scale=4), nullable=True),
        sa.Column("orders", sa.BigInteger(), nullable=True),
        sa.Column("units", sa.BigInteger(), nullable=True),
        sa.Column("average_order_value", sa.Numeric(precision=18, scale=4), nullable=True),
        sa.Column("units_per_order", sa.Numeric(precision=18, scale=4), nullable=True),
        sa.Column("customers", sa.BigInteger(), nullable=True),
        sa.Column("stockouts", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("business_date", "currency", name=op.f("pk_daily_sales")),
        schema="kpi",
        if_not_exists=True,
    )
    op.create_table(
        "daily_stockouts",
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column("product_name", sa.String(length=300), nullable=False),
        sa.Column("stockouts", sa.BigInteger(), nullable=False),
        sa.Column("low_stock_crossings", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("business_date", "sku", name=op.f("pk_daily_stockouts")),
        schema="kpi",
        if_not_exists=True,
    )
    op.create_table(
        "load_progress",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("curated_snapshot_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "loaded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_load_progress")),
        schema="kpi",
        if_not_exists=True,
    )
    op.create_table(
        "customers",
        sa.Column("customer_id", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("country", sa.String(length=64), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_customers")),
        sa.UniqueConstraint("email", name=op.f("uq_customers_email")),
        schema="shop",
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("scope", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=True),
        sa.Column("response", sa.JSON(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("scope", "key", name=op.f("pk_idempotency_keys")),
        schema="shop",
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("aggregatetype", sa.String(length=32), nullable=False),
        sa.Column("aggregateid", sa.String(length=64), nullable=False),
        sa.Column("type", sa.String(length=64), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        schema="shop",
    )
    op.create_index(
        "ix_outbox_unpublished",
        "outbox",
        ["seq"],
        unique=False,
        schema="shop",
        postgresql_where=sa.text("published_at IS NULL"),
    )
    op.create_table(
        "products",
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("category", sa.String(length=100), nullable=False),
        sa.Column("price", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("kind", sa.String(length=16), server_default="product", nullable=False),
        sa.Column("image", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("rank", sa.Integer(), server_default=sa.text("1000"), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("kind IN ('product', 'service')", name=op.f("ck_products_kind")),
        sa.CheckConstraint("price >= 0", name=op.f("ck_products_price_not_negative")),
        sa.PrimaryKeyConstraint("sku", name=op.f("pk_products")),
        schema="shop",
    )
    op.create_index(
        "ix_products_catalogue", "products", ["rank", "name", "sku"], unique=False, schema="shop"
    )
    op.create_table(
        "stock_alerts",
        sa.Column("alert_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column("product_name", sa.String(length=300), nullable=False),
        sa.Column("stock_event_id", sa.Uuid(), nullable=False),
        sa.Column("stock_version", sa.Integer(), nullable=False),
        sa.Column("available", sa.Integer(), nullable=False),
        sa.Column("reorder_point", sa.Integer(), nullable=False),
        sa.Column("stock_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stock_kafka_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("alert_kafka_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("latency_ms", sa.Double(), nullable=False),
        sa.Column(
            "received_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("alert_id", name=op.f("pk_stock_alerts")),
        schema="shop",
    )
    op.create_index(
        "ix_stock_alerts_alert_kafka_at",
        "stock_alerts",
        ["alert_kafka_at"],
        unique=False,
        schema="shop",
    )
    op.create_table(
        "carts",
        sa.Column("cart_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("customer_id", sa.String(length=64), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("status", sa.String(length=16), server_default="open", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("status IN ('open', 'checked_out')", name=op.f("ck_carts_status")),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["shop.customers.customer_id"],
            name=op.f("fk_carts_customer_id_customers"),
        ),
        sa.PrimaryKeyConstraint("cart_id", name=op.f("pk_carts")),
        schema="shop",
    )
    op.create_table(
        "stock",
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column("on_hand", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reserved", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "available",
            sa.Integer(),
            sa.Computed("on_hand - reserved", persisted=True),
            nullable=False,
        ),
        sa.Column("reorder_point", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("on_hand >= 0", name=op.f("ck_stock_on_hand_not_negative")),
        sa.CheckConstraint("reorder_point >= 0", name=op.f("ck_stock_reorder_point_not_negative")),
        sa.CheckConstraint("reserved <= on_hand", name=op.f("ck_stock_reserved_within_on_hand")),
        sa.CheckConstraint("reserved >= 0", name=op.f("ck_stock_reserved_not_negative")),
        sa.ForeignKeyConstraint(["sku"], ["shop.products.sku"], name=op.f("fk_stock_sku_products")),
        sa.PrimaryKeyConstraint("sku", name=op.f("pk_stock")),
        schema="shop",
    )
    op.create_table(
        "cart_items",
        sa.Column("cart_id", sa.Uuid(), nullable=False),
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column(
            "added_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.CheckConstraint("quantity BETWEEN 1 AND 999", name=op.f("ck_cart_items_quantity_range")),
        sa.ForeignKeyConstraint(
            ["cart_id"],
            ["shop.carts.cart_id"],
            name=op.f("fk_cart_items_cart_id_carts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["sku"], ["shop.products.sku"], name=op.f("fk_cart_items_sku_products")
        ),
        sa.PrimaryKeyConstraint("cart_id", "sku", name=op.f("pk_cart_items")),
        schema="shop",
    )
    op.create_table(
        "orders",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("order_number", sa.String(length=64), nullable=False),
        sa.Column("cart_id", sa.Uuid(), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("customer_id", sa.String(length=64), nullable=True),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("country", sa.String(length=64), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("address", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("gross_amount", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column(
            "discount_amount",
            sa.Numeric(precision=18, scale=4),
            server_default=sa.text("0"),
            nullable=False,
        ),
        sa.Column(
            "shipping_amount",
            sa.Numeric(precision=18, scale=4),
            server_default=sa.text("0"),
            nullable=False,
        ),
        sa.Column(
            "tax_amount",
            sa.Numeric(precision=18, scale=4),
            server_default=sa.text("0"),
            nullable=False,
        ),
        sa.Column("total_amount", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("channel IN ('web', 'import')", name=op.f("ck_orders_channel")),
        sa.CheckConstraint(
            "status IN ('pending_payment', 'payment_failed', 'paid', 'cancelled', 'refunded')",
            name=op.f("ck_orders_status"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('paid', 'refunded') OR paid_at IS NOT NULL",
            name=op.f("ck_orders_paid_has_a_time"),
        ),
        sa.CheckConstraint(
            "total_amount = gross_amount - discount_amount + shipping_amount + tax_amount",
            name=op.f("ck_orders_total_adds_up"),
        ),
        sa.ForeignKeyConstraint(
            ["cart_id"], ["shop.carts.cart_id"], name=op.f("fk_orders_cart_id_carts")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["shop.customers.customer_id"],
            name=op.f("fk_orders_customer_id_customers"),
        ),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_orders")),
        sa.UniqueConstraint("cart_id", name=op.f("uq_orders_cart_id")),
        sa.UniqueConstraint("order_number", name=op.f("uq_orders_order_number")),
        schema="shop",
    )
    op.create_index("ix_orders_paid_at", "orders", ["paid_at"], unique=False, schema="shop")
    op.create_index(
        "ix_orders_unpaid",
        "orders",
        ["expires_at"],
        unique=False,
        schema="shop",
        postgresql_where=sa.text("status IN ('pending_payment', 'payment_failed')"),
    )
    op.create_table(
        "stock_movements",
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("available_before", sa.Integer(), nullable=False),
        sa.Column("available_after", sa.Integer(), nullable=False),
        sa.Column("on_hand_before", sa.Integer(), nullable=False),
        sa.Column("on_hand_after", sa.Integer(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "reason IN ('sale', 'release', 'reservation', 'restock', 'count', 'return', "
            "'adjustment')",
            name=op.f("ck_stock_movements_reason"),
        ),
        sa.CheckConstraint(
            "available_after = available_before + quantity",
            name=op.f("ck_stock_movements_quantity_is_delta"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_stock_movements_version_from_one")),
        sa.ForeignKeyConstraint(
            ["sku"], ["shop.stock.sku"], name=op.f("fk_stock_movements_sku_stock")
        ),
        sa.PrimaryKeyConstraint("sku", "version", name=op.f("pk_stock_movements")),
        sa.UniqueConstraint("event_id", name=op.f("uq_stock_movements_event_id")),
        schema="shop",
    )
    op.create_table(
        "order_lines",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("line_number", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column("product_name", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_price", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("amount", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.CheckConstraint(
            "amount = unit_price * quantity", name=op.f("ck_order_lines_amount_is_product")
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_order_lines_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop.orders.order_id"], name=op.f("fk_order_lines_order_id_orders")
        ),
        sa.ForeignKeyConstraint(
            ["sku"], ["shop.products.sku"], name=op.f("fk_order_lines_sku_products")
        ),
        sa.PrimaryKeyConstraint("order_id", "line_number", name=op.f("pk_order_lines")),
        schema="shop",
    )
    op.create_table(
        "payments",
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("method", sa.String(length=16), nullable=False),
        sa.Column("provider", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.Column("provider_reference", sa.String(length=100), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("status IN ('succeeded', 'failed')", name=op.f("ck_payments_status")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop.orders.order_id"], name=op.f("fk_payments_order_id_orders")
        ),
        sa.PrimaryKeyConstraint("payment_id", name=op.f("pk_payments")),
        schema="shop",
    )
    op.create_index("ix_payments_order_id", "payments", ["order_id"], unique=False, schema="shop")
    op.create_index(
        "uq_payments_succeeded",
        "payments",
        ["order_id"],
        unique=True,
        schema="shop",
        postgresql_where=sa.text("status = 'succeeded'"),
    )
    op.create_table(
        "refunds",
        sa.Column("refund_id", sa.Uuid(), nullable=False),
        sa.Column("refund_number", sa.String(length=64), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("customer_id", sa.String(length=64), nullable=True),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("country", sa.String(length=64), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("refunded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("channel IN ('web', 'import')", name=op.f("ck_refunds_channel")),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["shop.customers.customer_id"],
            name=op.f("fk_refunds_customer_id_customers"),
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop.orders.order_id"], name=op.f("fk_refunds_order_id_orders")
        ),
        sa.PrimaryKeyConstraint("refund_id", name=op.f("pk_refunds")),
        sa.UniqueConstraint("refund_number", name=op.f("uq_refunds_refund_number")),
        schema="shop",
    )
    op.create_index(
        "ix_refunds_refunded_at", "refunds", ["refunded_at"], unique=False, schema="shop"
    )
    op.create_table(
        "refund_lines",
        sa.Column("refund_id", sa.Uuid(), nullable=False),
        sa.Column("line_number", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column("product_name", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_price", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("amount", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.CheckConstraint(
            "amount = unit_price * quantity", name=op.f("ck_refund_lines_amount_is_product")
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_refund_lines_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["refund_id"],
            ["shop.refunds.refund_id"],
            name=op.f("fk_refund_lines_refund_id_refunds"),
        ),
        sa.ForeignKeyConstraint(
            ["sku"], ["shop.products.sku"], name=op.f("fk_refund_lines_sku_products")
        ),
        sa.PrimaryKeyConstraint("refund_id", "line_number", name=op.f("pk_refund_lines")),
        schema="shop",
    )
    op.create_table(
        "retail_invoices",
        sa.Column("invoice_no", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("invoiced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("refund_id", sa.Uuid(), nullable=True),
        sa.Column("order_lines", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("refund_lines", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("adjustments", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("rejected", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "imported_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop.orders.order_id"], name=op.f("fk_retail_invoices_order_id_orders")
        ),
        sa.ForeignKeyConstraint(
            ["refund_id"],
            ["shop.refunds.refund_id"],
            name=op.f("fk_retail_invoices_refund_id_refunds"),
        ),
        sa.PrimaryKeyConstraint("invoice_no", name=op.f("pk_retail_invoices")),
        schema="shop",
    )
    op.execute(NOTIFY_RELAY)
    op.execute(APPEND_ONLY_LEDGER)


def downgrade() -> None:
    op.execute("DROP SCHEMA shop CASCADE")
    op.execute("DROP EXTENSION IF EXISTS unaccent")
