"""Accounts: opened by mail, kept by their owners, and unknown to strangers."""

import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, update

from shopnow.settings import Settings
from webshop.adapters.accounts.accounts import find_account
from webshop.adapters.accounts.throttles import count_attempt, reset_attempts
from webshop.adapters.tables import accounts
from webshop.domain.accounts.accounts import Role
from webshop.domain.accounts.throttling import code_throttle
from webshop.domain.errors import LastAdmin
from webshop.services.accounts.accounts import change_role, delete_account
from webshop.simulation.shop_requests import order_token


def fresh_email() -> str:
    return f"{uuid.uuid4().hex[:16]}@example.org"


def registration(email: str, password: str, **changes: Any) -> dict[str, Any]:
    known = {"email": email, "password": password, "name": "Zoé Martin", "language": "fr"}
    return known | changes


def problem(answer: httpx.Response, status: int, kind: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    body: dict[str, Any] = answer.json()
    assert body["type"] == f"/problems/{kind}"
    return body


def test_the_history_comes_in_pages_newest_first(
    new_visitor: Any, new_account: Any, new_product: Any, password: str
) -> None:
    visitor, email, sku = new_visitor(), new_account(), new_product(10)
    visitor.log_in(email, password).raise_for_status()
    placed = [visitor.order(visitor.cart_with(sku, 1), email=email)["order_id"] for _ in range(3)]
    seen: list[str] = []
    after = None
    while True:
        query = {"limit": 2} | ({"after": after} if after else {})
        page = visitor.http.get("/account/orders", params=query).raise_for_status().json()
        seen += [order["order_id"] for order in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert seen == placed[::-1]
    for forged in ("x", "é", "MjAyNi0xMS0yMg==", "bm90aGluZyA="):
        assert visitor.http.get("/account/orders", params={"after": forged}).status_code == 400


def test_a_reset_sets_the_password_and_ends_every_session(
    new_visitor: Any, new_account: Any, read_inbox: Any, link_token: Any, password: str
) -> None:
    email = new_account()
    stolen, owner = new_visitor(), new_visitor()
    stolen.log_in(email, password).raise_for_status()
    assert owner.send("POST", "/accounts/password-reset", json={"email": email}).status_code == 202
    token = link_token(read_inbox(email)[0])
    new = "une autre phrase, plus neuve"

    def confirm(token: str, password: str) -> httpx.Response:
        body = {"token": token, "password": password}
        answer: httpx.Response = owner.send("POST", "/accounts/password-reset/confirm", json=body)
        return answer

    refused = problem(confirm(token, f"Mon {email}!"), 422, "password-refused")
    assert refused["reason"] == "contains_email"
    problem(confirm(token[:-1] + ("A" if token[-1] != "A" else "B"), new), 400, "link-invalid")
    assert confirm(token, new).status_code == 204
    problem(confirm(token, new), 400, "link-invalid")
    assert stolen.account() is None
    problem(owner.log_in(email, password), 401, "login-failed")
    owner.log_in(email, new).raise_for_status()
    assert read_inbox(email, 2)[1]["subject"] == "Votre mot de passe a été changé"


def test_an_account_goes_with_its_password_and_its_orders_stay(
    new_visitor: Any,
    new_account: Any,
    new_product: Any,
    read_inbox: Any,
    database: Any,
    password: str,
) -> None:
    email, sku = new_account(language="en"), new_product(10)
    here, phone = new_visitor(), new_visitor()
    account = here.log_in(email, password).raise_for_status().json()["account"]
    phone.log_in(email, password).raise_for_status()
    order = here.order(here.cart_with(sku, 1), email=email)
    cart_id = here.cart_with(sku, 2)

    refused = here.send("DELETE", "/account", json={"password": password + "!"})
    problem(refused, 401, "login-failed")
    assert here.account() is not None
    gone = here.send("DELETE", "/account", json={"password": password})
    assert (gone.status_code, dict(here.http.cookies)) == (204, {})
    here.csrf_token = None

    assert phone.account() is None
    problem(here.log_in(email, password), 401, "login-failed")
    problem(phone.http.get(f"/carts/{cart_id}"), 404, "not-found")
    [mail] = read_inbox(email)
    assert mail["subject"] == "Your ShopNow+ account was deleted"
    kept = here.http.get(f"/orders/{order['order_id']}", headers=order_token(order)).json()
    assert kept["recipient"]["email"] == email
    assert database.execute(
        "SELECT c.email, c.name, c.country, a.account_id FROM shop.orders o"
        " JOIN shop.customers c USING (customer_id) LEFT JOIN shop.accounts a USING (customer_id)"
        " WHERE order_id = %s",
        [order["order_id"]],
    ).fetchone() == {"email": None, "name": None, "country": None, "account_id": None}
    subject = f"account {account['account_id']}"
    assert database.execute(
        "SELECT actor, action, before, after FROM shop.audit WHERE subject = %s", [subject]
    ).fetchall() == [
        {
            "actor": f"account:{account['account_id']}",
            "action": "account.delete",
            "before": {"role": "customer"},
            "after": None,
        }
    ]
    # The address may have another account, which knows nothing of the one before.
    here.send("POST", "/accounts", json=registration(email, password)).raise_for_status()
    assert len(read_inbox(email, 2)) == 2


def test_guessing_the_password_to_delete_an_account_is_slowed(
    new_visitor: Any, new_account: Any, password: str
) -> None:
    visitor = new_visitor()
    visitor.log_in(new_account(), password).raise_for_status()
    answers = [
        visitor.send("DELETE", "/account", json={"password": f"une phrase {n}"}) for n in range(8)
    ]
    assert [answer.status_code for answer in answers[:5]] == [401] * 5
    problem(answers[-1], 429, "too-many-requests")


@pytest.mark.usefixtures("seeded")
def test_the_last_administrator_neither_leaves_nor_loses_the_role(
    new_account: Any, engine: Engine
) -> None:
    email = new_account("admin")
    with engine.connect() as connection:  # rolled back: the shop keeps its administrators
        found = find_account(connection, email)
        assert found is not None
        admin, now = found[0], datetime.now(UTC)
        others = accounts.c.account_id != admin.account_id
        connection.execute(update(accounts).where(others).values(role=Role.CUSTOMER))
        with pytest.raises(LastAdmin):
            delete_account(connection, admin, by="test", now=now)
        with pytest.raises(LastAdmin):
            change_role(connection, admin.account_id, Role.MANAGER)
        connection.rollback()
        delete_account(connection, admin, by="test", now=now)
        assert find_account(connection, email) is None


def measured(call: Callable[[], httpx.Response]) -> tuple[float, tuple[Any, ...]]:
    started = time.perf_counter()
    answer = call()
    seconds = time.perf_counter() - started
    headers = {k: v for k, v in answer.headers.items() if k not in {"date", "set-cookie"}}
    return seconds, (answer.status_code, headers, answer.content)


@pytest.mark.parametrize("path", ["/accounts", "/accounts/password-reset", "/session"])
def test_no_answer_tells_whether_an_address_has_an_account(
    new_visitor: Any, new_account: Any, password: str, path: str
) -> None:
    """The same status, headers and body, and about the same time."""
    times: dict[bool, list[float]] = {True: [], False: []}
    answers = set()
    for number in range(8):
        for known in (True, False):
            visitor = new_visitor()
            email = new_account() if known else fresh_email()
            body = {
                "/accounts": registration(email, "phrase " * 4),
                "/accounts/password-reset": {"email": email},
                "/session": {"email": email, "password": "une phrase qui est fausse"},
            }[path]
            visitor.http.get("/health/live")  # the connection is there
            seconds, answer = measured(lambda v=visitor, b=body: v.send("POST", path, json=b))
            answers.add(repr(answer))
            if number > 1:
                times[known].append(seconds)
    assert len(answers) == 1, answers
    # The quickest of each: what other processes take of the machine comes on top.
    with_account, without = (min(times[known]) for known in (True, False))
    assert abs(with_account - without) < max(0.02, 0.5 * without), times


def test_a_mailbox_gets_no_more_than_some_unasked_mails_an_hour(
    new_visitor: Any, new_account: Any, database: Any
) -> None:
    email = new_account()
    for _ in range(9):
        visitor = new_visitor()
        answer = visitor.send("POST", "/accounts/password-reset", json={"email": email})
        assert answer.status_code == 202
    query = "SELECT count(*) AS mails FROM shop.mails WHERE recipient = %s"
    assert database.execute(query, [email]).fetchone()["mails"] == 4


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("password1234", "common"),
        ("azertyuiop123", "common"),
        ("M0tDeP@sse2024!", "common"),
        ("aaaaaaaaaaaaaaaa", "common"),
    ],
)
def test_an_easy_password_is_refused(new_visitor: Any, password: str, reason: str) -> None:
    answer = new_visitor().send("POST", "/accounts", json=registration(fresh_email(), password))
    assert problem(answer, 422, "password-refused")["reason"] == reason


