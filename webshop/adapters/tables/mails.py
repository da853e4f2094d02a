"""Mails on their way to shoppers."""

from sqlalchemy import Column, Index, Integer, String, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from shopnow.languages import LANGUAGES
from webshop.adapters.tables.base import MOMENT, SHOP, metadata, one_of, recorded_at

mails = Table(
    "mails",
    metadata,
    # Its Message-ID too: a mail that was sent twice is one mail to anyone who compares.
    Column("mail_id", Uuid, primary_key=True),
    Column("template", String(64), nullable=False),
    Column("recipient", String(254), nullable=False),
    # The limit it counts under, and whose (webshop.domain.messaging.mails); null if there is none.
    Column("quota", String(16)),
    Column("mailbox", String(254)),
    Column("language", String(2), nullable=False),
    # What the template names; null once the mail has been sent, for nobody needs it any more.
    Column("context", JSONB(none_as_null=True)),
    recorded_at(),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    # Attempts in a row that ended with the mailer itself; any other outcome sets it back.
    Column("crashes", Integer, nullable=False, server_default=text("0")),
    Column("next_attempt_at", MOMENT, nullable=False),
    Column("last_error", Text),
    Column("sent_at", MOMENT),
    # Given up: the server refused it for good, or its time is over. It stays for a person to see.
    Column("failed_at", MOMENT),
    one_of("language", LANGUAGES, "language"),
    one_of("quota", ("account", "order"), "quota"),
    Index(
        "ix_mails_unsent",
        "next_attempt_at",
        postgresql_where=text("sent_at IS NULL AND failed_at IS NULL"),
    ),
    Index(
        "ix_mails_mailbox",
        "mailbox",
        "quota",
        "created_at",
        postgresql_where=text("quota IS NOT NULL"),
    ),
    Index(
        "ix_mails_failed",
        "failed_at",
        "mail_id",
        postgresql_where=text("failed_at IS NOT NULL"),
    ),
    schema=SHOP,
)
