"""Answers that were given before, by Idempotency-Key."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.postgresql import insert

from webshop.adapters.tables import idempotency_keys
from webshop.domain.errors import IdempotencyConflict


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
        insert(idempotency_keys)
        .values(scope=call.scope, key=call.key, request_hash=call.request_hash)
        .on_conflict_do_nothing()
        .returning(idempotency_keys.c.key)
    ).one_or_none()
    ours = (idempotency_keys.c.scope == call.scope) & (idempotency_keys.c.key == call.key)
    if taken is not None:
        answer = work()
        connection.execute(
            update(idempotency_keys).where(ours).values(status=answer.status, response=answer.body)
        )
        return answer
    row = connection.execute(select(idempotency_keys).where(ours)).one()
    if row.request_hash != call.request_hash:
        raise IdempotencyConflict(call.key)
    return Answer(row.status, row.response)
