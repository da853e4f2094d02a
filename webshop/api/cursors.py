"""Cursors of lists that are paged by key: opaque to the caller, checked when they come back.

A cursor names its list and order, so that one of another order is refused and not misread.
"""

import binascii
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from decimal import Decimal

from werkzeug.exceptions import BadRequest

Key = int | str | Decimal

_LARGEST_INT = 2**63
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
        message = "`after` is no cursor of this list: pass on `next` of the page before."
        raise BadRequest(message) from error


def _value(value: object, kind: type[Key]) -> Key:
    if kind is int and type(value) is int and abs(value) < _LARGEST_INT:
        return value
    if kind is Decimal and isinstance(value, str) and _DECIMAL.fullmatch(value):
        return Decimal(value)
    if kind is str and isinstance(value, str) and "\0" not in value:
        value.encode()  # half a surrogate pair raises: PostgreSQL takes it as little as NUL
        return value
    raise ValueError(value)
