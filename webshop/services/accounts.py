"""Accounts: opened, verified, given a new password. Nothing tells a stranger which exist.

Each function that takes a connection is part of the transaction that its caller opened.
"""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from webshop.adapters import accounts as adapter
from webshop.adapters.accounts import (
    add_account,
    add_token,
    delete_sessions_of,
    delete_tokens_of,
    find_account,
    get_account,
    lock_admins,
    save_account,
    save_password,
    take_token,
)
from webshop.adapters.audit import Change, write_audit
from webshop.adapters.carts import lock_customer
from webshop.adapters.mails import count_mails
from webshop.domain.accounts import RESET_WITHIN, VERIFY_WITHIN, Account, Language, Role
from webshop.domain.errors import LastAdmin, LinkInvalid, NotFound
from webshop.domain.passwords import require_good_password
from webshop.domain.throttling import MAILBOX_LIMIT
from webshop.services.mails import tell_owner

#: Mails that anybody can make the shop send to any address, counted together.
UNASKED = frozenset({"verify_account", "account_exists", "reset_password"})


def register(
    connection: Connection,
    *,
    email: str,
    password_hash: str,
    name: str,
    language: Language,
    now: datetime,
) -> None:
    """Open an account and mail its verification link; or tell its owner that there is one.

    Until it is verified, who registers last decides on name and password: an address that somebody
    else has typed is not lost to its owner.
    """
    account = Account(
        account_id=uuid.uuid4(),
        customer_id=str(uuid.uuid4()),
        email=email,
        name=name,
        language=language,
        role=Role.CUSTOMER,
    )
    if not add_account(connection, account, password_hash):
        found = find_account(connection, email)
        if found is None or found[0].disabled_at is not None:
            return
        account = found[0]
        if account.verified_at is not None:
            _mail(connection, "account_exists", account, now)
            return
        account = replace(account, name=name, language=language)
        save_account(connection, account)
        save_password(connection, account.account_id, password_hash)
        delete_tokens_of(connection, account.account_id, "verify")
    send_verification(connection, account, now)


def send_verification(connection: Connection, account: Account, now: datetime) -> None:
    """Mail a new verification link, if its mailbox has not had enough of them."""
    token_id = add_token(connection, account.account_id, "verify", now + VERIFY_WITHIN)
    _mail(connection, "verify_account", account, now, token_id=str(token_id))


def verify(connection: Connection, token_id: uuid.UUID, now: datetime) -> Account:
    """Use up a verification link; return the account. Raises LinkInvalid."""
    account_id = take_token(connection, token_id, "verify", now)
    if account_id is None:
        raise LinkInvalid
    account = require_account(connection, account_id)
    if account.verified_at is None:
        account = replace(account, verified_at=now)
        save_account(connection, account)
    return account


def request_reset(connection: Connection, email: str, now: datetime) -> None:
    """Mail a link that sets a new password, if there is such an account; takes as long if not."""
    found = find_account(connection, email)
    if found is not None and found[0].disabled_at is None:
        account = found[0]
        token_id = add_token(connection, account.account_id, "reset", now + RESET_WITHIN)
        _mail(connection, "reset_password", account, now, token_id=str(token_id))
        return
    # The same number of statements, undone.
    pretended = connection.begin_nested()
    nobody = Account(uuid.uuid4(), "", email, email, "fr", Role.CUSTOMER)
    _mail(connection, "reset_password", nobody, now, token_id=str(uuid.uuid4()))
    pretended.rollback()


def reset_password(
    connection: Connection,
    token_id: uuid.UUID,
    password: str,
    password_hash: str,
    now: datetime,
) -> None:
    """Use up a reset link: set the password, end all sessions, make all other links useless.

    Who opens the link reads the mailbox, so the address is verified with it. Raises LinkInvalid or
    PasswordRefused; the link is then still good.
    """
    account_id = take_token(connection, token_id, "reset", now)
    if account_id is None:
        raise LinkInvalid
    account = require_account(connection, account_id)
    require_good_password(password, account.email)
    if account.verified_at is None:
        account = replace(account, verified_at=now)
        save_account(connection, account)
    change_password(connection, account, password_hash, now)


def change_password(
    connection: Connection, account: Account, password_hash: str, now: datetime
) -> None:
    """Set the password, end all sessions, make the mailed links useless, and tell the owner."""
    save_password(connection, account.account_id, password_hash)
    delete_sessions_of(connection, account.account_id)
    delete_tokens_of(connection, account.account_id, "reset")
    delete_tokens_of(connection, account.account_id, "verify")
    tell_owner(connection, "password_changed", account, now)


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
    """Delete an account, as its owner wishes, and tell them by mail. Raises LastAdmin.

    Its orders keep what they say, for the books; whoever has their links opens them as before.
    """
    if account.role is Role.ADMIN and lock_admins(connection) == {account.account_id}:
        raise LastAdmin
    lock_customer(connection, account.customer_id)
    adapter.delete_account(connection, account)
    role = {"role": account.role}
    line = Change(by, "account.delete", f"account {account.account_id}", before=role)
    write_audit(connection, line, now)
    tell_owner(connection, "account_deleted", account, now)


def ensure_admin(
    connection: Connection, email: str, password_hash: str, language: Language, now: datetime
) -> bool:
    """Open the first administrator's account; False if there is one, which stays as it is."""
    admin = Account(
        account_id=uuid.uuid4(),
        customer_id=str(uuid.uuid4()),
        email=email,
        name="Admin",
        language=language,
        role=Role.ADMIN,
        verified_at=now,
    )
    return add_account(connection, admin, password_hash)


def require_account(connection: Connection, account_id: uuid.UUID) -> Account:
    """The account, held until the commit. Raises NotFound."""
    found = get_account(connection, account_id, lock=True)
    if found is None:
        raise NotFound("account", account_id)
    return found[0]


def _mail(
    connection: Connection, template: str, account: Account, now: datetime, **more: str
) -> None:
    """Queue a mail that nobody has to be logged in for, unless its mailbox has had enough."""
    since = now - timedelta(hours=1)
    if count_mails(connection, account.email, UNASKED, since) < MAILBOX_LIMIT:
        tell_owner(connection, template, account, now, **more)
