"""Idempotent calls: repeated with their Idempotency-Key, executed once."""

from collections.abc import Callable
from typing import Any

from flask import request
from sqlalchemy import Connection

from webshop.api.http.access import actor
from webshop.api.http.current import shop
from webshop.api.http.tokens import request_hash
from webshop.api.schemas import Body, IdempotencyKey, OptionalIdempotencyKey
from webshop.services.idempotency import IdempotentCall, StoredResponse, respond_once

Work = Callable[[Connection], dict[str, Any]]


def run_once(
    body: Body, header: IdempotencyKey, work: Work, *, status: int = 200
) -> tuple[dict[str, Any], int]:
    """Do the work of a POST in a transaction, once per caller, path and key.

    A repeated call gets the stored response. Raises IdempotencyConflict if the key came
    with another body.
    """
    call = IdempotentCall(
        # A caller who guesses another's key does not get their response.
        scope=f"{actor()} {request.path}",
        key=header.idempotency_key,
        request_hash=request_hash(body.model_dump(mode="json")),
    )
    with shop().transaction() as connection:
        answer = respond_once(connection, call, lambda: StoredResponse(status, work(connection)))
    return answer.body, answer.status


def run_once_if_keyed(
    body: Body, header: OptionalIdempotencyKey, work: Work, *, status: int = 200
) -> tuple[dict[str, Any], int]:
    """Like `run_once`, for a call that is harmless to repeat: the key may be left out."""
    if header.idempotency_key is not None:
        keyed = IdempotencyKey(idempotency_key=header.idempotency_key)
        return run_once(body, keyed, work, status=status)
    with shop().transaction() as connection:
        return work(connection), status
