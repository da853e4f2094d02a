"""Customers, carts, orders and refunds."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Numeric,
    Sequence,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from webshop.adapters.tables.base import (
    MOMENT,
    MONEY,
    ORDER_STATUSES,
    SHOP,
    metadata,
    one_of,
    recorded_at,
)
from webshop.adapters.tables.promotions import promotions
from webshop.adapters.tables.stock import products

customers = Table(
    "customers",
    metadata,
    Column("customer_id", String(64), primary_key=True),
    # Lower case; null for customers that an import knows by number only.
    Column("email", String(254), unique=True),
    Column("name", String(200)),
    Column("country", String(64)),
    recorded_at(),
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
    recorded_at(),
    Column("updated_at", MOMENT, nullable=False, server_default=func.now()),
    one_of("status", ("open", "checked_out", "merged"), "status"),
    # An account fills one cart at a time, on whatever device.
    Index(
        "uq_carts_open_of_customer",
        "customer_id",
        unique=True,
        postgresql_where=text("status = 'open'"),
    ),
    schema=SHOP,
)

cart_items = Table(
    "cart_items",
    metadata,
    Column("cart_id", ForeignKey(carts.c.cart_id, ondelete="CASCADE"), primary_key=True),
    Column("sku", ForeignKey(products.c.sku), primary_key=True),
    Column("quantity", Integer, nullable=False),
    recorded_at("added_at"),
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
    recorded_at(),
    # What follows is null for imported orders, whose source does not say.
    Column("shipping_method", String(16)),
    # Contained in the total, not added to it.
    Column("vat_amount", MONEY),
    Column("promotion_code", ForeignKey(promotions.c.code)),
    Column("language", String(2)),
    Column("phone", String(32)),
    Column("shipped_at", MOMENT),
    Column("tracking", String(100)),
    # Σ amount of its refunds, which never exceeds what was paid.
    Column("refunded_amount", MONEY, nullable=False, server_default=text("0")),
    one_of("status", ORDER_STATUSES, "status"),
    one_of("channel", ("web", "import"), "channel"),
    CheckConstraint(
        "total_amount = gross_amount - discount_amount + shipping_amount + tax_amount",
        name="total_adds_up",
    ),
    CheckConstraint(
        "status NOT IN ('paid', 'shipped', 'refunded') OR paid_at IS NOT NULL",
        name="paid_has_a_time",
    ),
    CheckConstraint("refunded_amount BETWEEN 0 AND total_amount", name="refunded_within_total"),
    Index("ix_orders_paid_at", "paid_at"),
    Index("ix_orders_customer_id", "customer_id", "placed_at"),
    Index("ix_orders_web", "placed_at", "order_id", postgresql_where=text("channel = 'web'")),
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
    # Its share of the order's discount.
    Column("discount_amount", MONEY, nullable=False, server_default=text("0")),
    # Null for imported orders, whose source does not say.
    Column("vat_rate", Numeric(5, 4)),
    CheckConstraint("quantity > 0", name="quantity_positive"),
    CheckConstraint("amount = unit_price * quantity", name="amount_is_product"),
    CheckConstraint("discount_amount BETWEEN 0 AND amount", name="discount_within_amount"),
    schema=SHOP,
)

# Every status that a web order has had: append-only (a trigger refuses updates and deletes).
order_history = Table(
    "order_history",
    metadata,
    Column("entry", BigInteger, Identity(), primary_key=True),
    Column("order_id", ForeignKey(orders.c.order_id), nullable=False),
    Column("status", String(20), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("note", String(200)),
    Column("at", MOMENT, nullable=False, server_default=func.clock_timestamp()),
    one_of("status", ORDER_STATUSES, "status"),
    Index("ix_order_history_order_id", "order_id"),
    schema=SHOP,
)

refund_numbers = Sequence("refund_numbers", metadata=metadata, schema=SHOP)

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
    # What is paid back: Σ amount of the lines, and the shipping.
    Column("amount", MONEY, nullable=False),
    Column("shipping_amount", MONEY, nullable=False, server_default=text("0")),
    Column("reason", String(200), nullable=False),
    Column("refunded_at", MOMENT, nullable=False),
    # Web orders: the payment that it went back to, and when the provider had taken it on.
    Column("payment_id", ForeignKey("shop.payments.payment_id")),
    Column("settled_at", MOMENT),
    Column("settle_tried_at", MOMENT),
    recorded_at(),
    one_of("channel", ("web", "import"), "channel"),
    CheckConstraint("shipping_amount BETWEEN 0 AND amount", name="shipping_within_amount"),
    Index("ix_refunds_refunded_at", "refunded_at"),
    Index(
        "ix_refunds_unsettled",
        "refunded_at",
        postgresql_where=text("settled_at IS NULL AND channel = 'web'"),
    ),
    Index("ix_refunds_order_id", "order_id"),
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
    # Line of the order that it pays back, null where the source names no order.
    Column("order_line_number", Integer),
    CheckConstraint("quantity > 0", name="quantity_positive"),
    CheckConstraint("amount = unit_price * quantity", name="amount_is_product"),
    schema=SHOP,
)

# What an import last gave to each product that it created, and the order line that says so (none
# for a product that was never sold). What differs in `products` was changed by somebody.
retail_products = Table(
    "retail_products",
    metadata,
    Column("sku", ForeignKey(products.c.sku), primary_key=True),
    Column("name", String(300), nullable=False),
    Column("price", MONEY, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("placed_at", MOMENT),
    Column("order_number", String(64)),
    Column("line_number", Integer),
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
    recorded_at("imported_at"),
    schema=SHOP,
)
