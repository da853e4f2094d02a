"""What must never be in a log or a table is not there."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from webshop.simulation.hosted_page import DECLINED_CARD, GOOD_CARD

pytestmark = pytest.mark.integration


@pytest.fixture
def gateway(stack: Any) -> Iterator[psycopg.Connection[dict[str, Any]]]:
    """The gateway's own database."""
    dsn = stack.settings.gateway_dsn.replace("+psycopg", "")
    with psycopg.connect(dsn, autocommit=True, row_factory=dict_row) as connection:
        yield connection


def test_no_card_number_is_stored_or_logged(
    shopper: Any, stack: Any, database: Any, gateway: Any, new_product: Callable[[int], str]
) -> None:
    order = shopper.order(new_product(2), 1)
    declined, unknown = shopper.pay(order, DECLINED_CARD), "5555555555554444"
    assert declined.payment["reason"] == "card_declined"
    assert shopper.pay(order, unknown).payment["reason"] == "not_a_test_card"
    logs = "".join(path.read_text() for path in (stack.settings.home / "logs").glob("*.log"))
    for number in (DECLINED_CARD, unknown, GOOD_CARD):
        assert number not in logs
    query = "SELECT string_agg(t::text, ' ') AS text FROM gateway.{} AS t"
    for table in ("payments", "webhooks"):
        stored = gateway.execute(query.format(table)).fetchone()["text"]
        assert DECLINED_CARD not in stored
        assert unknown not in stored
    kept = database.execute("SELECT string_agg(p::text, ' ') AS text FROM shop.payments AS p")
    assert unknown not in kept.fetchone()["text"]


def test_no_log_holds_a_secret(
    stack: Any, new_visitor: Any, new_account: Any, read_inbox: Any, link_token: Any, password: str
) -> None:
    """Nor a query string, in which an order's token travels."""
    email, visitor = new_account(), new_visitor()
    wrong, marker = f"une fausse phrase {uuid.uuid4()}", uuid.uuid4().hex
    visitor.log_in(email, wrong)
    visitor.log_in(email, password).raise_for_status()
    visitor.send("POST", "/accounts/password-reset", json={"email": email})
    token = link_token(read_inbox(email)[0])
    visitor.http.get(f"/orders/{uuid.uuid4()}", params={"token": marker})
    visitor.http.get("/account/orders", params={"after": marker})
    secrets = [wrong, password, token, marker, visitor.csrf_token]
    secrets += [visitor.http.cookies["shopnow_session"], stack.settings.shop_admin_password]
    logs = [path for path in Path(stack.settings.home, "logs").rglob("*") if path.is_file()]
    assert {"shop.log", "mailer.log"} <= {path.name for path in logs}
    for path in logs:
        text = path.read_text(errors="replace")
        assert [secret for secret in secrets if secret in text] == [], path.name
