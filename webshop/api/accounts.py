"""Accounts: opened by mail, and kept by their owners. No answer tells which addresses have one."""

import uuid
from typing import Any

from flask import Blueprint, Response

from webshop.api.access import require_account
from webshop.api.account_bodies import (
    PasswordChange,
    Profile,
    Registration,
    Reset,
    ResetRequest,
    Verification,
)
from webshop.api.current import now, shop
from webshop.api.schemas import read_body
from webshop.api.sessions import account_view, client_address, start_session
from webshop.domain.errors import LinkInvalid
from webshop.domain.passwords import require_good_password
from webshop.domain.throttling import mailing_throttles
from webshop.domain.tokens import Purpose, read_account_token
from webshop.services import accounts as service
from webshop.services.sessions import Proof, prove_password, throttle

blueprint = Blueprint("accounts", __name__)

_ACCEPTED = {"detail": "We have sent a mail to this address."}


@blueprint.post("/accounts")
def register() -> tuple[dict[str, str], int]:
    """Open an account: the address gets a link to verify it, or word that it has an account."""
    body = read_body(Registration)
    require_good_password(body.password, body.email)
    moment = now()
    _throttle_mailing()
    # Hashed whether or not there is an account: the answer takes as long.
    password_hash = shop().passwords.hash(body.password)
    with shop().transaction() as connection:
        service.register(
            connection,
            email=body.email,
            password_hash=password_hash,
            name=body.name,
            language=body.language,
            now=moment,
        )
    return _ACCEPTED, 202


@blueprint.post("/accounts/verify")
def verify() -> tuple[str, int]:
    """Use up a verification link."""
    body = read_body(Verification)
    token_id = _read_link("verify", body.token)
    with shop().transaction() as connection:
        service.verify(connection, token_id, now())
    return "", 204


@blueprint.post("/accounts/password-reset")
def request_reset() -> tuple[dict[str, str], int]:
    """Mail a link that sets a new password, if the address has an account."""
    body = read_body(ResetRequest)
    _throttle_mailing()
    with shop().transaction() as connection:
        service.request_reset(connection, body.email, now())
    return _ACCEPTED, 202


@blueprint.post("/accounts/password-reset/confirm")
def reset_password() -> tuple[str, int]:
    """Use up a reset link: set the password, and end all sessions of the account."""
    body = read_body(Reset)
    token_id = _read_link("reset", body.token)
    password_hash = shop().passwords.hash(body.password)
    with shop().transaction() as connection:
        service.reset_password(connection, token_id, body.password, password_hash, now())
    return "", 204


@blueprint.get("/account")
def show_account() -> dict[str, Any]:
    """The caller's account."""
    return account_view(require_account())


@blueprint.patch("/account")
def change_account() -> dict[str, Any]:
    """Change name or language of the caller's account."""
    account = require_account()
    body = read_body(Profile)
    with shop().transaction() as connection:
        return account_view(
            service.change_profile(connection, account.account_id, body.name, body.language)
        )


@blueprint.post("/account/password")
def change_password() -> Response:
    """Change the caller's password; all sessions end, and the caller gets a new one.

    401 and 429 as at the log-in, if the present password is wrong.
    """
    account = require_account()
    body = read_body(PasswordChange)
    require_good_password(body.new, account.email)
    passwords = shop().passwords
    moment = now()
    prove_password(shop().engine, passwords, account.email, body.current, client_address(), moment)
    password_hash = passwords.hash(body.new)
    with shop().transaction() as connection:
        service.change_password(connection, account, password_hash, moment)
    return start_session(Proof(account, None), None)


def _throttle_mailing() -> None:
    with shop().transaction() as connection:
        throttle(connection, mailing_throttles(client_address()), now())


def _read_link(purpose: Purpose, token: str) -> uuid.UUID:
    token_id = read_account_token(shop().secret_key, purpose, token)
    if token_id is None:
        raise LinkInvalid
    return token_id
