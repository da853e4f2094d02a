"""The gateway's own database: role, database and schema `gateway`."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Engine,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    Uuid,
    create_engine,
    func,
    text,
)
from sqlalchemy.schema import CreateSchema

SCHEMA = "gateway"
#: Serialises the setup of two gateways that start concurrently; must never change.
_SETUP_LOCK = 7_402_001

metadata = MetaData(schema=SCHEMA)
_MOMENT = DateTime(timezone=True)

#: open: waits for a card · challenged: waits for the bank's question to be answered ·
#: processing: waits for the bank · succeeded, failed: settled for ever.
STATUSES = ("open", "challenged", "processing", "succeeded", "failed")

payments = Table(
    "payments",
    metadata,
    # Unguessable: anyone who knows it may open the payment's page.
    Column("reference", String(64), primary_key=True),
    Column("payment_id", Uuid, nullable=False, unique=True),
    Column("order_number", String(64), nullable=False),
    Column("amount", Numeric(18, 4), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("return_url", Text, nullable=False),
    Column("language", String(2), nullable=False),
    Column("status", String(16), nullable=False, server_default="open"),
    Column("reason", String(64)),
    # All that is ever kept of a card.
    Column("card_last4", String(4)),
    # When the bank's answer comes, if it does.
    Column("answer_at", _MOMENT),
    Column("created_at", _MOMENT, nullable=False, server_default=func.now()),
    CheckConstraint("amount > 0"),
    CheckConstraint(f"status IN {STATUSES}"),
    Index("ix_payments_waiting", "created_at", postgresql_where=text("status <> 'succeeded'")),
)

refunds = Table(
    "refunds",
    metadata,
    Column("refund_id", Uuid, primary_key=True),
    Column("reference", ForeignKey(payments.c.reference), nullable=False, index=True),
    Column("amount", Numeric(18, 4), nullable=False),
    Column("created_at", _MOMENT, nullable=False, server_default=func.now()),
    CheckConstraint("amount > 0"),
)

# News for the shop, written with the change, kept until the shop has answered.
webhooks = Table(
    "webhooks",
    metadata,
    Column("event_id", Uuid, primary_key=True),
    Column("seq", BigInteger, Identity(), nullable=False),
    Column("reference", ForeignKey(payments.c.reference), nullable=False),
    Column("body", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("due_at", _MOMENT, nullable=False, server_default=func.now()),
    Column("delivered_at", _MOMENT),
    Column("last_error", String(200)),
    Index("ix_webhooks_due", "due_at", postgresql_where=text("delivered_at IS NULL")),
)


def open_database(dsn: str) -> Engine:
    """The gateway's database, its tables created where they are missing."""
    engine = create_engine(
        dsn,
        pool_size=12,
        max_overflow=0,
        pool_timeout=10,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": 5,
            "options": "-c statement_timeout=10000 -c lock_timeout=10000 -c timezone=UTC",
        },
    )
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _SETUP_LOCK})
        connection.execute(CreateSchema(SCHEMA, if_not_exists=True))
        metadata.create_all(connection)
    return engine
