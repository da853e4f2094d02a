"""What was said: events on their way to Kafka, and answers that may be asked for again."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Identity,
    Index,
    SmallInteger,
    String,
    Table,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from webshop.adapters.tables.base import MOMENT, SHOP, metadata, recorded_at

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
    recorded_at(),
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
    recorded_at(),
    Column("published_at", MOMENT),
    Index("ix_outbox_unpublished", "seq", postgresql_where=text("published_at IS NULL")),
    schema=SHOP,
)
