"""One verdict on an e-mail address and on a name, wherever they come in."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from pydantic import ValidationError

from shopnow.settings import Settings
from tests.support.accounts import API, log_in, queued, register
from tests.support.shopping import cart_with, check_out

ACCEPTED = {
    "zoe@example.org": "zoe@example.org",
    "ZOE.Martin+Shop@EXAMPLE.org": "zoe.martin+shop@example.org",
    " zoe@shop.example ": "zoe@shop.example",
    "zoe@müller.example": "zoe@xn--mller-kva.example",
    "zoe@xn--mller-kva.example": "zoe@xn--mller-kva.example",
    "o'brien_1-2@mail.example.org": "o'brien_1-2@mail.example.org",
    "x" * 64 + "@example.org": "x" * 64 + "@example.org",
}
REFUSED = [
    "=?utf-8?q??=@example.com",
    "=?utf-8?q?victim?=@example.org",
    "=?utf-8?b?dmljdGlt?=@example.org",
    "zoé@example.org",
    "zoe..martin@example.org",
    ".zoe@example.org",
    "zoe.@example.org",
    '"zoe martin"@example.org',
    "zoe@[127.0.0.1]",
    "zoe@127.0.0.1",
    "zoe@localhost",
    "zoe@example..org",
    "zoe@-example.org",
    "zoe@exam_ple.org",
    "zoe@example.org.",
    "zoe@example",
    "zoe martin@example.org",
    "Zoé <zoe@example.org>",
    "zoe@example.org,lea@example.org",
    "zoe@example.org\r\nBcc: all@example.org",
    "zoe@example.org\x00",
    "z\x07oe@example.org",
    "zoe\u200b@example.org",
    "zoe@@example.org",
    "@example.org",
    "zoe@",
    "",
    "x" * 65 + "@example.org",
    "zoe@" + ".".join(["d" * 60] * 5) + ".org",
]


@pytest.fixture
def ask(http: FlaskClient, new_product: Callable[..., str]) -> Callable[[str, str], Any]:
    """Sends an address to one of the calls that take one."""
    cart_id = cart_with(http, new_product(5), 1)

    def send(call: str, email: str) -> Any:
        if call == "checkout":
            return check_out(http, cart_id, email=email)
        if call == "register":
            return register(http, email)
        if call == "log in":
            return log_in(http, email)
        return http.post(f"{API}/accounts/password-reset", json={"email": email})

    return send


@pytest.mark.parametrize("email", ACCEPTED)
def test_an_address_is_accepted_everywhere_in_one_form(
    ask: Callable[[str, str], Any], database: Any, email: str
) -> None:
    assert ask("checkout", email).status_code == 201
    assert ask("register", email).status_code == 202
    assert ask("reset", email).status_code == 202
    assert ask("log in", email).get_json()["type"] == "/problems/mail-not-verified"
    [order] = database.execute("SELECT email FROM shop.orders").fetchall()
    [waiting] = database.execute("SELECT email FROM shop.registrations").fetchall()
    assert order["email"] == waiting["email"] == ACCEPTED[email]
    assert {row["recipient"] for row in queued(database)} == {ACCEPTED[email]}


@pytest.mark.parametrize("email", REFUSED)
def test_an_address_is_refused_everywhere_with_the_same_words(
    ask: Callable[[str, str], Any], database: Any, email: str
) -> None:
    verdicts = set()
    for call in ("checkout", "register", "log in", "reset"):
        answer = ask(call, email)
        assert answer.status_code == 422, (call, answer.text)
        [error] = answer.get_json()["errors"]
        assert error["pointer"] == "/email"
        verdicts.add(error["detail"])
    assert len(verdicts) == 1
    assert queued(database) == []
    for setting in ("managers_email", "sender_email", "shop_sender_email"):
        if setting == "managers_email" and ("," in email or not email):
            continue  # several, or none
        if setting != "managers_email" and "<" in email:
            continue  # a sender may have a name
        with pytest.raises(ValidationError):
            Settings(**{setting: email})


def test_settings_hold_addresses_in_the_same_form() -> None:
    settings = Settings(
        managers_email="Léa@x.example".replace("é", "e") + ", boss@MÜLLER.example",  # type: ignore[arg-type]
        shop_sender_email="La boutique <Boutique@Shop.example>",
    )
    assert settings.managers_email == ["lea@x.example", "boss@xn--mller-kva.example"]
    assert settings.shop_sender_email == "boutique@shop.example"


def test_the_document_describes_one_address(http: FlaskClient) -> None:
    schemas = http.get(f"{API}/openapi.json").get_json()["components"]["schemas"]
    bodies = [schemas[name] for name in ("Checkout", "Registration", "ResetRequest", "Login")]
    described = [dict(body["properties"]["email"], title="") for body in bodies]
    assert all(each == described[0] for each in described)
    assert (described[0]["format"], described[0]["maxLength"]) == ("email", 254)
    names = [dict(body["properties"]["name"], title="") for body in bodies[:2]]
    assert names[0] == names[1]


@pytest.mark.parametrize(
    "name",
    [
        "Zoé Martin",
        "Jean‑Luc d’Arc",
        "O'Brien, Jr.",
        "J.R.R. Tolkien",
        "Dr. No",
        "Nguyễn Thị Minh Khai",
        "Ελένη",
        "日本 太郎",
        "Müller & Söhne (Köln)",
        "Buyer 12",
        "Zoe\u0301",
        "x" * 80,
    ],
)
def test_a_name_is_a_name(http: FlaskClient, name: str) -> None:
    assert register(http, "zoe@example.org", name=name).status_code == 202


@pytest.mark.parametrize(
    "name",
    [
        "x" * 81,
        "evil.com",
        "Gagnez sur EVIL.COM !",
        "www.evil",
        "http://evil",
        "//evil",
        "zoe@evil.com",
        "evil\uff0ecom",
        "evil。com",
        "evil․com",
        "a\u200bb",
        "a\u202eb",
        "a\r\nBcc: b",
        "Appelez 0899 12 34 56",
        "<a href=x>",
        "...",
        "🎁",
        "",
    ],
)
def test_a_message_is_no_name_anywhere(
    http: FlaskClient, new_product: Callable[..., str], name: str
) -> None:
    assert register(http, "zoe@example.org", name=name).status_code == 422
    cart_id = cart_with(http, new_product(5), 1)
    assert check_out(http, cart_id, name=name).status_code == 422
