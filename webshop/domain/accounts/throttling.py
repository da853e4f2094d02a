"""Throttling of guesses, per address and per account from one address; accounts are never locked.

A delay belongs to the address that guesses. Somebody who guesses a victim's password makes nothing
slower for the victim, who comes from elsewhere. Only one-time codes are counted by account: they
are asked for after the right password.
"""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network


@dataclass(frozen=True)
class ThrottleRule:
    """The first attempts are free; each further one doubles the delay until the next."""

    free: int
    first_delay: timedelta
    longest_delay: timedelta
    #: Without an attempt for this long, the count is reset.
    forget_after: timedelta

    def delay(self, attempts: int) -> timedelta:
        """How long to wait after the `attempts`-th attempt in a row that did not succeed."""
        beyond = attempts - self.free
        if beyond <= 0:
            return timedelta(0)
        doublings = min(beyond - 1, 30)  # more than 30 would only overflow
        return min(self.first_delay * 2**doublings, self.longest_delay)


#: Wrong passwords for one account from one address.
GUESSES = ThrottleRule(5, timedelta(seconds=1), timedelta(minutes=15), timedelta(hours=1))
#: Wrong passwords from one address, whatever the accounts; many people may share an address.
STUFFING = ThrottleRule(30, timedelta(seconds=1), timedelta(minutes=15), timedelta(hours=1))
#: Wrong codes for one account after the right password, wherever they come from: a million codes
#: are few, and anyone who is slowed by this has a stranger who knows the password.
CODES = ThrottleRule(5, timedelta(seconds=1), timedelta(minutes=15), timedelta(hours=1))
#: Requests from one address that make the shop send a mail.
MAILINGS = ThrottleRule(30, timedelta(seconds=10), timedelta(minutes=15), timedelta(hours=1))
#: Wrong passwords for one registration: only who reads the mailbox has its link.
VERIFICATIONS = ThrottleRule(5, timedelta(seconds=1), timedelta(minutes=15), timedelta(hours=1))


@dataclass(frozen=True)
class Throttle:
    """One thing that is slowed: the key says whom, the rule how."""

    key: bytes
    rule: ThrottleRule


@dataclass(frozen=True)
class Attempts:
    """Attempts so far, and when the next one is allowed; times in UTC."""

    count: int = 0
    last_at: datetime | None = None
    blocked_until: datetime | None = None

    def wait(self, now: datetime) -> timedelta:
        """How long the next attempt has to wait; zero or less if it need not."""
        return (self.blocked_until or now) - now

    def another(self, rule: ThrottleRule, now: datetime) -> "Attempts":
        """With one more attempt."""
        forgotten = self.last_at is None or self.last_at + rule.forget_after <= now
        count = 1 if forgotten else self.count + 1
        delay = rule.delay(count)
        # None while they are free: of two concurrent ones the later may be counted first.
        return Attempts(count, now, now + delay if delay else None)


def login_throttles(email: str, address: str) -> tuple[Throttle, ...]:
    """What a login is counted under."""
    place = _place(address)
    return (
        Throttle(_key("guess", email, place), GUESSES),
        Throttle(_key("stuffing", place), STUFFING),
    )


def code_throttle(account_id: uuid.UUID) -> Throttle:
    """What a one-time code is counted under."""
    return Throttle(_key("code", str(account_id)), CODES)


def verification_throttle(registration_id: uuid.UUID) -> Throttle:
    """What a password for a registration is counted under."""
    return Throttle(_key("verify", str(registration_id)), VERIFICATIONS)


def mailing_throttles(address: str) -> tuple[Throttle, ...]:
    """What a request that sends a mail is counted under."""
    return (Throttle(_key("mailing", _place(address)), MAILINGS),)


def _place(address: str) -> str:
    """The address, or the /64 of an IPv6 address, which is what one subscriber has."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(ip_network((parsed, 64), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


def _key(*parts: str) -> bytes:
    # Hashed: the table is no list of addresses and of what was typed as an e-mail there.
    return hashlib.sha256("\0".join(parts).encode()).digest()
