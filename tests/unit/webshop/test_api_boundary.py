"""What the API refuses before it touches anything, and how it says so (RFC 9457)."""

import json
import uuid
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from webshop.app import LONGEST_BODY, create_app

CART = f"/api/v1/carts/{uuid.uuid4()}"
ORDER = f"/api/v1/orders/{uuid.uuid4()}"
KEY = {"Idempotency-Key": "one"}
ADDRESS = {"line1": "1 rue X", "postal_code": "75002", "city": "Paris"}
CHECKOUT = {"email": "a@example.org", "name": "Zoé", "address": ADDRESS, "country": "FR"}


def assert_problem(answer: TestResponse, status: int, kind: str | None = None) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"
    body: dict[str, Any] = json.loads(answer.text)
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    if kind is not None:
        assert body["type"] == f"/problems/{kind}"
    return body


@pytest.mark.parametrize(
    "item",
    [
        {"sku": "CUI-001", "quantity": 0},
        {"sku": "CUI-001", "quantity": -1},
        {"sku": "CUI-001", "quantity": 1000},
        {"sku": "CUI-001", "quantity": 10**30},
        {"sku": "CUI-001", "quantity": 1.5},
        {"sku": "CUI-001", "quantity": "2"},
        {"sku": "CUI-001", "quantity": True},
        {"sku": "CUI-001", "quantity": None},
        {"sku": "CUI-001", "unit_price": "0.01"},
        {"sku": "CUI-001", "price": 1},
        {"sku": ""},
        {"sku": "a" * 65},
        {"sku": "x\u0000y"},
        {"sku": "' OR 1=1 --"},
        {"sku": "<script>alert(1)</script>"},
        {"sku": "\ud800"},
        {"sku": ["CUI-001"]},
        {},
        [],
        "CUI-001",
    ],
)
def test_a_forged_or_absurd_cart_item_is_refused(http: FlaskClient, item: Any) -> None:
    body = assert_problem(http.post(f"{CART}/items", json=item), 422, "invalid-request")
    assert body["errors"]


@pytest.mark.parametrize(
    "change",
    [
        {"email": "nobody"},
        {"email": "a@b"},
        {"email": "a@example.org\r\nBcc: all@example.org"},
        {"email": "a b@example.org"},
        {"name": ""},
        {"name": "x" * 201},
        {"name": "a\u0000b"},
        {"country": "France"},
        {"country": "fr"},
        {"address": None},
        {"address": ADDRESS | {"city": ""}},
        {"address": ADDRESS | {"discount": "100"}},
        {"total": "0.01"},
        {"discount_amount": "5.00"},
    ],
)
def test_a_checkout_with_a_wrong_field_is_refused(
    http: FlaskClient, change: dict[str, Any]
) -> None:
    answer = http.post(f"{CART}/checkout", json=CHECKOUT | change, headers=KEY)
    assert_problem(answer, 422, "invalid-request")


@pytest.mark.parametrize("key", [None, "", "x" * 201, "with space", "é"])
def test_a_checkout_needs_a_usable_idempotency_key(http: FlaskClient, key: str | None) -> None:
    headers = {} if key is None else {"Idempotency-Key": key}
    answer = http.post(f"{CART}/checkout", json=CHECKOUT, headers=headers)
    assert "Idempotency-Key" in assert_problem(answer, 400)["detail"]


@pytest.mark.parametrize("call", [("GET", ""), ("POST", "/payments"), ("POST", "/cancel")])
@pytest.mark.parametrize("token", [None, "", "wrong", "é"])
def test_an_order_is_shown_to_nobody_without_its_token(
    http: FlaskClient, call: tuple[str, str], token: str | None
) -> None:
    method, path = call
    query = {} if token is None else {"token": token}
    answer = http.open(ORDER + path, method=method, query_string=query, json={}, headers=KEY)
    assert_problem(answer, 404, "not-found")


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=x",
        "q=" + "x" * 101,
        "q=a%00b",
        "sort=rank",
        "lang=de",
        "in_stock=perhaps",
        "min_price=-1",
        "max_price=NaN",
        "max_price=1e9999",
        "page=2",
        "after=" + "x" * 2001,
    ],
)
def test_a_wrong_catalogue_query_is_refused(http: FlaskClient, query: str) -> None:
    assert_problem(http.get(f"/api/v1/products?{query}"), 422)


