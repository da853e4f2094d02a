"""Injection strings in every text field of an account: refused as names, escaped in mails."""

from typing import Any

import pytest

HOSTILE = (
    "Robert'); DROP TABLE shop.accounts;--",
    "' OR '1'='1",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}{% for x in y %}",
    "%s %(name)s \\x00 \\' ${7*7} #{7*7}",
    "\u202eeoZ <b>&amp;</b> 'é' 日本語 🎁",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_is_refused_and_an_old_one_escaped_in_mails(
    new_visitor: Any, new_account: Any, read_inbox: Any, database: Any, password: str, text: str
) -> None:
    email, visitor = new_account(), new_visitor()
    visitor.log_in(email, password).raise_for_status()
    assert visitor.send("PATCH", "/account", json={"name": text}).status_code == 422
    # As it was stored when a name could be anything.
    database.execute("UPDATE shop.accounts SET name = %s WHERE email = %s", [text, email])
    assert visitor.account()["name"] == text
    visitor.send("PATCH", "/account", json={"language": "en"}).raise_for_status()
    visitor.send("POST", "/accounts/password-reset", json={"email": email})
    (mail,) = read_inbox(email)
    assert text in mail["text"].replace("\u200b", "")
    assert "<script" not in mail["html"] and "<img" not in mail["html"]
    assert "49" not in mail["text"].split("http")[0]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_password_is_a_password_like_any_other(
    new_visitor: Any, new_account: Any, password: str, text: str
) -> None:
    email, visitor, new = new_account(), new_visitor(), f"{text} ~ une fin bien à elle"
    visitor.log_in(email, password).raise_for_status()
    body = {"current": password, "new": new}
    visitor.send("POST", "/account/password", json=body).raise_for_status()
    assert new_visitor().log_in(email, new.strip()[:-1]).status_code == 401
    new_visitor().log_in(email, new).raise_for_status()


@pytest.mark.parametrize("text", [*HOSTILE, "a@b", "a@example.org\r\nBcc: all@example.org", ""])
def test_what_is_no_address_is_refused_before_it_reaches_anything(
    new_visitor: Any, text: str
) -> None:
    visitor = new_visitor()
    named = {"email": text, "password": "une phrase assez longue", "name": "Zoé"}
    assert visitor.send("POST", "/accounts", json=named).status_code == 422
    assert visitor.log_in(text, "une phrase assez longue").status_code == 422
    reset = visitor.send("POST", "/accounts/password-reset", json={"email": text})
    assert reset.status_code == 422


@pytest.mark.parametrize("text", [*HOSTILE, "x" * 200, "0" * 32 + ".x", "\x00"])
def test_a_forged_link_is_refused(new_visitor: Any, text: str) -> None:
    visitor = new_visitor()
    for path in ("/accounts/verify", "/accounts/password-reset/confirm"):
        body = {"token": text, "password": "une phrase assez longue"}
        assert visitor.send("POST", path, json=body).status_code == 400
