"""The outbox and the stored responses of idempotent calls."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Identity,
    Index,
    SmallInteger,
    String,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from webshop.adapters.tables.base import SHOP, metadata, recorded_at

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
    Index("ix_idempotency_keys_created_at", "created_at", postgresql_using="brin"),
    schema=SHOP,
)

# Debezium's outbox columns, so that Debezium's event router can replace the relay. Append-only: its
# triggers refuse changes, and put what is inserted into the queue below.
outbox = Table(
    "outbox",
    metadata,
    # Not unique: nothing looks a row up by it, and an index of random ids is dear to keep.
    Column("id", Uuid, nullable=False),
    Column("seq", BigInteger, Identity(), primary_key=True),
    Column("aggregatetype", String(32), nullable=False),
    Column("aggregateid", String(64), nullable=False),
    Column("type", String(64), nullable=False),
    Column("payload", JSONB, nullable=False),
    recorded_at(),
    schema=SHOP,
)

# What of the outbox is still to be published. A row costs next to nothing to take out again.
outbox_pending = Table(
    "outbox_pending",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    schema=SHOP,
)

# What of the outbox Kafka refused for good, until somebody has it published again.
outbox_refused = Table(
    "outbox_refused",
    metadata,
    Column("seq", ForeignKey(outbox.c.seq), primary_key=True, autoincrement=False),
    Column("cause", Text, nullable=False),
    recorded_at("refused_at"),
    schema=SHOP,
)
