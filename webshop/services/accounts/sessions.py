"""Logging in and out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine

from webshop.adapters.accounts.accounts import (
    add_session,
    delete_session,
    find_account,
    get_session,
    newest_registration,
    save_password,
    touch_session,
)
from webshop.adapters.accounts.passwords import Passwords
from webshop.adapters.accounts.throttles import reset_attempts, uncount_attempt
from webshop.domain.accounts.accounts import Account, Session
from webshop.domain.accounts.throttling import login_throttles
from webshop.domain.errors import LoginFailed, MailNotVerified
from webshop.domain.tokens import new_session_token, session_hash
from webshop.services.accounts.accounts import remind
from webshop.services.accounts.throttling import throttle

#: A session in use is written to this often at most.
TOUCH_AFTER = timedelta(minutes=1)


@dataclass(frozen=True)
class Proof:
    """An account whose password was given, and its hash if a better one was made of it."""

    account: Account
    better_hash: str | None


def prove_password(
    engine: Engine, passwords: Passwords, email: str, password: str, address: str, now: datetime
) -> Proof:
    """Check e-mail and password for a caller at this address; return the account.

    The attempt is counted before it is made, so that concurrent attempts are slowed too. No
    database connection is held while the password is hashed. An unknown address costs as much as a
    wrong password and is answered alike. Raises TooManyAttempts, LoginFailed, MailNotVerified (for
    the right password only; the link is mailed again) or Busy.
    """
    counted = login_throttles(email, address)
    with engine.begin() as connection:
        throttle(connection, counted, now)
        found = find_account(connection, email)
        # Asked for in any case: the answer takes as long.
        waiting = newest_registration(connection, email, now)
    known_hash = found[1] if found else waiting.password_hash if waiting else None
    if not passwords.is_right(known_hash, password):
        raise LoginFailed
    if found is not None and found[0].disabled_at is not None:
        raise LoginFailed
    with engine.begin() as connection:
        of_account, of_address = counted
        reset_attempts(connection, of_account)
        uncount_attempt(connection, of_address)
        if found is None and waiting is not None:
            remind(connection, waiting, now)
    if found is None:
        raise MailNotVerified
    account, password_hash = found
    outdated = passwords.is_outdated(password_hash)
    return Proof(account, passwords.hash(password) if outdated else None)


def open_session(
    connection: Connection, proof: Proof, replaced_token: str | None, now: datetime
) -> str:
    """Log in: always create a new session; return its token."""
    if replaced_token is not None:
        delete_session(connection, session_hash(replaced_token))
    if proof.better_hash is not None:
        save_password(connection, proof.account.account_id, proof.better_hash)
    token = new_session_token()
    expires_at = now + proof.account.session_life.absolute
    add_session(connection, Session(session_hash(token), proof.account, now, expires_at))
    return token


def resume_session(connection: Connection, token: str, now: datetime) -> Session | None:
    """The session of a token, noted as in use; None if there is none or its time is over."""
    session = get_session(connection, session_hash(token))
    if session is None:
        return None
    if session.is_over(now):
        delete_session(connection, session.token_hash)
        return None
    if now - session.seen_at >= TOUCH_AFTER:
        touch_session(connection, session.token_hash, now)
    return session


def close_session(connection: Connection, token: str) -> None:
    """Log out; a session that is over already changes nothing."""
    delete_session(connection, session_hash(token))
