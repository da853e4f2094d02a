"""What strangers can make the shop mail to somebody is little; no shopper loses a mail by it."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from psycopg.types.json import Jsonb
from sqlalchemy import Engine

from tests.support.accounts import API, add_mail, log_in, open_account, queued, register, written
from tests.support.shopping import cart_with, check_out, send
from webshop.adapters.ordering.orders import get_order
from webshop.bootstrap import Shop
from webshop.services.messaging.order_mails import queue_confirmed_email
from webshop.services.ordering.orders import expire_orders
from webshop.simulation import shop_requests

VICTIM = "victim@example.org"


@pytest.fixture
def place(http: FlaskClient, new_product: Callable[..., str]) -> Callable[..., dict[str, Any]]:
    """Places an order for an address."""
    sku = new_product(1000)

    def order(email: str = VICTIM) -> dict[str, Any]:
        answer = check_out(http, cart_with(http, sku, 1), email=email)
        assert answer.status_code == 201, answer.text
        placed: dict[str, Any] = answer.get_json()
        return placed

    return order


def cancel(http: FlaskClient, order: dict[str, Any]) -> None:
    answer = send(http, shop_requests.cancel(order))
    assert answer.status_code == 200, answer.text


def to_mailbox(database: Any, templates: tuple[str, ...] = ()) -> int:
    return sum(not templates or row["template"] in templates for row in queued(database))


def test_unpaid_orders_that_are_cancelled_send_few_mails(
    http: FlaskClient, database: Any, place: Callable[..., dict[str, Any]]
) -> None:
    for _ in range(6):
        cancel(http, place())
    assert to_mailbox(database) == 2


def test_spellings_of_one_mailbox_are_one(
    http: FlaskClient, database: Any, place: Callable[..., dict[str, Any]]
) -> None:
    for email in ("Victim@Example.org", "victim+1@example.org", "VICTIM+2@example.ORG"):
        cancel(http, place(email))
    for email in ("v.ictim@gmail.com", "vic.tim@googlemail.com", "victim+a@gmail.com"):
        cancel(http, place(email))
    assert to_mailbox(database) == 4, "two at each of two mailboxes"
    for number in range(6):
        register(http, f"victim+{number}@example.org")
    assert to_mailbox(database, ("verify_account",)) == 4


def test_orders_that_expire_count_too(
    http: FlaskClient, database: Any, engine: Engine, place: Callable[..., dict[str, Any]]
) -> None:
    for _ in range(4):
        place()
    database.execute("UPDATE shop.orders SET expires_at = now() - interval '1 min'")
    assert expire_orders(engine, datetime.now(UTC)) == 4, "the orders expire all the same"
    assert to_mailbox(database) == 2


def test_a_day_has_its_limit_as_well(
    http: FlaskClient, database: Any, place: Callable[..., dict[str, Any]]
) -> None:
    for _ in range(5):
        for _ in range(3):
            cancel(http, place())
        database.execute("UPDATE shop.mails SET created_at = created_at - interval '61 min'")
    assert to_mailbox(database) == 6


def test_many_requests_at_once_get_past_no_limit(http: FlaskClient, database: Any) -> None:
    def ask(_number: int) -> int:
        client = http.application.test_client()
        return int(register(client, VICTIM).status_code)

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(ask, range(12))) <= {202, 503}
    assert to_mailbox(database) == 4


def test_no_limit_holds_a_payment_or_the_staff_back(
    http: FlaskClient, shop: Shop, database: Any, place: Callable[..., dict[str, Any]]
) -> None:
    for _ in range(3):
        cancel(http, place())
    order = place()
    database.execute(
        "UPDATE shop.orders SET status = 'paid', paid_at = now(), expires_at = NULL"
        " WHERE order_id = %s",
        [order["order_id"]],
    )
    with shop.transaction() as connection:
        paid = get_order(connection, uuid.UUID(order["order_id"]))
        assert paid is not None
        for _ in range(3):
            queue_confirmed_email(connection, paid, datetime.now(UTC))
    assert to_mailbox(database, ("order_confirmed",)) == 3

    open_account(http, shop, database, "boss@example.org")
    database.execute("UPDATE shop.accounts SET role = 'manager'")
    unpaid = place()
    before = to_mailbox(database, ("order_cancelled",))
    staff = http.application.test_client()
    session = log_in(staff, "boss@example.org").get_json()
    answer = staff.post(
        f"{API}/staff/orders/{unpaid['order_id']}/cancel",
        json={"reason": "Rupture"},
        headers={"Idempotency-Key": str(uuid.uuid4()), "X-CSRF-Token": session["csrf_token"]},
    )
    assert answer.status_code == 200, answer.text
    assert to_mailbox(database, ("order_cancelled",)) == before + 1


def test_orders_use_up_nothing_that_an_owner_needs(
    http: FlaskClient, shop: Shop, database: Any, place: Callable[..., dict[str, Any]]
) -> None:
    open_account(http, shop, database, VICTIM)
    for _ in range(6):
        cancel(http, place())
    http.post(f"{API}/accounts/password-reset", json={"email": VICTIM})
    assert to_mailbox(database, ("reset_password",)) == 1


def test_an_old_name_with_a_link_is_none_in_a_mail(shop: Shop, database: Any) -> None:
    add_mail(database, VICTIM, context=Jsonb({"name": "Gagnez: https://evil.com/x a@evil.com"}))
    for part in written(shop, queued(database)[0]).iter_parts():
        text = part.get_content()
        assert "evil" in text
        assert "evil.com" not in text and "https://evil" not in text and "a@evil" not in text


def test_staff_see_failed_mails_and_send_them_again(
    http: FlaskClient, shop: Shop, database: Any
) -> None:
    failed = add_mail(database, "bad@example.org")
    add_mail(database, "good@example.org")
    database.execute(
        "UPDATE shop.mails SET failed_at = now(), attempts = 3, last_error = '550 no such user'"
        " WHERE mail_id = %s",
        [failed],
    )
    assert http.get(f"{API}/staff/mails/failed").status_code == 401
    open_account(http, shop, database, "boss@example.org")
    session = log_in(http, "boss@example.org").get_json()
    assert http.get(f"{API}/staff/mails/failed").status_code == 403
    database.execute("UPDATE shop.accounts SET role = 'manager'")
    [mail] = http.get(f"{API}/staff/mails/failed").get_json()["items"]
    assert (mail["mail_id"], mail["recipient"], mail["template"], mail["last_error"]) == (
        failed,
        "bad@example.org",
        "password_changed",
        "550 no such user",
    )
    headers = {"X-CSRF-Token": session["csrf_token"]}
    path = f"{API}/staff/mails/{failed}/retry"

    def retry(key: str) -> int:
        sent = http.post(path, json={}, headers=headers | {"Idempotency-Key": key})
        return int(sent.status_code)

    assert (retry("a"), retry("a"), retry("b")) == (200, 200, 404)
    assert http.get(f"{API}/staff/mails/failed").get_json()["items"] == []
    [row] = queued(database, "bad@example.org")
    assert (row["failed_at"], row["attempts"]) == (None, 0)
    line = "SELECT action FROM shop.audit WHERE subject = %s"
    assert database.execute(line, [f"mail {failed}"]).fetchone() == {"action": "mail.retry"}
