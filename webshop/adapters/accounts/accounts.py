"""Accounts, their sessions and their mailed links."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from webshop.adapters.tables import (
    account_sessions,
    account_tokens,
    accounts,
    carts,
    customers,
    orders,
    registrations,
)
from webshop.domain.accounts.accounts import Account, Registration, Role, Session

_ACCOUNT = (
    accounts.c.account_id,
    accounts.c.customer_id,
    accounts.c.email,
    accounts.c.name,
    accounts.c.language,
    accounts.c.role,
    accounts.c.disabled_at,
    accounts.c.second_factor_at,
)


def find_account(connection: Connection, email: str) -> tuple[Account, str] | None:
    """The account of an e-mail address with its password hash, None if there is none."""
    row = connection.execute(
        select(*_ACCOUNT, accounts.c.password_hash).where(accounts.c.email == email)
    ).one_or_none()
    return None if row is None else (_account(row), row.password_hash)


def get_account(
    connection: Connection, account_id: uuid.UUID, *, lock: bool = False
) -> tuple[Account, str] | None:
    """The account with its password hash, None if there is none; `lock` holds it."""
    statement: Select[Any] = select(*_ACCOUNT, accounts.c.password_hash).where(
        accounts.c.account_id == account_id
    )
    # A key-share lock, as an inserted session takes one, does not wait for this one.
    row = connection.execute(
        statement.with_for_update(key_share=True) if lock else statement
    ).one_or_none()
    return None if row is None else (_account(row), row.password_hash)


def add_account(connection: Connection, account: Account, password_hash: str) -> bool:
    """Store a new account with its customer; False, and nothing stored, if the address has one."""
    undo = connection.begin_nested()
    # An address that a customer without account has is not taken from him.
    connection.execute(
        upsert(customers)
        .values(customer_id=account.customer_id, email=account.email, name=account.name)
        .on_conflict_do_nothing(index_elements=[customers.c.email])
    )
    connection.execute(
        upsert(customers)
        .values(customer_id=account.customer_id, name=account.name)
        .on_conflict_do_nothing(index_elements=[customers.c.customer_id])
    )
    added = connection.execute(
        upsert(accounts)
        .values(vars(account) | {"password_hash": password_hash})
        .on_conflict_do_nothing(index_elements=[accounts.c.email])
        .returning(accounts.c.account_id)
    ).one_or_none()
    if added is None:
        undo.rollback()
        return False
    undo.commit()
    return True


def add_registration(connection: Connection, registration: Registration) -> None:
    """Store a new registration."""
    connection.execute(insert(registrations).values(vars(registration)))


def get_registration(
    connection: Connection, registration_id: uuid.UUID, now: datetime
) -> Registration | None:
    """The registration, None if there is none or its time is over."""
    return _registration(connection, registrations.c.registration_id == registration_id, now)


def newest_registration(connection: Connection, email: str, now: datetime) -> Registration | None:
    """The last registration of an address, None if none waits."""
    return _registration(connection, registrations.c.email == email, now)


def keep_registration(
    connection: Connection, registration_id: uuid.UUID, expires_at: datetime
) -> None:
    """Give a registration more time."""
    connection.execute(
        update(registrations)
        .where(registrations.c.registration_id == registration_id)
        .values(expires_at=expires_at)
    )


def take_registrations(connection: Connection, registration: Registration) -> bool:
    """Consume a registration with all others of its address; False if it was used before.

    Of two concurrent calls the second waits for the first to commit, and then finds nothing.
    """
    of_address = registrations.c.email == registration.email
    # In one order, so that two that are used at once cannot wait for one another.
    held = connection.execute(
        select(registrations.c.registration_id)
        .where(of_address)
        .order_by(registrations.c.registration_id)
        .with_for_update()
    ).scalars()
    if registration.registration_id not in set(held):
        return False
    connection.execute(delete(registrations).where(of_address))
    return True


def save_account(connection: Connection, account: Account) -> None:
    """Write what may change of an account, and of its customer; not its password."""
    connection.execute(
        update(accounts)
        .where(accounts.c.account_id == account.account_id)
        .values(
            name=account.name,
            language=account.language,
            role=account.role,
            disabled_at=account.disabled_at,
            second_factor_at=account.second_factor_at,
        )
    )
    connection.execute(
        update(customers)
        .where(customers.c.customer_id == account.customer_id)
        .values(name=account.name)
    )


def save_password(connection: Connection, account_id: uuid.UUID, password_hash: str) -> None:
    """Set the password hash of an account."""
    connection.execute(
        update(accounts)
        .where(accounts.c.account_id == account_id)
        .values(password_hash=password_hash)
    )


def lock_admins(connection: Connection) -> set[uuid.UUID]:
    """The ids of the administrators who may log in, held until the commit."""
    # In one order, so that two concurrent changes of admins cannot deadlock.
    statement = (
        select(accounts.c.account_id)
        .where(accounts.c.role == Role.ADMIN, accounts.c.disabled_at.is_(None))
        .order_by(accounts.c.account_id)
        .with_for_update(key_share=True)
    )
    return set(connection.execute(statement).scalars())


def delete_account(connection: Connection, account: Account) -> None:
    """Delete an account with its sessions, its links and its open cart; its orders stay.

    So does its customer, whom orders and events name, without what would tell who it was.
    """
    of_customer = carts.c.customer_id == account.customer_id
    connection.execute(delete(accounts).where(accounts.c.account_id == account.account_id))
    connection.execute(delete(carts).where(of_customer, carts.c.status == "open"))
    connection.execute(
        update(customers)
        .where(customers.c.customer_id == account.customer_id)
        .values(email=None, name=None, country=None)
    )


def add_session(connection: Connection, session: Session) -> None:
    """Store a new session."""
    connection.execute(
        insert(account_sessions).values(
            token_hash=session.token_hash,
            account_id=session.account.account_id,
            seen_at=session.seen_at,
            expires_at=session.expires_at,
        )
    )


def get_session(connection: Connection, token_hash: bytes) -> Session | None:
    """The session with its account as it is now, None if there is none."""
    row = connection.execute(
        select(account_sessions.c.seen_at, account_sessions.c.expires_at, *_ACCOUNT)
        .join(accounts, accounts.c.account_id == account_sessions.c.account_id)
        .where(account_sessions.c.token_hash == token_hash)
    ).one_or_none()
    if row is None:
        return None
    return Session(token_hash, _account(row), row.seen_at, row.expires_at)


def touch_session(connection: Connection, token_hash: bytes, now: datetime) -> None:
    """Record that a session is in use."""
    connection.execute(
        update(account_sessions)
        .where(account_sessions.c.token_hash == token_hash)
        .values(seen_at=now)
    )


def delete_session(connection: Connection, token_hash: bytes) -> None:
    """End one session."""
    connection.execute(delete(account_sessions).where(account_sessions.c.token_hash == token_hash))


def delete_sessions_of(
    connection: Connection, account_id: uuid.UUID, *, but: bytes | None = None
) -> None:
    """End all sessions of an account; `but` is the token hash of one that goes on."""
    theirs = delete(account_sessions).where(account_sessions.c.account_id == account_id)
    if but is not None:
        theirs = theirs.where(account_sessions.c.token_hash != but)
    connection.execute(theirs)


def add_token(connection: Connection, account_id: uuid.UUID, expires_at: datetime) -> uuid.UUID:
    """Store a new link that sets an account's password; return its id."""
    token_id = uuid.uuid4()
    connection.execute(
        insert(account_tokens).values(
            token_id=token_id, account_id=account_id, expires_at=expires_at
        )
    )
    return token_id


