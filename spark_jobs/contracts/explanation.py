"""Explains in words why a message was rejected, for quarantine."""

from __future__ import annotations

import json
from typing import Any

from shopnow.contracts import ContractError, validate

EMPTY = "the message has no value"
STRICTER = (
    "valid JSON, but not exact enough for the lake: a duplicate key, an integer written with a "
    "fraction or an exponent, a newline at the end of a value, a UUID in an unusual form, "
    "or a nesting that is too deep"
)


def explain(topic: str, value: bytes | None) -> str:
    """Why a message was rejected, as `/path: message` or as a sentence."""
    if value is None:
        return EMPTY
    try:
        event = json.loads(value.decode("utf-8"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        return f"not UTF-8: {error.reason} at byte {error.start}"
    except RecursionError:
        return "nested too deeply"
    except ValueError as error:
        return f"not JSON: {str(error)[:300]}"
    try:
        expected = validate(event).topic
    except ContractError as error:
        return str(error)
    if rb"\u0000" in value:
        return "a text with the character NUL, which PostgreSQL cannot store"
    if expected != topic:
        return f"/event_type: {event['event_type']} belongs on {expected}, not on {topic}"
    return STRICTER


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number")
