"""What hangs on an order: the use of a promotion, and returns; and the audit log."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    String,
    Table,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from webshop.adapters.tables.base import MOMENT, SHOP, metadata, one_of
from webshop.adapters.tables.orders import orders, refunds
from webshop.adapters.tables.promotions import promotions

# One row a use that counts; it is deleted when the order is cancelled.
promotion_uses = Table(
    "promotion_uses",
    metadata,
    Column("order_id", ForeignKey(orders.c.order_id), primary_key=True),
    Column("code", ForeignKey(promotions.c.code), nullable=False),
    Column("email", String(254), nullable=False),
    Column("customer_id", String(64)),
    Column("used_at", MOMENT, nullable=False),
    Index("ix_promotion_uses_code", "code", "email"),
    schema=SHOP,
)

returns = Table(
    "returns",
    metadata,
    Column("return_id", Uuid, primary_key=True),
    Column("order_id", ForeignKey(orders.c.order_id), nullable=False),
    Column("status", String(16), nullable=False),
    Column("reason", String(200), nullable=False),
    Column("requested_at", MOMENT, nullable=False),
    Column("decided_at", MOMENT),
    Column("received_at", MOMENT),
    Column("refund_id", ForeignKey(refunds.c.refund_id), unique=True),
    one_of("status", ("requested", "accepted", "refused", "received"), "status"),
    CheckConstraint("(status = 'received') = (refund_id IS NOT NULL)", name="received_is_refunded"),
    Index("ix_returns_order_id", "order_id"),
    Index("ix_returns_requested_at", "requested_at", "return_id"),
    schema=SHOP,
)

return_lines = Table(
    "return_lines",
    metadata,
    Column("return_id", ForeignKey(returns.c.return_id), primary_key=True),
    # Line of the order.
    Column("line_number", Integer, primary_key=True),
    Column("quantity", Integer, nullable=False),
    CheckConstraint("quantity > 0", name="quantity_positive"),
    schema=SHOP,
)

# What staff changed: append-only (a trigger refuses updates and deletes).
audit = Table(
    "audit",
    metadata,
    Column("entry", BigInteger, Identity(), primary_key=True),
    Column("at", MOMENT, nullable=False),
    Column("actor", String(64), nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject", String(100), nullable=False),
    Column("before", JSONB),
    Column("after", JSONB),
    schema=SHOP,
)