def consume_token(connection: Connection, token_id: uuid.UUID, now: datetime) -> uuid.UUID | None:
    """Consume a link: the id of its account, None if it was used before or has expired.

    Of two concurrent calls the second waits for the first to commit, and then finds nothing.
    """
    return connection.execute(
        delete(account_tokens)
        .where(
            account_tokens.c.token_id == token_id,
            account_tokens.c.expires_at > now,
        )
        .returning(account_tokens.c.account_id)
    ).scalar_one_or_none()


def delete_tokens_of(connection: Connection, account_id: uuid.UUID) -> None:
    """Make all links of an account useless."""
    connection.execute(delete(account_tokens).where(account_tokens.c.account_id == account_id))


def delete_expired(connection: Connection, now: datetime) -> tuple[int, int, int]:
    """Delete expired sessions, links and registrations; return how many of each."""
    sessions = connection.execute(
        delete(account_sessions).where(account_sessions.c.expires_at <= now)
    ).rowcount
    tokens = connection.execute(
        delete(account_tokens).where(account_tokens.c.expires_at <= now)
    ).rowcount
    waiting = connection.execute(
        delete(registrations).where(registrations.c.expires_at <= now)
    ).rowcount
    return sessions, tokens, waiting


def order_owner(connection: Connection, order_id: uuid.UUID) -> str | None:
    """The customer whose web order it is; None for a guest's, or no order at all."""
    return connection.execute(
        select(orders.c.customer_id).where(orders.c.order_id == order_id, orders.c.channel == "web")
    ).scalar_one_or_none()


def _registration(connection: Connection, which: Any, now: datetime) -> Registration | None:
    row = connection.execute(
        select(
            registrations.c.registration_id,
            registrations.c.email,
            registrations.c.password_hash,
            registrations.c.name,
            registrations.c.language,
            registrations.c.expires_at,
        )
        .where(which, registrations.c.expires_at > now)
        .order_by(registrations.c.created_at.desc(), registrations.c.registration_id)
        .limit(1)
    ).one_or_none()
    return None if row is None else Registration(*row)


def _account(row: Any) -> Account:
    return Account(
        account_id=row.account_id,
        customer_id=row.customer_id,
        email=row.email,
        name=row.name,
        language=row.language,
        role=Role(row.role),
        disabled_at=row.disabled_at,
        second_factor_at=row.second_factor_at,
    )
