"""Answers that were given before, by Idempotency-Key."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from webshop.adapters.tables import idempotency_keys
from webshop.domain.errors import IdempotencyConflict

# Built once: making a statement takes longer than running it.
_TAKE = insert(idempotency_keys).on_conflict_do_nothing().returning(idempotency_keys.c.key)
_OURS = (idempotency_keys.c.scope == bindparam("of_scope")) & (
    idempotency_keys.c.key == bindparam("of_key")
)
_GIVEN = select(idempotency_keys).where(_OURS)
_KEEP = update(idempotency_keys).where(_OURS)


@dataclass(frozen=True)
class IdempotentCall:
    """One call as its key identifies it: same scope, key and request hash, same answer."""

    scope: str
    key: str
    request_hash: str


@dataclass(frozen=True)
class Answer:
    """An HTTP status and its JSON body."""

    status: int
    body: dict[str, Any]


def answer_once(connection: Connection, call: IdempotentCall, work: Callable[[], Answer]) -> Answer:
    """Do the work if the key is new, else give the answer of the first time.

    The key is taken in the transaction of the work: a second call with it waits for the first to
    commit, and if the first rolls back, no trace of the key is left and the second does the work.
    Raises IdempotencyConflict if the key came with another request.
    """
    taken = connection.execute(
        _TAKE, {"scope": call.scope, "key": call.key, "request_hash": call.request_hash}
    ).one_or_none()
    ours = {"of_scope": call.scope, "of_key": call.key}
    if taken is not None:
        answer = work()
        connection.execute(_KEEP, ours | {"status": answer.status, "response": answer.body})
        return answer
    row = connection.execute(_GIVEN, ours).one()
    if row.request_hash != call.request_hash:
        raise IdempotencyConflict(call.key)
    return Answer(row.status, row.response)


def delete_old_answers(connection: Connection, before: datetime) -> int:
    """Forget the answers that were given before then; return how many."""
    return connection.execute(
        delete(idempotency_keys).where(idempotency_keys.c.created_at < before)
    ).rowcount
