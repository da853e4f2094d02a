"""Codes of authenticator apps: RFC 6238 (TOTP) with what all of them take, 6 digits each 30 s."""

import hmac
from base64 import urlsafe_b64encode
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken
from pyotp import TOTP, random_base32

from webshop.domain.tokens import signed

ISSUER = "ShopNow+"

#: Clocks differ: the code before and the one after hold too.
_AROUND = (-1, 0, 1)


class OneTimeCodes:
    """Makes secrets, seals them for the database, and checks codes. Safe to share between threads.

    What seals them comes from the shop's secret key, which is not in the database: a copy of it
    makes no codes.
    """

    def __init__(self, secret_key: bytes) -> None:
        self._seal = Fernet(urlsafe_b64encode(signed(secret_key, "second-factor", "seal")))

    def new_secret(self) -> str:
        """A new secret of 160 random bits, in Base32 as people type it."""
        return random_base32()

    def seal(self, secret: str) -> bytes:
        """A secret as the database keeps it."""
        return self._seal.encrypt(secret.encode())

    def open(self, sealed: bytes) -> str | None:
        """The secret of what `seal` made; None if that was with another secret key."""
        try:
            return self._seal.decrypt(sealed).decode()
        except InvalidToken:
            return None

    def address(self, secret: str, email: str) -> str:
        """The `otpauth:` address of a secret, which apps read from a QR code."""
        return TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)

    def step_of(self, secret: str, code: str, now: datetime) -> int | None:
        """The time step, of 30 s since 1970, that the code is of; None if of none around now."""
        totp = TOTP(secret)
        present = totp.timecode(now)
        for step in (present + offset for offset in _AROUND):
            if hmac.compare_digest(totp.generate_otp(step).encode(), code.encode()):
                return step
        return None
