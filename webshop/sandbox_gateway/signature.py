"""Signature of a webhook: `t=<unix seconds>,v1=<HMAC-SHA256 of "t.body", hex>`.

The time is signed too, so that a webhook that somebody recorded cannot be played back later.
"""

import hashlib
import hmac
import re
from datetime import datetime

HEADER = "Shopnow-Signature"

#: How old a webhook may be, or how far ahead the sender's clock, seconds.
TOLERANCE_S = 300

_FORM = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})")


class BadSignature(ValueError):
    """The signature is missing, wrong or too old; the message says which."""


def sign(secret: str, body: bytes, now: datetime) -> str:
    """The header's value for this body, sent now."""
    seconds = int(now.timestamp())
    return f"t={seconds},v1={_digest(secret, seconds, body)}"


def verify(secret: str, header: str | None, body: bytes, now: datetime) -> None:
    """Raises BadSignature unless the body was signed with this secret within the tolerance."""
    found = _FORM.fullmatch(header or "")
    if found is None:
        raise BadSignature("The signature is missing or malformed.")
    seconds = int(found[1])
    if not hmac.compare_digest(found[2], _digest(secret, seconds, body)):
        raise BadSignature("The signature is wrong.")
    if abs(now.timestamp() - seconds) > TOLERANCE_S:
        raise BadSignature("The signature is too old, or one of the two clocks is wrong.")


def _digest(secret: str, seconds: int, body: bytes) -> str:
    return hmac.new(secret.encode(), b"%d." % seconds + body, hashlib.sha256).hexdigest()
