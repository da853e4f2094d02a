"""Tokens that only this shop's secret key can make: unguessable, and stored nowhere.

What the database holds of a link is an id. Anyone who reads a copy of it can make no link from
that.
"""

import hashlib
import hmac
import secrets
import uuid
from base64 import urlsafe_b64encode
from typing import Literal

Purpose = Literal["verify", "reset"]


def signed(secret_key: bytes, purpose: str, content: str) -> bytes:
    """The signature of a content for one purpose, 32 bytes."""
    return hmac.new(secret_key, f"{purpose}\0{content}".encode(), hashlib.sha256).digest()


def order_token(secret_key: bytes, order_id: uuid.UUID) -> str:
    """The token that lets its holder see, pay and cancel an order."""
    return _text(signed(secret_key, "order", str(order_id)))


def account_token(secret_key: bytes, purpose: Purpose, token_id: uuid.UUID) -> str:
    """The token of a link that was mailed to the owner of an account: `<id>.<signature>`."""
    return f"{token_id.hex}.{_text(signed(secret_key, purpose, token_id.hex))}"


def read_account_token(secret_key: bytes, purpose: Purpose, token: str) -> uuid.UUID | None:
    """The id of a token that this shop made for this purpose, None for any other text."""
    try:
        token_id = uuid.UUID(hex=token.partition(".")[0])
    except ValueError:
        return None
    expected = account_token(secret_key, purpose, token_id)
    return token_id if hmac.compare_digest(token.encode(), expected.encode()) else None


def csrf_token(secret_key: bytes, session_token: str) -> str:
    """The token that unsafe calls of a session carry in a header, which no other site can set."""
    return _text(signed(secret_key, "csrf", session_token))


def new_session_token() -> str:
    """What a session's cookie holds: 256 random bits."""
    return secrets.token_urlsafe(32)


def session_hash(session_token: str) -> bytes:
    """The hash of a session token in the database. Plain SHA-256: the token has entropy enough."""
    return hashlib.sha256(session_token.encode()).digest()


def _text(digest: bytes) -> str:
    return urlsafe_b64encode(digest).decode().rstrip("=")
