"""Accounts: register, verify, reset the password. No response reveals which accounts exist.

Each function that takes a connection is part of the transaction that its caller opened.
"""

import uuid
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Engine

from shopnow.languages import DEFAULT_LANGUAGE, Language
from webshop.adapters.accounts import accounts as adapter
from webshop.adapters.accounts.accounts import (
    add_account,
    add_registration,
    add_token,
    consume_token,
    delete_sessions_of,
    delete_tokens_of,
    find_account,
    get_account,
    get_registration,
    keep_registration,
    lock_admins,
    save_account,
    save_password,
    take_registrations,
)
from webshop.adapters.accounts.passwords import Passwords
from webshop.adapters.accounts.throttles import reset_attempts
from webshop.adapters.audit import Change, write_audit
from webshop.adapters.ordering.carts import lock_customer
from webshop.domain.accounts.accounts import (
    RESET_WITHIN,
    VERIFY_WITHIN,
    Account,
    Registration,
    Role,
)
from webshop.domain.accounts.passwords import require_good_password
from webshop.domain.accounts.throttling import verification_throttle
from webshop.domain.errors import LastAdmin, LinkInvalid, NotFound, PasswordWrong
from webshop.services.accounts.throttling import throttle
from webshop.services.messaging.mails import queue_mail, queue_owner_email


def register(
    connection: Connection,
    *,
    email: str,
    password_hash: str,
    name: str,
    language: Language,
    now: datetime,
) -> None:
    """Mail a verification link, or notify the owner of the address that it has an account.

    Nothing becomes of a registration but by its link and its password, and it takes nothing from
    others for the same address: who has typed somebody else's gets, and spoils, nothing.
    """
    found = find_account(connection, email)
    if found is None:
        expires_at = now + VERIFY_WITHIN
        registration = Registration(uuid.uuid4(), email, password_hash, name, language, expires_at)
        add_registration(connection, registration)
        send_verification(connection, registration, now)
    elif found[0].disabled_at is None:
        queue_owner_email(connection, "account_exists", found[0], now, quota="account")


def send_verification(connection: Connection, registration: Registration, now: datetime) -> None:
    """Mail the link of a registration, unless the mailbox has reached its limit."""
    queue_mail(
        connection,
        "verify_account",
        to=registration.email,
        language=registration.language,
        context={"token_id": str(registration.registration_id)},
        now=now,
        quota="account",
    )


def remind(connection: Connection, registration: Registration, now: datetime) -> None:
    """Mail the link of a registration again, which gets more time."""
    keep_registration(connection, registration.registration_id, now + VERIFY_WITHIN)
    send_verification(connection, registration, now)


def verify(
    engine: Engine, passwords: Passwords, registration_id: uuid.UUID, password: str, now: datetime
) -> Account:
    """Open the account of a registration with its password, and delete the others of its address.

    The attempt is counted before it is made. Raises LinkInvalid, TooManyAttempts, PasswordWrong
    (the link stays good) or Busy.
    """
    counted = verification_throttle(registration_id)
    with engine.begin() as connection:
        registration = get_registration(connection, registration_id, now)
        if registration is None:
            raise LinkInvalid
        throttle(connection, (counted,), now)
    if not passwords.is_right(registration.password_hash, password):
        raise PasswordWrong
    account = Account(
        account_id=uuid.uuid4(),
        customer_id=str(uuid.uuid4()),
        email=registration.email,
        name=registration.name,
        language=registration.language,
        role=Role.CUSTOMER,
    )
    with engine.begin() as connection:
        reset_attempts(connection, counted)
        if not take_registrations(connection, registration):
            raise LinkInvalid
        if not add_account(connection, account, registration.password_hash):
            raise LinkInvalid
    return account


