"""Accounts: who somebody is, what they may do, and how long a session of theirs lasts."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from shopnow.languages import Language

#: How long a mailed link works.
VERIFY_WITHIN = timedelta(days=3)
RESET_WITHIN = timedelta(hours=1)


class Role(StrEnum):
    """What an account may do; each role may do all that the ones before it may."""

    CUSTOMER = "customer"
    MANAGER = "manager"
    ADMIN = "admin"

    def includes(self, other: "Role") -> bool:
        """Whether it may do what the other role may."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(other)


@dataclass(frozen=True)
class SessionLife:
    """A session ends after `idle` without a call, and after `absolute` in any case."""

    idle: timedelta
    absolute: timedelta


#: Shoppers come back for a cart after days; anyone who can refund money logs in each day.
CUSTOMER_SESSION = SessionLife(idle=timedelta(days=7), absolute=timedelta(days=30))
STAFF_SESSION = SessionLife(idle=timedelta(minutes=30), absolute=timedelta(hours=12))


@dataclass(frozen=True)
class Account:
    """An account; `customer_id` is what events and orders call its owner."""

    account_id: uuid.UUID
    customer_id: str
    email: str
    name: str
    language: Language
    role: Role
    disabled_at: datetime | None = None
    #: Since when a login needs a code beside the password; None if it needs none.
    second_factor_at: datetime | None = None

    @property
    def is_staff(self) -> bool:
        """Whether it may work on other people's orders."""
        return self.role.includes(Role.MANAGER)

    @property
    def session_life(self) -> SessionLife:
        """How long its sessions last."""
        return STAFF_SESSION if self.is_staff else CUSTOMER_SESSION


@dataclass(frozen=True)
class Registration:
    """Somebody who asked for an account and has not verified the address yet.

    Its id is that of its mailed link, which opens the account with the password of this
    registration: somebody else's for the same address has another.
    """

    registration_id: uuid.UUID
    email: str
    password_hash: str = field(repr=False)
    name: str
    language: Language
    expires_at: datetime


@dataclass(frozen=True)
class Session:
    """A session of an account, known by the hash of its token; times in UTC."""

    token_hash: bytes
    account: Account
    seen_at: datetime
    expires_at: datetime

    def is_over(self, now: datetime) -> bool:
        """Whether it has been idle for too long, or lasted too long, or its account is closed."""
        idle_until = self.seen_at + self.account.session_life.idle
        return min(idle_until, self.expires_at) <= now or self.account.disabled_at is not None
