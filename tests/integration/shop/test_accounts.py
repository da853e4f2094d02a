"""Accounts on the real servers: the mail that opens one arrives, and its cart is on Kafka."""

import uuid
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.integration


def problem(answer: httpx.Response, status: int, kind: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.json()["type"] == f"/problems/{kind}"


def test_from_registration_to_the_first_order_in_the_history(
    new_visitor: Any, new_product: Any, read_inbox: Any, link_token: Any, password: str
) -> None:
    visitor, email, sku = new_visitor(), f"{uuid.uuid4().hex[:16]}@example.org", new_product(10)
    cart_id = visitor.cart_with(sku, 2)
    wanted = {"email": email.upper(), "password": password, "name": "Zoé Martin", "language": "fr"}
    answer = visitor.send("POST", "/accounts", json=wanted)
    assert answer.status_code == 202
    (mail,) = read_inbox(email)
    assert mail["subject"] == "Confirmez votre adresse e-mail"
    problem(visitor.log_in(email, password), 403, "mail-not-verified")
    problem(visitor.log_in(email, password + "!"), 401, "login-failed")

    token = link_token(mail)
    body = {"token": token, "password": password}
    wrong = visitor.send("POST", "/accounts/verify", json=body | {"password": password + "!"})
    problem(wrong, 403, "password-wrong")
    assert visitor.send("POST", "/accounts/verify", json=body).status_code == 204
    problem(visitor.send("POST", "/accounts/verify", json=body), 400, "link-invalid")
    session = visitor.log_in(email, password, cart_id).raise_for_status().json()
    assert session["cart_id"] == cart_id
    assert session["account"] | {"account_id": ""} == {
        "account_id": "",
        "email": email,
        "name": "Zoé Martin",
        "language": "fr",
        "role": "customer",
        "second_factor": False,
    }

    order = visitor.order(cart_id, email="elsewhere@example.org")
    history = visitor.http.get("/account/orders").raise_for_status().json()
    assert history["next"] is None
    (summary,) = history["items"]
    assert summary["order_id"] == order["order_id"]
    assert (summary["total"], summary["items_count"]) == (order["total"], 2)
    # The account opens its order without the token.
    own = visitor.http.get(f"/orders/{order['order_id']}")
    assert own.raise_for_status().json()["order_number"] == order["order_number"]


def test_at_login_the_guests_cart_goes_into_the_accounts(
    new_visitor: Any, new_account: Any, new_product: Any, read_topic: Any, password: str
) -> None:
    email, shared, other = new_account(), new_product(10), new_product(10)
    phone, desk = new_visitor(), new_visitor()
    phone.log_in(email, password).raise_for_status()
    own = phone.cart_with(shared, 998)
    assert phone.cart_with(shared, 1) == own, "an account fills one cart"

    guest = desk.cart_with(shared, 5)
    desk.send("POST", f"/carts/{guest}/items", json={"sku": other, "quantity": 3})
    assert desk.log_in(email, password, guest).json()["cart_id"] == own
    cart = desk.http.get(f"/carts/{own}").raise_for_status().json()
    assert {item["sku"]: item["quantity"] for item in cart["items"]} == {shared: 999, other: 3}
    assert desk.http.get(f"/carts/{guest}").json()["status"] == "merged"
    # Once: the same cart at the next login adds nothing.
    assert desk.log_in(email, password, guest).json()["cart_id"] == own
    assert desk.http.get(f"/carts/{own}").json()["items_count"] == 1002
    events = read_topic("shopnow.carts.v1", lambda p: p.get("cart_id") == own, 3)
    added = {(e["payload"]["sku"], e["payload"]["quantity"]) for e in events}
    assert added == {(shared, 998), (shared, 1), (other, 3)}
