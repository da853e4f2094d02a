"""Every table of the shop's database: schema `shop` (facts and outbox) and `kpi` (indicators).

SQLAlchemy Core tables, the one description that repositories, importer and KPI loader build their
statements from. The Alembic migrations create them; a test compares the two.

Money is numeric(18,4), times are timestamptz (UTC), quantities are whole units.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    Numeric,
    Sequence,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from shopnow.kpis import KPIS

SHOP = "shop"
KPI = "kpi"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

MONEY = Numeric(18, 4)
MOMENT = DateTime(timezone=True)

ORDER_STATUSES = ("pending_payment", "payment_failed", "paid", "cancelled", "refunded")
STOCK_REASONS = ("sale", "release", "reservation", "restock", "count", "return", "adjustment")


def _one_of(column: str, values: tuple[str, ...], name: str) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=name)


def _recorded_at(name: str = "created_at") -> Column:
    return Column(name, MOMENT, nullable=False, server_default=func.now())


products = Table(
    "products",
    metadata,
    Column("sku", String(64), primary_key=True),
    Column("name", String(300), nullable=False),
    Column("description", Text, nullable=False, server_default=""),
    Column("category", String(100), nullable=False),
    Column("price", MONEY, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("kind", String(16), nullable=False, server_default="product"),
    Column("image", Text),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    # Where the catalogue shows it: the shop's own range before what an import brought.
    Column("rank", Integer, nullable=False, server_default=text("1000")),
    _recorded_at(),
    CheckConstraint("price >= 0", name="price_not_negative"),
    _one_of("kind", ("product", "service"), "kind"),
    Index("ix_products_catalogue", "rank", "name", "sku"),
    schema=SHOP,
)

stock = Table(
    "stock",
    metadata,
    Column("sku", ForeignKey(products.c.sku), primary_key=True),
    Column("on_hand", Integer, nullable=False, server_default=text("0")),
    Column("reserved", Integer, nullable=False, server_default=text("0")),
    Column("available", Integer, Computed("on_hand - reserved", persisted=True), nullable=False),
    Column("reorder_point", Integer, nullable=False, server_default=text("0")),
    # Number of the last movement of this product; 0 before the first.
    Column("version", Integer, nullable=False, server_default=text("0")),
    CheckConstraint("on_hand >= 0", name="on_hand_not_negative"),
    CheckConstraint("reserved >= 0", name="reserved_not_negative"),
    CheckConstraint("reserved <= on_hand", name="reserved_within_on_hand"),
    CheckConstraint("reorder_point >= 0", name="reorder_point_not_negative"),
    schema=SHOP,
)

# The ledger: append-only (a trigger refuses updates and deletes), one row a version.
stock_movements = Table(
    "stock_movements",
    metadata,
    Column("sku", ForeignKey(stock.c.sku), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("reason", String(16), nullable=False),
    Column("reference", String(64)),
    Column("quantity", Integer, nullable=False),
    Column("available_before", Integer, nullable=False),
    Column("available_after", Integer, nullable=False),
    Column("on_hand_before", Integer, nullable=False),
    Column("on_hand_after", Integer, nullable=False),
    Column("occurred_at", MOMENT, nullable=False),
    # The stock_changed event that tells of this movement.
    Column("event_id", Uuid, nullable=False, unique=True),
    CheckConstraint("version >= 1", name="version_from_one"),
    CheckConstraint("available_after = available_before + quantity", name="quantity_is_delta"),
    _one_of("reason", STOCK_REASONS, "reason"),
    schema=SHOP,
)

customers = Table(
    "customers",
    metadata,
    Column("customer_id", String(64), primary_key=True),
    # Lower case; null for customers that an import knows by number only.
    Column("email", String(254), unique=True),
    Column("name", String(200)),
    Column("country", String(64)),
    _recorded_at(),
    schema=SHOP,
)

carts = Table(
    "carts",
    metadata,
    Column("cart_id", Uuid, primary_key=True),
    Column("session_id", Uuid),
    Column("customer_id", ForeignKey(customers.c.customer_id)),
    Column("currency", String(3), nullable=False),
    Column("status", String(16), nullable=False, server_default="open"),
    _recorded_at(),
    Column("updated_at", MOMENT, nullable=False, server_default=func.now()),
    _one_of("status", ("open", "checked_out"), "status"),
    schema=SHOP,
)

cart_items = Table(
    "cart_items",
    metadata,
    Column("cart_id", ForeignKey(carts.c.cart_id, ondelete="CASCADE"), primary_key=True),
    Column("sku", ForeignKey(products.c.sku), primary_key=True),
    Column("quantity", Integer, nullable=False),
    _recorded_at("added_at"),
    CheckConstraint("quantity BETWEEN 1 AND 999", name="quantity_range"),
    schema=SHOP,
)

order_numbers = Sequence("order_numbers", metadata=metadata, schema=SHOP)

orders = Table(
    "orders",
    metadata,
    Column("order_id", Uuid, primary_key=True),
    Column("order_number", String(64), nullable=False, unique=True),
    Column("cart_id", ForeignKey(carts.c.cart_id)),
    Column("session_id", Uuid),
    Column("customer_id", ForeignKey(customers.c.customer_id)),
    Column("channel", String(16), nullable=False),
    Column("country", String(64)),
    Column("currency", String(3), nullable=False),
    Column("status", String(20), nullable=False),
    Column("email", String(254)),
    Column("name", String(200)),
    Column("address", JSONB),
    Column("gross_amount", MONEY, nullable=False),
    Column("discount_amount", MONEY, nullable=False, server_default=text("0")),
    Column("shipping_amount", MONEY, nullable=False, server_default=text("0")),
    Column("tax_amount", MONEY, nullable=False, server_default=text("0")),
    Column("total_amount", MONEY, nullable=False),
    Column("placed_at", MOMENT, nullable=False),
    Column("paid_at", MOMENT),
    Column("cancelled_at", MOMENT),
    # An unpaid order is cancelled at this moment, and its reserved stock released.
    Column("expires_at", MOMENT),
    _recorded_at(),
    _one_of("status", ORDER_STATUSES, "status"),
    _one_of("channel", ("web", "import"), "channel"),
    CheckConstraint(
        "total_amount = gross_amount - discount_amount + shipping_amount + tax_amount",
        name="total_adds_up",
    ),
    CheckConstraint(
        "status NOT IN ('paid', 'refunded') OR paid_at IS NOT NULL", name="paid_has_a_time"
    ),
    Index("ix_orders_paid_at", "paid_at"),
    Index(
        "ix_orders_unpaid",
        "expires_at",
        postgresql_where=text("status IN ('pending_payment', 'payment_failed')"),
    ),
    # One cart becomes one order, whatever the application believes.
    UniqueConstraint("cart_id"),
    schema=SHOP,
)

order_lines = Table(
    "order_lines",
    metadata,
    Column("order_id", ForeignKey(orders.c.order_id), primary_key=True),
    Column("line_number", Integer, primary_key=True),
    Column("sku", ForeignKey(products.c.sku), nullable=False),
    Column("product_name", String(300), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("unit_price", MONEY, nullable=False),
    Column("amount", MONEY, nullable=False),
    CheckConstraint("quantity > 0", name="quantity_positive"),
    CheckConstraint("amount = unit_price * quantity", name="amount_is_product"),
    schema=SHOP,
)

payments = Table(
    "payments",
    metadata,
    Column("payment_id", Uuid, primary_key=True),
    Column("order_id", ForeignKey(orders.c.order_id), nullable=False),
    Column("amount", MONEY, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("method", String(16), nullable=False),
    Column("provider", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("reason", String(64)),
    Column("provider_reference", String(100)),
    _recorded_at(),
    _one_of("status", ("succeeded", "failed"), "status"),
    Index("ix_payments_order_id", "order_id"),
    # An order is paid once.
    Index(
        "uq_payments_succeeded",
        "order_id",
        unique=True,
        postgresql_where=text("status = 'succeeded'"),
    ),
    schema=SHOP,
)

refunds = Table(
    "refunds",
    metadata,
    Column("refund_id", Uuid, primary_key=True),
    Column("refund_number", String(64), nullable=False, unique=True),
    # Null where the source names no order, as cancellations in the retail import do.
    Column("order_id", ForeignKey(orders.c.order_id)),
    Column("customer_id", ForeignKey(customers.c.customer_id)),
    Column("channel", String(16), nullable=False),
    Column("country", String(64)),
    Column("currency", String(3), nullable=False),
    Column("amount", MONEY, nullable=False),
    Column("reason", String(200), nullable=False),
    Column("refunded_at", MOMENT, nullable=False),
    _recorded_at(),
    _one_of("channel", ("web", "import"), "channel"),
    Index("ix_refunds_refunded_at", "refunded_at"),
    schema=SHOP,
)

refund_lines = Table(
    "refund_lines",
    metadata,
    Column("refund_id", ForeignKey(refunds.c.refund_id), primary_key=True),
    Column("line_number", Integer, primary_key=True),
    Column("sku", ForeignKey(products.c.sku), nullable=False),
    Column("product_name", String(300), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("unit_price", MONEY, nullable=False),
    Column("amount", MONEY, nullable=False),
    CheckConstraint("quantity > 0", name="quantity_positive"),
    CheckConstraint("amount = unit_price * quantity", name="amount_is_product"),
    schema=SHOP,
)

stock_alerts = Table(
    "stock_alerts",
    metadata,
    Column("alert_id", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("sku", String(64), nullable=False),
    Column("product_name", String(300), nullable=False),
    Column("stock_event_id", Uuid, nullable=False),
    Column("stock_version", Integer, nullable=False),
    Column("available", Integer, nullable=False),
    Column("reorder_point", Integer, nullable=False),
    Column("stock_changed_at", MOMENT, nullable=False),
    # When Kafka received the stock change, and when it received the alert.
    Column("stock_kafka_at", MOMENT, nullable=False),
    Column("alert_kafka_at", MOMENT, nullable=False),
    Column("latency_ms", Double, nullable=False),
    _recorded_at("received_at"),
    Index("ix_stock_alerts_alert_kafka_at", "alert_kafka_at"),
    schema=SHOP,
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    # What the key is for (method and path), so that one key never answers another call.
    Column("scope", String(200), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("request_hash", String(64), nullable=False),
    # Null while the transaction that took the key is open; nobody else can see that.
    Column("status", SmallInteger),
    # json, not jsonb: the second answer is to be the first one to the letter.
    Column("response", JSON),
    _recorded_at(),
    schema=SHOP,
)

# Debezium's outbox columns, so that Debezium's event router can replace the relay.
outbox = Table(
    "outbox",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("seq", BigInteger, Identity(), nullable=False),
    Column("aggregatetype", String(32), nullable=False),
    Column("aggregateid", String(64), nullable=False),
    Column("type", String(64), nullable=False),
    Column("payload", JSONB, nullable=False),
    _recorded_at(),
    Column("published_at", MOMENT),
    Index("ix_outbox_unpublished", "seq", postgresql_where=text("published_at IS NULL")),
    schema=SHOP,
)

# What the retail import has taken in: one row an invoice, so that a file imports once.
retail_invoices = Table(
    "retail_invoices",
    metadata,
    Column("invoice_no", String(32), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("invoiced_at", MOMENT, nullable=False),
    Column("order_id", ForeignKey(orders.c.order_id)),
    Column("refund_id", ForeignKey(refunds.c.refund_id)),
    Column("order_lines", Integer, nullable=False, server_default=text("0")),
    Column("refund_lines", Integer, nullable=False, server_default=text("0")),
    Column("adjustments", Integer, nullable=False, server_default=text("0")),
    Column("rejected", Integer, nullable=False, server_default=text("0")),
    Column("content_hash", String(64), nullable=False),
    _recorded_at("imported_at"),
    schema=SHOP,
)

kpi_daily_sales = Table(
    "daily_sales",
    metadata,
    Column("business_date", Date, primary_key=True),
    Column("currency", String(3), primary_key=True),
    *(Column(kpi.id, BigInteger if kpi.unit == "count" else MONEY) for kpi in KPIS.values()),
    schema=KPI,
)

kpi_daily_product_sales = Table(
    "daily_product_sales",
    metadata,
    Column("business_date", Date, primary_key=True),
    Column("currency", String(3), primary_key=True),
    Column("sku", String(64), primary_key=True),
    Column("product_name", String(300), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("units", BigInteger, nullable=False),
    Column("gross_sales", MONEY, nullable=False),
    Column("returned_units", BigInteger, nullable=False),
    Column("returns", MONEY, nullable=False),
    Column("net_sales", MONEY, nullable=False),
    schema=KPI,
)

kpi_daily_stockouts = Table(
    "daily_stockouts",
    metadata,
    Column("business_date", Date, primary_key=True),
    Column("sku", String(64), primary_key=True),
    Column("product_name", String(300), nullable=False),
    Column("stockouts", BigInteger, nullable=False),
    Column("low_stock_crossings", BigInteger, nullable=False),
    schema=KPI,
)

kpi_load_progress = Table(
    "load_progress",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("curated_snapshot_id", BigInteger),
    Column("loaded_at", MOMENT, nullable=False, server_default=func.now()),
    schema=KPI,
)
