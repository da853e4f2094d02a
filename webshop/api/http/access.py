"""Who is calling, and what they may do.

A caller is known by the cookie of a session, or by nothing. Unsafe calls with a session also need
its X-CSRF-Token. Calls without a session have no authority that another site could borrow.
"""

import hmac
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, Response, g, has_request_context, request
from sqlalchemy import Connection

from webshop.api.http.current import now, shop
from webshop.api.http.openapi import ORDER_LINK, ORDER_TOKEN, SESSION, secured
from webshop.api.http.tokens import order_token_is_right
from webshop.domain.accounts.accounts import Account, Role, Session
from webshop.domain.errors import (
    CsrfMissing,
    LoginRequired,
    NotFound,
    RoleMissing,
    SecondFactorMissing,
)
from webshop.domain.ordering.carts import Cart
from webshop.domain.tokens import csrf_token
from webshop.services.accounts.queries import order_owner
from webshop.services.accounts.sessions import resume_session
from webshop.services.ordering.carts import require_cart

COOKIE = "shopnow_session"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def current_account() -> Account | None:
    """The account that is logged in, None for a guest."""
    session = _current_session()
    return None if session is None else session.account


def require_account() -> Account:
    """The account that is logged in. Raises LoginRequired."""
    account = current_account()
    if account is None:
        raise LoginRequired
    return account


def require_role(role: str) -> Account:
    """The account that is logged in, if it has the role or one above it.

    Raises LoginRequired, RoleMissing, or SecondFactorMissing where the settings ask for one. For a
    whole blueprint call it in a `before_request`.
    """
    account = require_account()
    if not account.role.includes(Role(role)):
        raise RoleMissing(role)
    if shop().settings.staff_second_factor and account.second_factor_at is None:
        raise SecondFactorMissing
    return account


def require_order_access(order_id: uuid.UUID) -> None:
    """Allow holders of the order's token, the account that ordered, and staff.

    Raises NotFound for others as for a missing order, so that existing orders are not revealed.
    """
    if order_token_is_right(order_id):
        return
    account = current_account()
    if account is not None:
        if account.is_staff:
            return
        with shop().transaction() as connection:
            if order_owner(connection, order_id) == account.customer_id:
                return
    raise NotFound("order", order_id)


def needs_order_access(view: Callable[..., Any]) -> Callable[..., Any]:
    """Apply `require_order_access` to a view before the request is read."""

    @wraps(view)
    def guarded(order_id: uuid.UUID, **arguments: Any) -> Any:
        require_order_access(order_id)
        return view(order_id=order_id, **arguments)

    return secured(guarded, ORDER_TOKEN, ORDER_LINK, SESSION)


def needs_account(view: Callable[..., Any]) -> Callable[..., Any]:
    """Require a login before the request is read."""

    @wraps(view)
    def guarded(**arguments: Any) -> Any:
        require_account()
        return view(**arguments)

    return secured(guarded, SESSION)


def callers_cart(connection: Connection, cart_id: uuid.UUID, *, lock: bool = False) -> Cart:
    """The cart: a guest's for anyone who knows its id, an account's for that account.

    `lock` holds it until the commit. Raises NotFound for somebody else's cart as for a missing one.
    """
    cart = require_cart(connection, cart_id, lock=lock)
    if cart.customer_id is not None:
        session = _current_session(connection)
        if session is None or session.account.customer_id != cart.customer_id:
            raise NotFound("cart", cart_id)
    return cart


def customer_id() -> str | None:
    """What events and orders call the account that is logged in; None for a guest."""
    account = current_account()
    return None if account is None else account.customer_id


def actor() -> str:
    """Who does this, for audit and ledger: `account:<uuid>`, `guest`; `system` outside a call.

    Safe within a transaction of an unsafe call: its session was looked up before.
    """
    if not has_request_context():
        return "system"
    account = current_account()
    return "guest" if account is None else f"account:{account.account_id}"


def session_cookie() -> str | None:
    """The session token that the caller sent, whether or not it is worth anything."""
    return request.cookies.get(COOKIE)


def current_csrf_token() -> str | None:
    """The CSRF token of the caller's session, None for a guest."""
    token = session_cookie()
    if token is None or _current_session() is None:
        return None
    return csrf_token(shop().secret_key, token)


def set_session_cookie(response: Response, token: str, account: Account) -> None:
    """Set the session cookie; scripts cannot read it, and other sites cannot send it."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=account.session_life.absolute,
        path="/",
        secure=_secure(),
        httponly=True,
        samesite="Lax",
    )


def drop_session_cookie(response: Response) -> None:
    """Delete the session cookie."""
    response.delete_cookie(COOKIE, path="/", secure=_secure(), httponly=True, samesite="Lax")


def register_access(app: Flask) -> None:
    """Reject cross-site requests before any route sees them."""
    app.before_request(_refuse_forged_calls)


def _secure() -> bool:
    return request.is_secure or shop().settings.cookie_secure


def _current_session(connection: Connection | None = None) -> Session | None:
    # Once a request: a guest costs nothing, somebody with a cookie one query. Callers that hold a
    # connection pass it: a request that waits for a second one may wait for itself.
    if "session" not in g:
        token = session_cookie()
        if token is None:
            g.session = None
        elif connection is not None:
            g.session = resume_session(connection, token, now())
        else:
            with shop().transaction() as own:
                g.session = resume_session(own, token, now())
    found: Session | None = g.session
    return found


def _refuse_forged_calls() -> None:
    if request.method in _SAFE:
        return
    expected = current_csrf_token()
    if expected is None:
        return  # no session, or one that is over: there is nothing to abuse
    given = request.headers.get("X-CSRF-Token", "")
    if not hmac.compare_digest(given.encode(), expected.encode()):
        raise CsrfMissing
