"""Tokens: only the shop's key makes them, each for one thing only."""

import uuid

import pytest

from webshop.domain.tokens import (
    account_token,
    csrf_token,
    new_session_token,
    order_token,
    read_account_token,
    session_hash,
)

KEY = b"unit-test"
ID = uuid.UUID("6d76f2d0-1172-49de-8849-0eef45ce3194")


def test_a_link_is_read_for_what_it_was_made_for_and_by_who_made_it() -> None:
    token = account_token(KEY, "reset", ID)
    assert read_account_token(KEY, "reset", token) == ID
    assert read_account_token(KEY, "verify", token) is None
    assert read_account_token(b"another", "reset", token) is None
    for place in range(0, len(token), 7):
        forged = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        assert read_account_token(KEY, "reset", forged) is None


@pytest.mark.parametrize("text", ["", ".", "é", "0" * 32, f"{ID}.", f"{ID.hex}.é", "{" + ID.hex])
def test_any_other_text_is_no_link(text: str) -> None:
    assert read_account_token(KEY, "verify", text) is None


def test_tokens_for_different_things_differ() -> None:
    session = new_session_token()
    made = {
        order_token(KEY, ID),
        csrf_token(KEY, str(ID)),
        csrf_token(KEY, session),
        csrf_token(b"another", session),
        account_token(KEY, "verify", ID).partition(".")[2],
        account_token(KEY, "reset", ID).partition(".")[2],
    }
    assert len(made) == 6
    assert new_session_token() != session
    assert session.encode() not in session_hash(session)
