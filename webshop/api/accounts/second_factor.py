"""The second factor of the caller's account: codes of an authenticator app."""

from typing import Any

from apiflask import APIBlueprint
from pydantic import Field

from webshop.api.accounts.account_bodies import FirstCode, NewSecondFactor, SecondFactorRemoval
from webshop.api.accounts.sessions import prove
from webshop.api.http.access import needs_account, require_account, session_cookie
from webshop.api.http.current import now, shop
from webshop.api.http.openapi import refusals
from webshop.api.records import Record
from webshop.domain.errors import (
    CodeRequired,
    CodeWrong,
    LoginFailed,
    LoginRequired,
    SecondFactorOn,
    TooManyAttempts,
)
from webshop.domain.tokens import session_hash
from webshop.services.accounts import second_factor as service

blueprint = APIBlueprint(
    "second_factor",
    __name__,
    tag={"name": "Second factor", "description": "Codes of an authenticator app (TOTP)."},
)

_PASSWORD_REFUSED = (LoginRequired, LoginFailed, TooManyAttempts)


class AppSecretRecord(Record):
    """What an authenticator app needs: the secret to type, or its address as a QR code."""

    secret: str = Field(description="Base32.")
    address: str = Field(description="An `otpauth:` address.")


class RecoveryCodesRecord(Record):
    """Codes that open the account once each, for when the app is lost. They are not shown again."""

    recovery_codes: list[str]


@blueprint.post("/account/second-factor")
@needs_account
@blueprint.input(NewSecondFactor)
@blueprint.output(AppSecretRecord, status_code=201)
@blueprint.doc(responses=refusals(*_PASSWORD_REFUSED, SecondFactorOn))
def begin(json_data: NewSecondFactor) -> dict[str, Any]:
    """Get a secret for an authenticator app; nothing is asked for until a code of it is confirmed.

    401 and 429 as at the login, if the password is wrong.
    """
    account = require_account()
    prove(account.email, json_data.password)
    codes = shop().one_time_codes
    with shop().transaction() as connection:
        secret = service.begin_second_factor(connection, codes, account)
    return AppSecretRecord(secret=secret, address=codes.address(secret, account.email)).as_json()


@blueprint.post("/account/second-factor/confirm")
@needs_account
@blueprint.input(FirstCode)
@blueprint.output(RecoveryCodesRecord)
@blueprint.doc(responses=refusals(LoginRequired, CodeWrong, SecondFactorOn))
def confirm(json_data: FirstCode) -> dict[str, Any]:
    """Turn the second factor on; all other sessions of the account end."""
    account = require_account()
    with shop().transaction() as connection:
        recovery_codes = service.confirm_second_factor(
            connection,
            shop().one_time_codes,
            account,
            json_data.code,
            session_hash(session_cookie() or ""),
            now(),
        )
    return RecoveryCodesRecord(recovery_codes=recovery_codes).as_json()


@blueprint.post("/account/second-factor/remove")
@needs_account
@blueprint.input(SecondFactorRemoval)
@blueprint.output({}, status_code=204)
@blueprint.doc(responses=refusals(*_PASSWORD_REFUSED, CodeRequired, CodeWrong))
def remove(json_data: SecondFactorRemoval) -> str:
    """Take the second factor off; needs the password and a code, which may be a recovery code."""
    account = require_account()
    prove(account.email, json_data.password)
    service.prove_second_factor(
        shop().engine, shop().one_time_codes, account, json_data.code, now()
    )
    with shop().transaction() as connection:
        service.remove_second_factor(connection, account.account_id, now())
    return ""
