"""Sealed secrets of second factors, and recovery codes."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from webshop.adapters.tables import account_recovery_codes, account_second_factors


@dataclass(frozen=True)
class SecondFactor:
    """The sealed secret, and the time step of the last code that was taken."""

    sealed_secret: bytes
    last_step: int


def save_secret(connection: Connection, account_id: uuid.UUID, sealed_secret: bytes) -> None:
    """Give an account a new secret, of which no code was taken yet."""
    row = upsert(account_second_factors).values(
        account_id=account_id, sealed_secret=sealed_secret, last_step=0
    )
    connection.execute(
        row.on_conflict_do_update(
            index_elements=[account_second_factors.c.account_id],
            set_={"sealed_secret": row.excluded.sealed_secret, "last_step": 0},
        )
    )


def lock_second_factor(connection: Connection, account_id: uuid.UUID) -> SecondFactor | None:
    """The second factor of an account, held until the commit; None if it has none."""
    row = connection.execute(
        select(account_second_factors.c.sealed_secret, account_second_factors.c.last_step)
        .where(account_second_factors.c.account_id == account_id)
        .with_for_update()
    ).one_or_none()
    return None if row is None else SecondFactor(row.sealed_secret, row.last_step)


def save_step(connection: Connection, account_id: uuid.UUID, step: int) -> None:
    """Record which code was used last."""
    connection.execute(
        update(account_second_factors)
        .where(account_second_factors.c.account_id == account_id)
        .values(last_step=step)
    )


def save_recovery_codes(
    connection: Connection, account_id: uuid.UUID, hashes: Sequence[bytes]
) -> None:
    """Give an account new recovery codes; those before are worth nothing."""
    theirs = account_recovery_codes.c.account_id == account_id
    connection.execute(delete(account_recovery_codes).where(theirs))
    connection.execute(
        insert(account_recovery_codes),
        [{"account_id": account_id, "code_hash": each} for each in hashes],
    )


def consume_recovery_code(connection: Connection, account_id: uuid.UUID, code_hash: bytes) -> bool:
    """Consume a recovery code; False if the account has no such code."""
    taken = connection.execute(
        delete(account_recovery_codes).where(
            account_recovery_codes.c.account_id == account_id,
            account_recovery_codes.c.code_hash == code_hash,
        )
    )
    return taken.rowcount == 1


def count_recovery_codes(connection: Connection, account_id: uuid.UUID) -> int:
    """How many recovery codes an account has left."""
    return connection.execute(
        select(func.count())
        .select_from(account_recovery_codes)
        .where(account_recovery_codes.c.account_id == account_id)
    ).scalar_one()


def delete_second_factor(connection: Connection, account_id: uuid.UUID) -> None:
    """Delete the secret and the recovery codes of an account."""
    for table in (account_second_factors, account_recovery_codes):
        connection.execute(delete(table).where(table.c.account_id == account_id))
