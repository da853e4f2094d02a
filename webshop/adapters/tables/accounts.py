"""Accounts, their sessions and mailed links, and the counts that slow down guessing."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Uuid,
)

from shopnow.languages import LANGUAGES
from webshop.adapters.tables.base import MOMENT, SHOP, metadata, one_of, recorded_at
from webshop.adapters.tables.orders import customers

ROLES = ("customer", "manager", "admin")

accounts = Table(
    "accounts",
    metadata,
    Column("account_id", Uuid, primary_key=True),
    # What the contracts call customer_id.
    Column("customer_id", ForeignKey(customers.c.customer_id), nullable=False, unique=True),
    Column("email", String(254), nullable=False, unique=True),
    Column("password_hash", String(200), nullable=False),
    Column("name", String(200), nullable=False),
    Column("language", String(2), nullable=False),
    Column("role", String(16), nullable=False, server_default="customer"),
    Column("disabled_at", MOMENT),
    Column("second_factor_at", MOMENT),
    recorded_at(),
    one_of("language", LANGUAGES, "language"),
    one_of("role", ROLES, "role"),
    CheckConstraint("email = lower(email)", name="email_lower"),
    schema=SHOP,
)

# Somebody who wants an account and has not opened the mailed link yet, whose id this is. Each has
# its own password: a link opens an account with the password of its registration only.
registrations = Table(
    "registrations",
    metadata,
    Column("registration_id", Uuid, primary_key=True),
    Column("email", String(254), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("name", String(200), nullable=False),
    Column("language", String(2), nullable=False),
    recorded_at(),
    Column("expires_at", MOMENT, nullable=False),
    one_of("language", LANGUAGES, "language"),
    CheckConstraint("email = lower(email)", name="email_lower"),
    Index("ix_registrations_email", "email"),
    Index("ix_registrations_expires_at", "expires_at"),
    schema=SHOP,
)

account_sessions = Table(
    "account_sessions",
    metadata,
    # SHA-256 of the cookie: a copy of this table logs nobody in.
    Column("token_hash", LargeBinary, primary_key=True),
    Column("account_id", ForeignKey(accounts.c.account_id, ondelete="CASCADE"), nullable=False),
    recorded_at(),
    # To the minute: a session in use is written to once a minute, not at every call.
    Column("seen_at", MOMENT, nullable=False),
    Column("expires_at", MOMENT, nullable=False),
    Index("ix_account_sessions_account_id", "account_id"),
    Index("ix_account_sessions_expires_at", "expires_at"),
    schema=SHOP,
)

# A mailed link that sets a password is this id and its signature by the secret key: a copy of the
# table opens nothing. The row is deleted when the link is used.
account_tokens = Table(
    "account_tokens",
    metadata,
    Column("token_id", Uuid, primary_key=True),
    Column("account_id", ForeignKey(accounts.c.account_id, ondelete="CASCADE"), nullable=False),
    recorded_at(),
    Column("expires_at", MOMENT, nullable=False),
    Index("ix_account_tokens_account_id", "account_id"),
    Index("ix_account_tokens_expires_at", "expires_at"),
    schema=SHOP,
)

# The secret is sealed by the secret key (webshop.adapters.accounts.one_time_codes); it counts once
# accounts.second_factor_at is set.
account_second_factors = Table(
    "account_second_factors",
    metadata,
    Column("account_id", ForeignKey(accounts.c.account_id, ondelete="CASCADE"), primary_key=True),
    Column("sealed_secret", LargeBinary, nullable=False),
    # The time step of the last code that was taken: none is taken twice.
    Column("last_step", BigInteger, nullable=False, server_default="0"),
    schema=SHOP,
)

# A row is deleted when its code is used.
account_recovery_codes = Table(
    "account_recovery_codes",
    metadata,
    Column("account_id", ForeignKey(accounts.c.account_id, ondelete="CASCADE"), primary_key=True),
    # SHA-256 of the code.
    Column("code_hash", LargeBinary, primary_key=True),
    schema=SHOP,
)

throttles = Table(
    "throttles",
    metadata,
    # SHA-256 of what is slowed (webshop.domain.accounts.throttling).
    Column("key", LargeBinary, primary_key=True),
    Column("attempts", Integer, nullable=False),
    Column("last_at", MOMENT),
    Column("blocked_until", MOMENT),
    Index("ix_throttles_last_at", "last_at"),
    schema=SHOP,
)