def test_a_login_burst_slows_the_attacker_and_not_the_victim(
    new_visitor: Any, new_account: Any, password: str
) -> None:
    email = new_account()
    attacker, victim = new_visitor(), new_visitor()
    answers = [attacker.log_in(email, f"une phrase au hasard {n}") for n in range(12)]
    statuses = [answer.status_code for answer in answers]
    assert set(statuses[:5]) == {401}
    assert statuses.count(429) >= 4, statuses
    slowed = answers[statuses.index(429)]
    problem(slowed, 429, "too-many-requests")
    assert int(slowed.headers["Retry-After"]) >= 1
    # Even the right password waits its turn there, so that a guess is not confirmed by it.
    last = attacker.log_in(email, password)
    assert last.status_code == 429
    victim.log_in(email, password).raise_for_status()
    # The wait grows with each wrong password, and it does end.
    time.sleep(int(last.headers["Retry-After"]))
    attacker.log_in(email, password).raise_for_status()


def test_attempts_that_succeed_at_the_same_moment_do_not_disturb_each_other(
    engine: Engine,
) -> None:
    counted, rounds = code_throttle(uuid.uuid4()), 150

    def succeed(_number: int) -> timedelta:
        now = datetime.now(UTC)
        with engine.begin() as connection:
            wait = count_attempt(connection, (counted,), now)
        with engine.begin() as connection:
            reset_attempts(connection, counted)
        return wait

    with ThreadPoolExecutor(4) as pool:
        waits = list(pool.map(succeed, range(4 * rounds)))
    assert set(waits) == {timedelta(0)}


def test_many_accounts_from_one_address_are_slowed_too(new_visitor: Any) -> None:
    attacker = new_visitor()
    statuses = [
        attacker.log_in(fresh_email(), "une phrase au hasard").status_code for _ in range(36)
    ]
    assert set(statuses[:30]) == {401}
    assert 429 in statuses[30:]


def test_the_first_login_after_a_change_of_parameters_makes_a_better_hash(
    new_visitor: Any, new_account: Any, database: Any, settings: Settings, password: str
) -> None:
    email = new_account()
    query = "SELECT password_hash FROM shop.accounts WHERE email = %s"
    assert "m=64," in database.execute(query, [email]).fetchone()["password_hash"]
    new_visitor().log_in(email, password).raise_for_status()
    better = database.execute(query, [email]).fetchone()["password_hash"]
    assert better.startswith("$argon2id$")
    assert f"m={settings.password_hash_memory_kib}," in better
    new_visitor().log_in(email, password).raise_for_status()
