"""A cursor comes back as the position that it was made of, or not at all."""

import json
import uuid
from base64 import urlsafe_b64encode
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from werkzeug.exceptions import BadRequest

from webshop.api.http.cursors import decode_cursor, encode_cursor, moment_cursor, moment_of

TYPES = (Decimal, int, str)


@pytest.mark.parametrize(
    "position",
    [
        (Decimal("-1.137300"), 1000, "CUI-001"),
        (Decimal("99999999999999.9999"), -1, "théière « fonte »"),
        (Decimal(0), 0, ""),
    ],
)
def test_a_position_survives(position: tuple[Decimal, int, str]) -> None:
    assert decode_cursor(encode_cursor("price fr", position), "price fr", TYPES) == position


def forged(*content: object) -> str:
    return urlsafe_b64encode(json.dumps(content).encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "é",
        "====",
        forged(),
        forged("name fr", "1", 1, "a"),
        forged("price fr", "1", 1),
        forged("price fr", "1", 1, "a", "b"),
        forged("price fr", 1, 1, "a"),
        forged("price fr", "NaN", 1, "a"),
        forged("price fr", "1e9", 1, "a"),
        forged("price fr", "1" * 40, 1, "a"),
        forged("price fr", "1", True, "a"),
        forged("price fr", "1", 10**30, "a"),
        forged("price fr", "1", 1, "a\0"),
        forged("price fr", "1", 1, "\ud800"),
        forged("price fr", "1", 1, ["a"]),
        urlsafe_b64encode(b"[" * 60_000).decode(),
    ],
)
def test_what_is_no_cursor_of_this_order_is_refused(cursor: str) -> None:
    with pytest.raises(BadRequest, match="no cursor"):
        decode_cursor(cursor, "price fr", TYPES)


def test_a_moment_and_an_id_survive_in_utc() -> None:
    at = datetime(2026, 11, 22, 10, 30, 0, 123456, tzinfo=ZoneInfo("Europe/Paris"))
    identity = uuid.uuid4()
    assert moment_of(moment_cursor("newest", at, identity), "newest") == (at, identity)
    assert moment_of(None, "newest") is None


@pytest.mark.parametrize("at", ["2026-11-22T10:30:00", "yesterday", "", 7])
def test_a_moment_has_to_say_its_time_zone(at: object) -> None:
    with pytest.raises(BadRequest, match="no cursor"):
        moment_of(forged("newest", at, str(uuid.uuid4())), "newest")
    with pytest.raises(BadRequest, match="no cursor"):
        moment_of(forged("newest", "2026-11-22T10:30:00+00:00", "no id"), "newest")
