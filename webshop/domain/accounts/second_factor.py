"""The second factor of an account: codes of an app, and recovery codes for when that is lost."""

import hashlib
import secrets

#: Recovery codes that an account gets; each opens it once.
RECOVERY_CODES = 10

#: Without what people confuse: 0 and o, 1 and l.
_LETTERS = "23456789abcdefghijkmnpqrstuvwxyz"
_GROUPS, _GROUP = 4, 4


def new_recovery_codes() -> list[str]:
    """Codes to write down, such as `k3vu-8wqa-7x2m-hd9c`, of 80 random bits each."""
    return [
        "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
        for _ in range(RECOVERY_CODES)
    ]


def normal_code(typed: str) -> str:
    """A normalised code: spaces, hyphens and case are ignored."""
    return "".join(typed.split()).replace("-", "").lower()


def code_hash(code: str) -> bytes:
    """The hash of a recovery code in the database. Plain SHA-256: the code has entropy enough."""
    return hashlib.sha256(normal_code(code).encode()).digest()