@pytest.mark.parametrize("cursor", ["zzz", "e30=", "WzEsMiwzXQ==", "W251bGwsImEiLCJiIl0=", "é"])
def test_a_forged_cursor_is_refused(http: FlaskClient, cursor: str) -> None:
    assert_problem(http.get("/api/v1/products", query_string={"after": cursor}), 400)


def test_what_is_no_json_is_refused(http: FlaskClient) -> None:
    url = f"{CART}/items"
    assert_problem(http.post(url, data="{", content_type="application/json"), 400)
    assert_problem(http.post(url, data="a=1", content_type="text/plain"), 415)
    deep = "[" * 30_000
    assert_problem(http.post(url, data=deep, content_type="application/json"), 400)


def test_a_body_over_the_limit_is_refused(http: FlaskClient) -> None:
    body = json.dumps({"sku": "x" * LONGEST_BODY})
    answer = http.post(f"{CART}/items", data=body, content_type="application/json")
    assert_problem(answer, 413)


@pytest.mark.parametrize(
    "path", ["/api/v1/nothing", "/api/nothing", "/api/v1/carts/12", "/media/x"]
)
def test_an_unknown_path_is_a_problem_and_never_the_frontend(http: FlaskClient, path: str) -> None:
    assert_problem(http.get(path), 404)


def test_a_wrong_method_says_which_are_right(http: FlaskClient) -> None:
    answer = http.get("/api/v1/carts")
    assert_problem(answer, 405)
    assert "POST" in answer.headers["Allow"]


def test_without_a_database_the_shop_says_that_it_is_not_ready(http: FlaskClient) -> None:
    assert http.get("/api/v1/health/live").status_code == 200
    assert_problem(http.get("/api/v1/health/ready"), 503, "database-away")
    assert_problem(http.get("/api/v1/products"), 503, "busy")


def test_an_unexpected_error_tells_nothing_of_the_inside(
    http: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr("webshop.api.catalogue.catalogue.find_products", broken)
    monkeypatch.setattr("webshop.bootstrap.Shop.transaction", _no_transaction)
    body = assert_problem(http.get("/api/v1/products"), 500, "internal-error")
    assert "hunter2" not in json.dumps(body)


class _no_transaction:
    def __init__(self, *_args: object) -> None: ...

    def __enter__(self) -> None: ...

    def __exit__(self, *_args: object) -> None: ...


@pytest.mark.parametrize("path", ["/api/v1/health/live", "/api/v1/nothing", "/media/CUI-001.svg"])
def test_every_answer_carries_the_security_headers(http: FlaskClient, path: str) -> None:
    headers = http.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "kpis"),
        ("GET", "alerts"),
        ("GET", "account"),
        ("PATCH", "account"),
        ("DELETE", "account"),
        ("POST", "account/password"),
        ("GET", "account/orders"),
    ],
)
def test_a_guest_has_to_log_in_first(http: FlaskClient, method: str, path: str) -> None:
    assert_problem(http.open(f"/api/v1/{path}", method=method, json={}), 401, "login-required")


REGISTRATION = {"email": "a@example.org", "password": "une phrase assez longue", "name": "Zoé"}


@pytest.mark.parametrize(
    "change",
    [
        {"email": "nobody"},
        {"email": "a@b"},
        {"email": "a@example.org\r\nBcc: all@example.org"},
        {"email": "x" * 65 + "@example.org"},
        {"password": "x" * 11},
        {"password": "x" * 129},
        {"password": 123456789012},
        {"password": "\ud800" * 12},
        {"name": ""},
        {"name": "a\u0000b"},
        {"name": "a\nb"},
        {"language": "de"},
        {"role": "admin"},
        {"verified_at": "2026-01-01T00:00:00Z"},
    ],
)
def test_a_registration_with_a_wrong_field_is_refused(
    http: FlaskClient, change: dict[str, Any]
) -> None:
    answer = http.post("/api/v1/accounts", json=REGISTRATION | change)
    body = assert_problem(answer, 422, "invalid-request")
    # What was typed as a password is not sent back.
    assert str(change.get("password", "phrase")) not in json.dumps(body)


def test_the_shop_refuses_to_start_without_a_secret_key(monkeypatch: pytest.MonkeyPatch) -> None:
    from shopnow.settings import Settings

    monkeypatch.setattr("webshop.app.get_settings", lambda: Settings(secret_key=""))
    with pytest.raises(ValueError, match="SHOPNOW_SECRET_KEY"):
        create_app()