def request_reset(connection: Connection, email: str, now: datetime) -> None:
    """Mail a link that sets a new password, if there is such an account; takes as long if not."""
    found = find_account(connection, email)
    if found is not None and found[0].disabled_at is None:
        account = found[0]
        token_id = add_token(connection, account.account_id, now + RESET_WITHIN)
        _mail_reset(connection, account, token_id, now)
        return
    # The same number of statements, undone.
    pretended = connection.begin_nested()
    nobody = Account(uuid.uuid4(), "", email, email, DEFAULT_LANGUAGE, Role.CUSTOMER)
    _mail_reset(connection, nobody, uuid.uuid4(), now)
    pretended.rollback()


def reset_password(
    connection: Connection,
    token_id: uuid.UUID,
    password: str,
    password_hash: str,
    now: datetime,
) -> None:
    """Consume a reset link: set the password, end all sessions, make all other links useless.

    A second factor stays: only who had the mailbox and the password could set it up. Raises
    LinkInvalid or PasswordRefused; the link is then still good.
    """
    account_id = consume_token(connection, token_id, now)
    if account_id is None:
        raise LinkInvalid
    account = require_account(connection, account_id)
    require_good_password(password, account.email)
    change_password(connection, account, password_hash, now)


def change_password(
    connection: Connection, account: Account, password_hash: str, now: datetime
) -> None:
    """Set the password, end all sessions, invalidate the mailed links, and notify the owner."""
    save_password(connection, account.account_id, password_hash)
    delete_sessions_of(connection, account.account_id)
    delete_tokens_of(connection, account.account_id)
    queue_owner_email(connection, "password_changed", account, now)


def change_profile(
    connection: Connection, account_id: uuid.UUID, name: str | None, language: Language | None
) -> Account:
    """Change what is not None; return the account. Raises NotFound."""
    account = require_account(connection, account_id)
    account = replace(account, name=name or account.name, language=language or account.language)
    save_account(connection, account)
    return account


def change_role(connection: Connection, account_id: uuid.UUID, role: Role) -> tuple[Role, Account]:
    """Give an account a role and end its sessions, so that none outlives the old one's rights.

    Returns the role before, and the account after. Raises NotFound, or LastAdmin for the role of
    the only administrator.
    """
    admins = lock_admins(connection)
    account = require_account(connection, account_id)
    changed = replace(account, role=role)
    if role is not Role.ADMIN and admins == {account_id}:
        raise LastAdmin
    if changed != account:
        save_account(connection, changed)
        delete_sessions_of(connection, account_id)
    return account.role, changed


def delete_account(connection: Connection, account: Account, *, by: str, now: datetime) -> None:
    """Delete an account and notify the owner by mail. Raises LastAdmin.

    Its orders stay, for bookkeeping; their links still work.
    """
    if account.role is Role.ADMIN and lock_admins(connection) == {account.account_id}:
        raise LastAdmin
    lock_customer(connection, account.customer_id)
    adapter.delete_account(connection, account)
    role = {"role": account.role}
    line = Change(by, "account.delete", f"account {account.account_id}", before=role)
    write_audit(connection, line, now)
    queue_owner_email(connection, "account_deleted", account, now)


def ensure_admin(
    connection: Connection, email: str, password_hash: str, language: Language
) -> bool:
    """Open the first administrator's account; False if there is one, which stays as it is."""
    admin = Account(
        account_id=uuid.uuid4(),
        customer_id=str(uuid.uuid4()),
        email=email,
        name="Admin",
        language=language,
        role=Role.ADMIN,
    )
    return add_account(connection, admin, password_hash)


def require_account(connection: Connection, account_id: uuid.UUID) -> Account:
    """The account, held until the commit. Raises NotFound."""
    found = get_account(connection, account_id, lock=True)
    if found is None:
        raise NotFound("account", account_id)
    return found[0]


def _mail_reset(
    connection: Connection, account: Account, token_id: uuid.UUID, now: datetime
) -> None:
    queue_owner_email(
        connection, "reset_password", account, now, quota="account", token_id=str(token_id)
    )
