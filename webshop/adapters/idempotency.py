"""Stored responses of idempotent calls, by Idempotency-Key."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from webshop.adapters.tables import idempotency_keys

# Built once: making a statement takes longer than running it.
_CLAIM_KEY = insert(idempotency_keys).on_conflict_do_nothing().returning(idempotency_keys.c.key)
_SAME_KEY = (idempotency_keys.c.scope == bindparam("of_scope")) & (
    idempotency_keys.c.key == bindparam("of_key")
)
_SELECT_RESPONSE = select(idempotency_keys).where(_SAME_KEY)
_STORE_RESPONSE = update(idempotency_keys).where(_SAME_KEY)


def claim_key(connection: Connection, scope: str, key: str, request_hash: str) -> bool:
    """Claim the key; False if it was claimed before. Waits for a concurrent claim."""
    claim = {"scope": scope, "key": key, "request_hash": request_hash}
    return connection.execute(_CLAIM_KEY, claim).one_or_none() is not None


def store_response(
    connection: Connection, scope: str, key: str, status: int, response: dict[str, Any]
) -> None:
    """Store the response of a key that this transaction has claimed."""
    answer = {"status": status, "response": response}
    connection.execute(_STORE_RESPONSE, {"of_scope": scope, "of_key": key} | answer)


def get_response(connection: Connection, scope: str, key: str) -> Row[Any]:
    """The stored row of a key that was claimed before: request_hash, status, response."""
    return connection.execute(_SELECT_RESPONSE, {"of_scope": scope, "of_key": key}).one()


def delete_old_responses(connection: Connection, before: datetime) -> int:
    """Delete the responses stored before then; return how many."""
    return connection.execute(
        delete(idempotency_keys).where(idempotency_keys.c.created_at < before)
    ).rowcount
