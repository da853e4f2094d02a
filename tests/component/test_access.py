"""Sessions, and who may do what: cookies, CSRF, roles, and other people's orders and carts."""

import uuid
from http.cookies import SimpleCookie
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine

from shopnow.settings import SHOP_ADMIN, Settings
from webshop.domain.accounts.accounts import Role
from webshop.services.accounts.accounts import change_role

COOKIE = "shopnow_session"


def problem(answer: httpx.Response, status: int, kind: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.json()["type"] == f"/problems/{kind}"


@pytest.fixture
def owner(new_visitor: Any, new_account: Any, password: str) -> Any:
    """A customer who has logged in."""
    visitor = new_visitor()
    visitor.log_in(new_account(), password).raise_for_status()
    return visitor


def test_the_cookie_is_for_the_shop_alone_and_not_for_scripts(
    new_visitor: Any, new_account: Any, password: str
) -> None:
    answer = new_visitor().log_in(new_account(), password)
    cookie = SimpleCookie(answer.headers["Set-Cookie"])[COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/"
    assert int(cookie["max-age"]) == 30 * 24 * 3600
    assert not cookie["domain"]
    assert len(cookie.value) >= 43, "256 bits"
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_database_knows_no_cookie(owner: Any, database: Any) -> None:
    rows = database.execute("SELECT row_to_json(s)::text AS row FROM shop.account_sessions s")
    assert not any(owner.http.cookies[COOKIE] in row["row"] for row in rows)


def test_a_session_that_somebody_else_chose_is_not_the_one_after_the_login(
    new_visitor: Any, new_account: Any, password: str
) -> None:
    victim, attacker = new_visitor(), new_visitor()
    planted = "a" * 43
    for visitor in (victim, attacker):
        visitor.http.cookies.set(COOKIE, planted, domain="127.0.0.1", path="/")
    answer = victim.log_in(new_account(), password).raise_for_status()
    assert SimpleCookie(answer.headers["Set-Cookie"])[COOKIE].value != planted
    assert attacker.account() is None


def test_each_login_makes_a_new_session_and_ends_the_one_before(
    new_visitor: Any, new_account: Any, password: str
) -> None:
    email, visitor, thief = new_account(), new_visitor(), new_visitor()
    visitor.log_in(email, password).raise_for_status()
    first = visitor.http.cookies[COOKIE]
    visitor.log_in(email, password).raise_for_status()
    assert visitor.http.cookies[COOKIE] != first
    assert visitor.account()["email"] == email
    thief.http.cookies.set(COOKIE, first, domain="127.0.0.1", path="/")
    assert thief.account() is None


def test_after_the_logout_the_cookie_is_worth_nothing(owner: Any, new_visitor: Any) -> None:
    kept, thief = owner.http.cookies[COOKIE], new_visitor()
    assert owner.send("DELETE", "/session").status_code == 204
    assert COOKIE not in owner.http.cookies
    thief.http.cookies.set(COOKIE, kept, domain="127.0.0.1", path="/")
    assert thief.account() is None


@pytest.mark.parametrize(
    ("role", "column", "past"),
    [
        ("customer", "seen_at", "8 days"),
        ("customer", "expires_at", "1 second"),
        ("manager", "seen_at", "31 minutes"),
        ("manager", "expires_at", "1 second"),
    ],
)
def test_a_session_ends_when_idle_and_at_last_in_any_case(
    new_visitor: Any,
    new_account: Any,
    database: Any,
    password: str,
    role: str,
    column: str,
    past: str,
) -> None:
    email, visitor = new_account(role), new_visitor()
    visitor.log_in(email, password).raise_for_status()
    database.execute(
        f"UPDATE shop.account_sessions SET {column} = now() - %s::interval"  # noqa: S608
        " WHERE account_id = (SELECT account_id FROM shop.accounts WHERE email = %s)",
        [past, email],
    )
    assert visitor.account() is None
    assert COOKIE not in visitor.http.cookies


def test_a_password_change_ends_the_other_sessions_and_renews_this_one(
    new_visitor: Any, new_account: Any, password: str
) -> None:
    email, here, elsewhere = new_account(), new_visitor(), new_visitor()
    for visitor in (here, elsewhere):
        visitor.log_in(email, password).raise_for_status()
    before = here.http.cookies[COOKIE]
    wrong = {"current": "une phrase qui est fausse", "new": "une phrase toute nouvelle"}
    problem(here.send("POST", "/account/password", json=wrong), 401, "login-failed")
    answer = here.send("POST", "/account/password", json=wrong | {"current": password})
    here.csrf_token = answer.raise_for_status().json()["csrf_token"]
    assert here.http.cookies[COOKIE] != before
    assert elsewhere.account() is None
    renamed = here.send("PATCH", "/account", json={"name": "Léa", "language": "en"})
    assert renamed.raise_for_status().json()["name"] == "Léa"


@pytest.mark.parametrize("token", [None, "", "wrong", "é"])
def test_an_unsafe_call_with_a_session_needs_its_csrf_token(owner: Any, token: str | None) -> None:
    headers = {} if token is None else {"X-CSRF-Token": token.encode()}
    for method, path in (
        ("PATCH", "/account"),
        ("POST", "/carts"),
        ("DELETE", "/session"),
        ("POST", f"/orders/{uuid.uuid4()}/cancel"),
        ("POST", "/nowhere"),
    ):
        answer = owner.http.request(method, path, json={"name": "Forged"}, headers=headers)
        problem(answer, 403, "csrf")
    assert owner.account()["name"] == "Zoé Martin"


def test_the_csrf_token_of_another_session_does_not_do(
    owner: Any, new_visitor: Any, new_account: Any, password: str
) -> None:
    other = new_visitor()
    other.log_in(new_account(), password).raise_for_status()
    answer = owner.http.post("/carts", json={}, headers={"X-CSRF-Token": other.csrf_token})
    problem(answer, 403, "csrf")


def test_a_form_of_another_site_cannot_log_anybody_in(
    new_visitor: Any, new_account: Any, password: str
) -> None:
    """A form cannot send JSON; a script would have to ask first, and the shop says no."""
    visitor = new_visitor()
    body = {"email": new_account(), "password": password}
    assert visitor.http.post("/session", data=body).status_code == 415
    asked = visitor.http.options(
        "/session",
        headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"},
    )
    assert "Access-Control-Allow-Origin" not in asked.headers


def test_somebody_elses_order_is_not_there(
    owner: Any, staff: Any, new_visitor: Any, new_account: Any, new_product: Any, password: str
) -> None:
    order = owner.order(owner.cart_with(new_product(5), 1))
    path = f"/orders/{order['order_id']}"
    guest, other = new_visitor(), new_visitor()
    other.log_in(new_account(), password).raise_for_status()
    for visitor in (guest, other):
        missing = visitor.send("GET", f"/orders/{uuid.uuid4()}")
        found = visitor.send("GET", path)
        problem(found, 404, "not-found")
        assert found.json().keys() == missing.json().keys()
        problem(visitor.send("POST", f"{path}/cancel", json={}), 404, "not-found")
        assert visitor.send("GET", "/account/orders").status_code in (200, 401)
    assert other.http.get("/account/orders").json()["items"] == []
    assert guest.http.get(path, params={"token": order["access_token"]}).status_code == 200
    assert staff.http.get(path).status_code == 200
    assert owner.send("POST", f"{path}/cancel", json={}).json()["status"] == "cancelled"


def test_an_accounts_cart_is_not_there_for_others_whatever_they_know(
    owner: Any, staff: Any, new_visitor: Any, new_account: Any, new_product: Any, password: str
) -> None:
    sku = new_product(5)
    cart_id = owner.send("POST", "/carts", json={}).json()["cart_id"]
    item = {"sku": sku, "quantity": 1}
    owner.send("POST", f"/carts/{cart_id}/items", json=item).raise_for_status()
    other = new_visitor()
    for visitor in (new_visitor(), other, staff):
        path = f"/carts/{cart_id}"
        problem(visitor.send("GET", path), 404, "not-found")
        problem(visitor.send("POST", f"{path}/items", json=item), 404, "not-found")
        problem(visitor.send("PUT", f"{path}/items/{sku}", json={"quantity": 9}), 404, "not-found")
        problem(visitor.send("DELETE", f"{path}/items/{sku}"), 404, "not-found")
        problem(visitor.check_out(cart_id), 404, "not-found")
    # Nor does a login with its id take it away.
    assert other.log_in(new_account(), password, cart_id).json()["cart_id"] is None
    assert owner.http.get(f"/carts/{cart_id}").json()["items_count"] == 1


@pytest.mark.parametrize("path", ["/kpis", "/alerts"])
def test_the_staffs_figures_are_for_staff(
    owner: Any, staff: Any, new_visitor: Any, path: str
) -> None:
    problem(new_visitor().http.get(path), 401, "login-required")
    problem(owner.http.get(path), 403, "forbidden")
    assert staff.http.get(path).status_code == 200


@pytest.mark.usefixtures("seeded")
def test_the_first_administrator_logs_in_with_the_generated_password(
    settings: Settings, new_visitor: Any
) -> None:
    admin = new_visitor()
    answer = admin.log_in(SHOP_ADMIN, settings.shop_admin_password)
    assert answer.raise_for_status().json()["account"]["role"] == "admin"
    assert admin.http.get("/kpis").status_code == 200


def test_a_new_role_ends_the_sessions_of_the_old_one(
    engine: Engine, new_visitor: Any, new_account: Any, database: Any, password: str
) -> None:
    email, visitor = new_account("manager"), new_visitor()
    visitor.log_in(email, password).raise_for_status()
    row = database.execute("SELECT account_id FROM shop.accounts WHERE email = %s", [email])
    account_id = row.fetchone()["account_id"]
    with engine.begin() as connection:
        assert change_role(connection, account_id, Role.CUSTOMER)[0] is Role.MANAGER
    problem(visitor.http.get("/kpis"), 401, "login-required")
    visitor.log_in(email, password).raise_for_status()
    problem(visitor.http.get("/kpis"), 403, "forbidden")


@pytest.mark.parametrize("call", [("GET", "/account"), ("GET", "/account/orders")])
def test_an_account_is_for_its_owner(new_visitor: Any, call: tuple[str, str]) -> None:
    problem(new_visitor().http.request(*call), 401, "login-required")
