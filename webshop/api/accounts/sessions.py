"""Logging in and out: a session is a cookie that scripts cannot read."""

import uuid
from typing import Any

from apiflask import APIBlueprint
from flask import Response, jsonify, request

from webshop.api import responses
from webshop.api.accounts.account_bodies import Login
from webshop.api.http.access import (
    current_account,
    current_csrf_token,
    drop_session_cookie,
    session_cookie,
    set_session_cookie,
)
from webshop.api.http.current import now, shop
from webshop.api.http.openapi import refusals
from webshop.domain.accounts.accounts import Account
from webshop.domain.errors import (
    CodeRequired,
    CodeWrong,
    LoginFailed,
    MailNotVerified,
    TooManyAttempts,
)
from webshop.domain.tokens import csrf_token
from webshop.services.accounts.second_factor import prove_second_factor
from webshop.services.accounts.sessions import Proof, close_session, open_session, prove_password
from webshop.services.ordering.carts import merge_carts
from webshop.services.ordering.queries import find_open_cart

blueprint = APIBlueprint(
    "sessions", __name__, tag={"name": "Sessions", "description": "Logging in and out."}
)


@blueprint.post("/session")
@blueprint.input(Login)
@blueprint.output(responses.Session)
@blueprint.doc(
    responses=refusals(LoginFailed, CodeRequired, CodeWrong, MailNotVerified, TooManyAttempts)
)
def log_in(json_data: Login) -> Response:
    """Log in; answers with the account, its cart, and the CSRF token for unsafe calls.

    401 for a wrong password as for an unknown address, and after the right one for a missing or
    wrong code if the account has a second factor; 403 if the address is not verified yet; 429 with
    Retry-After after many wrong ones from the caller's address, or many wrong codes.
    """
    proof = prove(json_data.email, json_data.password)
    prove_second_factor(shop().engine, shop().one_time_codes, proof.account, json_data.code, now())
    return start_session(proof, json_data.cart_id)


@blueprint.get("/session")
@blueprint.output(responses.Session)
def show_session() -> Response:
    """Who is logged in, all null for a guest."""
    account = current_account()
    cart_id = None
    if account is not None:
        with shop().transaction() as connection:
            cart_id = find_open_cart(connection, account.customer_id)
    response = jsonify(_session_view(account, current_csrf_token(), cart_id))
    if account is None and session_cookie() is not None:
        drop_session_cookie(response)
    return response


@blueprint.delete("/session")
@blueprint.output({}, status_code=204)
def log_out() -> Response:
    """Log out; nothing changes for a guest."""
    token = session_cookie()
    if token is not None:
        with shop().transaction() as connection:
            close_session(connection, token)
    response = Response(status=204)
    drop_session_cookie(response)
    return response


def start_session(proof: Proof, guest_cart_id: uuid.UUID | None) -> Response:
    """Answer with a new session of an account, and its cookie."""
    moment = now()
    with shop().transaction() as connection:
        cart_id = merge_carts(connection, guest_cart_id, proof.account.customer_id, moment)
        token = open_session(connection, proof, session_cookie(), moment)
    csrf = csrf_token(shop().secret_key, token)
    response = jsonify(_session_view(proof.account, csrf, cart_id))
    set_session_cookie(response, token, proof.account)
    return response


def prove(email: str, password: str) -> Proof:
    """Check e-mail and password from the caller's address. Raises what `prove_password` does."""
    return prove_password(shop().engine, shop().passwords, email, password, client_address(), now())


def client_address() -> str:
    """The address that the caller's attempts are counted under."""
    return request.remote_addr or ""


def account_view(account: Account) -> dict[str, Any]:
    """An account, for its owner."""
    return {
        "account_id": str(account.account_id),
        "email": account.email,
        "name": account.name,
        "language": account.language,
        "role": account.role.value,
        "second_factor": account.second_factor_at is not None,
    }


def _session_view(
    account: Account | None, csrf: str | None, cart_id: uuid.UUID | None
) -> dict[str, Any]:
    return {
        "account": None if account is None else account_view(account),
        "csrf_token": csrf,
        "cart_id": None if cart_id is None else str(cart_id),
    }
