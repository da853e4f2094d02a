"""Judges what comes on Kafka: one validator for the shop's consumers and for the lake."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from shopnow.contracts import VERSIONS, ContractError, EventType, validate

#: Why a message is refused.
UNDECODABLE = "undecodable"
UNKNOWN_EVENT_TYPE = "unknown_event_type"
CONTRACT_VIOLATION = "contract_violation"

#: No contract comes near it, and every parser has a limit of its own.
MAX_DEPTH = 100

_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"')
_NOT_BRACKETS = re.compile(rb"[^\[\]{}]+")


@dataclass(frozen=True)
class Verdict:
    """A message: its event, and why it is refused. `reason` and `detail` are None if it is not."""

    event: Any = None
    event_type: EventType | None = None
    reason: str | None = None
    detail: str | None = None


def judge(topic: str, value: bytes | None, known: Collection[str] = VERSIONS) -> Verdict:
    """Read one message of a topic and judge it by its contract; never raises.

    `known` are the names of the event types that the reader has a use for.

    `detail` is a sentence, or `/path: message` for what breaks a contract.
    """
    try:
        event = _decode(value)
    except ValueError as error:
        return Verdict(reason=UNDECODABLE, detail=str(error)[:500])
    try:
        event_type = validate(event)
        if event_type.topic != topic:
            name = event_type.name
            raise ContractError("/event_type", f"{name} belongs on {event_type.topic}, not {topic}")
    except ContractError as error:
        return Verdict(event, None, _reason(event, known), str(error))
    return Verdict(event, event_type)


def _reason(event: Any, known: Collection[str]) -> str:
    name = event.get("event_type") if isinstance(event, dict) else None
    unknown = isinstance(name, str) and name not in known
    return UNKNOWN_EVENT_TYPE if unknown else CONTRACT_VIOLATION


def _decode(value: bytes | None) -> Any:
    """The JSON value of a message. Raises `ValueError` that says what is wrong with it."""
    if value is None:
        raise ValueError("the message has no value")
    try:
        text = value.decode()
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8: {error.reason} at byte {error.start}") from error
    if _deeper_than(value, MAX_DEPTH):
        raise ValueError(f"nested more than {MAX_DEPTH} levels deep")
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except ValueError as error:
        raise ValueError(f"not JSON: {error}") from error


def _deeper_than(value: bytes, limit: int) -> bool:
    if value.count(b"{") + value.count(b"[") <= limit:
        return False
    depth = 0
    for bracket in _NOT_BRACKETS.sub(b"", _TEXT.sub(b"", value)).decode():
        depth += 1 if bracket in "[{" else -1
        if depth > limit:
            return True
    return False


def _object(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    pairs = list(pairs)
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice!r} is there twice")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number")
