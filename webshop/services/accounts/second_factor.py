"""The second factor of an account: set up, asked for at the login, taken off.

Each function that takes a connection is part of the transaction that its caller opened.
"""

import uuid
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Engine

from webshop.adapters.accounts.accounts import delete_sessions_of, save_account
from webshop.adapters.accounts.one_time_codes import OneTimeCodes
from webshop.adapters.accounts.second_factors import (
    consume_recovery_code,
    count_recovery_codes,
    delete_second_factor,
    lock_second_factor,
    save_recovery_codes,
    save_secret,
    save_step,
)
from webshop.adapters.accounts.throttles import reset_attempts
from webshop.domain.accounts.accounts import Account
from webshop.domain.accounts.second_factor import code_hash, new_recovery_codes, normal_code
from webshop.domain.accounts.throttling import code_throttle
from webshop.domain.errors import CodeRequired, CodeWrong, SecondFactorOn
from webshop.services.accounts.accounts import require_account
from webshop.services.accounts.throttling import throttle
from webshop.services.messaging.mails import queue_owner_email


def begin_second_factor(connection: Connection, codes: OneTimeCodes, account: Account) -> str:
    """A new secret for an account, in Base32; it counts once a code of it was confirmed.

    Raises SecondFactorOn.
    """
    account = _require_unprotected(connection, account)
    secret = codes.new_secret()
    save_secret(connection, account.account_id, codes.seal(secret))
    return secret


def confirm_second_factor(
    connection: Connection,
    codes: OneTimeCodes,
    account: Account,
    code: str,
    present_session: bytes,
    now: datetime,
) -> list[str]:
    """Turn the second factor on with a first code of it; return the recovery codes.

    All sessions end but the present one (its token hash). Raises SecondFactorOn, or CodeWrong, also
    when none was begun.
    """
    account = _require_unprotected(connection, account)
    if not _consume_app_code(connection, codes, account, normal_code(code), now):
        raise CodeWrong
    save_account(connection, replace(account, second_factor_at=now))
    recovery_codes = new_recovery_codes()
    save_recovery_codes(
        connection, account.account_id, [code_hash(each) for each in recovery_codes]
    )
    delete_sessions_of(connection, account.account_id, but=present_session)
    queue_owner_email(connection, "second_factor", account, now, change="on")
    return recovery_codes


def prove_second_factor(
    engine: Engine, codes: OneTimeCodes, account: Account, code: str | None, now: datetime
) -> None:
    """Check the code that an account with a second factor asks for, after its password.

    The attempt is counted before it is made, as with passwords. A code is taken once. Raises
    CodeRequired, CodeWrong or TooManyAttempts.
    """
    if account.second_factor_at is None:
        return
    if code is None:
        raise CodeRequired
    counted = code_throttle(account.account_id)
    with engine.begin() as connection:
        throttle(connection, (counted,), now)
    with engine.begin() as connection:
        typed = normal_code(code)
        if not _consume_app_code(connection, codes, account, typed, now):
            if not consume_recovery_code(connection, account.account_id, code_hash(typed)):
                raise CodeWrong
            left = count_recovery_codes(connection, account.account_id)
            queue_owner_email(
                connection, "second_factor", account, now, change="recovery", left=left
            )
        reset_attempts(connection, counted)


def remove_second_factor(connection: Connection, account_id: uuid.UUID, now: datetime) -> Account:
    """Remove the second factor and notify the owner; return the account as it was.

    No effect if it has no second factor. Raises NotFound.
    """
    account = require_account(connection, account_id)
    if account.second_factor_at is not None:
        save_account(connection, replace(account, second_factor_at=None))
        delete_second_factor(connection, account_id)
        queue_owner_email(connection, "second_factor", account, now, change="off")
    return account


def _require_unprotected(connection: Connection, account: Account) -> Account:
    found = require_account(connection, account.account_id)
    if found.second_factor_at is not None:
        raise SecondFactorOn
    return found


def _consume_app_code(
    connection: Connection, codes: OneTimeCodes, account: Account, code: str, now: datetime
) -> bool:
    factor = lock_second_factor(connection, account.account_id)
    if factor is None:
        return False
    secret = codes.open(factor.sealed_secret)
    step = None if secret is None else codes.step_of(secret, code, now)
    if step is None or step <= factor.last_step:
        return False
    save_step(connection, account.account_id, step)
    return True
