"""Accounts: opened by mail, and kept by their owners. No answer tells which addresses have one."""

import uuid
from typing import Any

from apiflask import APIBlueprint
from flask import Response

from webshop.api import responses
from webshop.api.accounts.account_bodies import (
    Deletion,
    PasswordChange,
    Profile,
    Registration,
    Reset,
    ResetRequest,
    Verification,
)
from webshop.api.accounts.sessions import account_view, client_address, prove, start_session
from webshop.api.http.access import actor, drop_session_cookie, needs_account, require_account
from webshop.api.http.current import now, shop
from webshop.api.http.openapi import refusals
from webshop.domain.accounts.passwords import require_good_password
from webshop.domain.accounts.throttling import mailing_throttles
from webshop.domain.errors import (
    LastAdmin,
    LinkInvalid,
    LoginFailed,
    LoginRequired,
    PasswordRefused,
    PasswordWrong,
    TooManyAttempts,
)
from webshop.domain.tokens import Purpose, read_account_token
from webshop.services.accounts import accounts as service
from webshop.services.accounts.sessions import Proof
from webshop.services.accounts.throttling import throttle

blueprint = APIBlueprint(
    "accounts",
    __name__,
    tag={"name": "Accounts", "description": "Opened by mail, and kept by their owners."},
)

_ACCEPTED = {"detail": "We have sent a mail to this address."}


@blueprint.post("/accounts")
@blueprint.input(Registration)
@blueprint.output(responses.MailSent, status_code=202)
@blueprint.doc(responses=refusals(PasswordRefused, TooManyAttempts))
def register(json_data: Registration) -> dict[str, str]:
    """Ask for an account: the address gets a link to verify it, or word that it has an account.

    There is no account before the link is used.
    """
    require_good_password(json_data.password, json_data.email)
    moment = now()
    _throttle_mail_requests()
    # Hashed whether or not there is an account: the answer takes as long.
    password_hash = shop().passwords.hash(json_data.password)
    with shop().transaction() as connection:
        service.register(
            connection,
            email=json_data.email,
            password_hash=password_hash,
            name=json_data.name,
            language=json_data.language,
            now=moment,
        )
    return _ACCEPTED


@blueprint.post("/accounts/verify")
@blueprint.input(Verification)
@blueprint.output({}, status_code=204)
@blueprint.doc(responses=refusals(LinkInvalid, PasswordWrong, TooManyAttempts))
def verify(json_data: Verification) -> str:
    """Consume a verification link: open the account, with the password of its registration.

    The link stays good after a wrong password. All other links for the address end with this one.
    """
    registration_id = _read_link("verify", json_data.token)
    service.verify(shop().engine, shop().passwords, registration_id, json_data.password, now())
    return ""


@blueprint.post("/accounts/password-reset")
@blueprint.input(ResetRequest)
@blueprint.output(responses.MailSent, status_code=202)
@blueprint.doc(responses=refusals(TooManyAttempts))
def request_reset(json_data: ResetRequest) -> dict[str, str]:
    """Mail a link that sets a new password, if the address has an account."""
    _throttle_mail_requests()
    with shop().transaction() as connection:
        service.request_reset(connection, json_data.email, now())
    return _ACCEPTED


@blueprint.post("/accounts/password-reset/confirm")
@blueprint.input(Reset)
@blueprint.output({}, status_code=204)
@blueprint.doc(responses=refusals(LinkInvalid, PasswordRefused))
def reset_password(json_data: Reset) -> str:
    """Consume a reset link: set the password, and end all sessions of the account."""
    token_id = _read_link("reset", json_data.token)
    password_hash = shop().passwords.hash(json_data.password)
    with shop().transaction() as connection:
        service.reset_password(connection, token_id, json_data.password, password_hash, now())
    return ""


@blueprint.get("/account")
@needs_account
@blueprint.output(responses.Account)
@blueprint.doc(responses=refusals(LoginRequired))
def show_account() -> dict[str, Any]:
    """The caller's account."""
    return account_view(require_account())


@blueprint.patch("/account")
@needs_account
@blueprint.input(Profile)
@blueprint.output(responses.Account)
@blueprint.doc(responses=refusals(LoginRequired))
def change_account(json_data: Profile) -> dict[str, Any]:
    """Change name or language of the caller's account."""
    account = require_account()
    with shop().transaction() as connection:
        return account_view(
            service.change_profile(
                connection, account.account_id, json_data.name, json_data.language
            )
        )


@blueprint.post("/account/password")
@needs_account
@blueprint.input(PasswordChange)
@blueprint.output(responses.Session)
@blueprint.doc(responses=refusals(LoginRequired, LoginFailed, PasswordRefused, TooManyAttempts))
def change_password(json_data: PasswordChange) -> Response:
    """Change the caller's password; all sessions end, and the caller gets a new one.

    401 and 429 as at the login, if the present password is wrong.
    """
    account = require_account()
    require_good_password(json_data.new, account.email)
    passwords = shop().passwords
    moment = now()
    prove(account.email, json_data.current)
    password_hash = passwords.hash(json_data.new)
    with shop().transaction() as connection:
        service.change_password(connection, account, password_hash, moment)
    return start_session(Proof(account, None), None)


@blueprint.delete("/account")
@needs_account
@blueprint.input(Deletion)
@blueprint.output({}, status_code=204)
@blueprint.doc(responses=refusals(LoginRequired, LoginFailed, LastAdmin, TooManyAttempts))
def delete_account(json_data: Deletion) -> Response:
    """Delete the caller's account for good, with its sessions and its cart; its orders stay.

    401 and 429 as at the login, if the password is wrong. An order that is under way goes on: the
    links in its mails open it.
    """
    account = require_account()
    moment, by = now(), actor()
    prove(account.email, json_data.password)
    with shop().transaction() as connection:
        service.delete_account(connection, account, by=by, now=moment)
    response = Response(status=204)
    drop_session_cookie(response)
    return response


def _throttle_mail_requests() -> None:
    with shop().transaction() as connection:
        throttle(connection, mailing_throttles(client_address()), now())


def _read_link(purpose: Purpose, token: str) -> uuid.UUID:
    token_id = read_account_token(shop().secret_key, purpose, token)
    if token_id is None:
        raise LinkInvalid
    return token_id
