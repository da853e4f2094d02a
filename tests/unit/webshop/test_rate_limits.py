"""An address that calls too often has to wait; others are not affected."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from webshop.api.http.limits import LOAD_HEADER, limiter, load_token
from webshop.api.http.problems import MIMETYPE

LIMITS = {"rate_limits": True, "rate_limit_reads": "3/minute", "rate_limit_writes": "1/minute"}


@pytest.fixture
def limited(http_with: Callable[..., FlaskClient]) -> FlaskClient:
    """Three reads and one change a minute."""
    return http_with(**LIMITS)


def read(http: FlaskClient, address: str = "203.0.113.1", **options: Any) -> Any:
    environ = {"REMOTE_ADDR": address}
    return http.get("/api/v1/openapi.json", environ_overrides=environ, **options)


def test_the_fourth_read_of_a_minute_is_refused_and_says_when_to_come_back(
    limited: FlaskClient,
) -> None:
    assert [read(limited).status_code for _ in range(3)] == [200] * 3
    refused = read(limited)
    assert (refused.status_code, refused.mimetype) == (429, MIMETYPE)
    assert refused.get_json()["type"] == "/problems/too-many-requests"
    assert 1 <= int(refused.headers["Retry-After"]) <= 61
    assert refused.headers["X-Content-Type-Options"] == "nosniff"
    assert read(limited, "203.0.113.2").status_code == 200


def test_reads_and_changes_are_counted_apart(limited: FlaskClient) -> None:
    statuses = [limited.post("/api/v1/carts", json=[]).status_code for _ in range(2)]
    assert statuses == [422, 429]
    assert limited.get("/api/v1/products/a%00b").status_code != 429


def test_pages_that_are_drawn_from_the_database_are_counted(limited: FlaskClient) -> None:
    paths = ("/", "/products/CUI-001", "/?q=mug", "/")
    statuses = [limited.get(path).status_code for path in paths]
    assert 429 not in statuses[:3]
    assert statuses[3] == 429


def test_pictures_and_signs_of_life_are_not_counted(limited: FlaskClient) -> None:
    for path in ("/media/CUI-001.svg", "/api/v1/health/live"):
        assert [limited.get(path).status_code for _ in range(5)] == [200] * 5


def test_only_the_shops_own_load_passes_uncounted(limited: FlaskClient) -> None:
    own = {LOAD_HEADER: load_token(b"unit-test")}
    assert [read(limited, headers=own).status_code for _ in range(5)] == [200] * 5
    for forged in ("", "é", load_token(b"guessed")):
        limiter.reset()
        headers = {LOAD_HEADER: forged}
        assert [read(limited, headers=headers).status_code for _ in range(4)][-1] == 429
