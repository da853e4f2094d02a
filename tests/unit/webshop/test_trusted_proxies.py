"""Whose address counts behind proxies: what they add is believed, what a caller writes is not."""

from collections.abc import Callable

import pytest
from flask import request
from flask.testing import FlaskClient

from webshop.api.accounts.sessions import client_address

PROXY, CLIENT, FORGED = "10.0.0.2", "203.0.113.7", "198.51.100.99"


def seen(http: FlaskClient, forwarded: str, scheme: str = "https") -> list[str]:
    """What the application takes for the caller's address and scheme."""
    http.application.add_url_rule("/seen", view_func=lambda: [client_address(), request.scheme])
    headers = {"X-Forwarded-For": forwarded, "X-Forwarded-Proto": scheme}
    answer = http.get("/seen", headers=headers, environ_overrides={"REMOTE_ADDR": PROXY})
    found: list[str] = answer.get_json()
    return found


def test_without_a_proxy_nobody_says_where_a_call_comes_from(http: FlaskClient) -> None:
    assert seen(http, FORGED) == [PROXY, "http"]


def test_the_address_that_the_proxy_adds_counts(http_with: Callable[..., FlaskClient]) -> None:
    assert seen(http_with(trusted_proxies=1), CLIENT) == [CLIENT, "https"]


def test_what_a_caller_wrote_before_it_does_not(http_with: Callable[..., FlaskClient]) -> None:
    assert seen(http_with(trusted_proxies=1), f"{FORGED}, {CLIENT}")[0] == CLIENT
    two = f"{FORGED}, {CLIENT}, 10.0.0.3"
    assert seen(http_with(trusted_proxies=2), two, "https, http") == [CLIENT, "https"]


@pytest.mark.parametrize("hops", [0, 1])
def test_the_limits_count_each_client_and_no_invention(
    http_with: Callable[..., FlaskClient], hops: int
) -> None:
    http = http_with(trusted_proxies=hops, rate_limits=True, rate_limit_reads="2/minute")

    def read(forwarded: str) -> int:
        return http.get(
            "/api/v1/openapi.json",
            headers={"X-Forwarded-For": forwarded},
            environ_overrides={"REMOTE_ADDR": PROXY},
        ).status_code

    inventions = [read(f"198.51.100.{number}, {CLIENT}") for number in range(3)]
    assert inventions == [200, 200, 429]
    assert read("203.0.113.8") == (200 if hops else 429)
