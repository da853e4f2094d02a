"""Mails on their way to shoppers."""

from sqlalchemy import Column, Index, Integer, String, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from webshop.adapters.tables.base import MOMENT, SHOP, metadata, one_of, recorded_at

mails = Table(
    "mails",
    metadata,
    # Its Message-ID too: a mail that was sent twice is one mail to whoever compares.
    Column("mail_id", Uuid, primary_key=True),
    Column("template", String(64), nullable=False),
    Column("recipient", String(254), nullable=False),
    Column("language", String(2), nullable=False),
    # What the template names; null once the mail has been sent, for nobody needs it any more.
    Column("context", JSONB(none_as_null=True)),
    recorded_at(),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("next_attempt_at", MOMENT, nullable=False),
    Column("last_error", Text),
    Column("sent_at", MOMENT),
    # Given up: the server refused it for good, or its time is over. It stays for a person to see.
    Column("failed_at", MOMENT),
    one_of("language", ("fr", "en"), "language"),
    Index(
        "ix_mails_unsent",
        "next_attempt_at",
        postgresql_where=text("sent_at IS NULL AND failed_at IS NULL"),
    ),
    Index("ix_mails_recipient", "recipient", "created_at"),
    schema=SHOP,
)
