"""Idempotent calls: each has one response, also when it is repeated."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from webshop.adapters.idempotency import claim_key, get_response, store_response
from webshop.domain.errors import IdempotencyConflict


@dataclass(frozen=True)
class IdempotentCall:
    """One call as its key identifies it: same scope, key and request hash, same answer."""

    scope: str
    key: str
    request_hash: str


@dataclass(frozen=True)
class StoredResponse:
    """An HTTP status and its JSON body."""

    status: int
    body: dict[str, Any]


def respond_once(
    connection: Connection, call: IdempotentCall, work: Callable[[], StoredResponse]
) -> StoredResponse:
    """Do the work if the key is new, else return the stored response.

    The key is claimed in the transaction of the work: a second call waits for the first to commit.
    If the first rolls back, the key is free again and the second does the work. Raises
    IdempotencyConflict if the key came with another request.
    """
    if claim_key(connection, call.scope, call.key, call.request_hash):
        answer = work()
        store_response(connection, call.scope, call.key, answer.status, answer.body)
        return answer
    stored = get_response(connection, call.scope, call.key)
    if stored.request_hash != call.request_hash:
        raise IdempotencyConflict(call.key)
    return StoredResponse(stored.status, stored.response)
