"""Cursors of lists that are paged by key: opaque to the caller, checked when they come back.

A cursor names its list and order, so that one of another order is refused and not misread.
"""

import binascii
import json
import re
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

from werkzeug.exceptions import BadRequest

Key = int | str | Decimal

_LARGEST_INT = 2**63
_NO_CURSOR = "`after` is no cursor of this list: pass on `next` of the page before."
_DECIMAL = re.compile(r"-?\d{1,18}(\.\d{1,6})?")


def encode_cursor(order: str, position: Sequence[Key]) -> str:
    """The cursor of a position; `order` tells what the position counts in."""
    values = [str(value) if isinstance(value, Decimal) else value for value in position]
    return urlsafe_b64encode(json.dumps([order, *values], ensure_ascii=False).encode()).decode()


def decode_cursor(cursor: str, order: str, types: Sequence[type[Key]]) -> tuple[Key, ...]:
    """The position of a cursor. Raises BadRequest for what is no cursor of this order."""
    try:
        found, *values = json.loads(urlsafe_b64decode(cursor.encode()))
        if found != order or len(values) != len(types):
            raise ValueError(found)
        return tuple(_value(value, kind) for value, kind in zip(values, types, strict=True))
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise BadRequest(_NO_CURSOR) from error


def moment_cursor(order: str, at: datetime, identity: uuid.UUID) -> str:
    """The cursor of a list that is in the order of time."""
    return encode_cursor(order, (at.astimezone(UTC).isoformat(), str(identity)))


def moment_of(cursor: str | None, order: str) -> tuple[datetime, uuid.UUID] | None:
    """The moment and id in a cursor, None without one. Raises BadRequest."""
    if cursor is None:
        return None
    at, identity = decode_cursor(cursor, order, (str, str))
    try:
        moment = datetime.fromisoformat(str(at))
        if moment.tzinfo is None:
            raise ValueError("no time zone")
        return moment, uuid.UUID(str(identity))
    except (ValueError, OverflowError) as error:
        raise BadRequest(_NO_CURSOR) from error


def _value(value: object, kind: type[Key]) -> Key:
    if kind is int and type(value) is int and abs(value) < _LARGEST_INT:
        return value
    if kind is Decimal and isinstance(value, str) and _DECIMAL.fullmatch(value):
        return Decimal(value)
    if kind is str and isinstance(value, str) and "\0" not in value:
        value.encode()  # half a surrogate pair raises: PostgreSQL takes it as little as NUL
        return value
    raise ValueError(value)
