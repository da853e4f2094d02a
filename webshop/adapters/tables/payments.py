"""Payments, and the webhook events of the payment providers."""

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text, Uuid, text

from webshop.adapters.tables.base import MOMENT, MONEY, SHOP, metadata, one_of, recorded_at
from webshop.adapters.tables.orders import orders

PAYMENT_STATUSES = ("pending", "succeeded", "failed")

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
    Column("provider_reference", String(255)),
    # The provider's page; null until it has answered, and for payments that needed none.
    Column("redirect_url", Text),
    # When the provider was last asked how the payment stands.
    Column("polled_at", MOMENT),
    # Money that came too late or twice: since when it is to go back, and when it went.
    Column("refund_due_at", MOMENT),
    Column("refund_tried_at", MOMENT),
    Column("refunded_at", MOMENT),
    recorded_at(),
    one_of("status", PAYMENT_STATUSES, "status"),
    Index("ix_payments_order_id", "order_id"),
    # An order is paid once.
    Index(
        "uq_payments_succeeded",
        "order_id",
        unique=True,
        postgresql_where=text("status = 'succeeded'"),
    ),
    # One payment page at a time, so that an impatient shopper cannot pay on two of them.
    Index(
        "uq_payments_pending",
        "order_id",
        unique=True,
        postgresql_where=text("status = 'pending'"),
    ),
    Index(
        "ix_payments_refund_due",
        "refund_due_at",
        postgresql_where=text("refund_due_at IS NOT NULL AND refunded_at IS NULL"),
    ),
    schema=SHOP,
)

# Webhooks that were taken in: each counts once, however often it is sent.
payment_events = Table(
    "payment_events",
    metadata,
    Column("provider", String(64), primary_key=True),
    Column("event_id", String(255), primary_key=True),
    # Without a foreign key: a provider's account may know of payments that the shop does not.
    Column("payment_id", Uuid),
    Column("status", String(16), nullable=False),
    recorded_at("received_at"),
    schema=SHOP,
)
