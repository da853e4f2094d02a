"""Orders: view, cancel, return (`access.require_order_access` checks who may)."""

import uuid
from typing import Any

from apiflask import APIBlueprint
from sqlalchemy import Connection

from webshop.api.http.access import actor, needs_order_access
from webshop.api.http.current import now, shop
from webshop.api.http.idempotent_calls import run_once_if_keyed
from webshop.api.http.openapi import refusals
from webshop.api.ordering.order_records import OrderRecord, ReturnRecord, order_view, return_record
from webshop.api.schemas import Body, OptionalIdempotencyKey, Reason, SomeUnits
from webshop.domain.errors import (
    IdempotencyConflict,
    NotFound,
    ReturnRefused,
    TooManyUnits,
    TransitionRefused,
)
from webshop.services.ordering import orders as service
from webshop.services.ordering.returns import request_return

blueprint = APIBlueprint(
    "orders",
    __name__,
    tag={"name": "Orders", "description": "With the order's token, or the account that ordered."},
)


class Cancellation(Body):
    """Why, in the customer's words."""

    reason: Reason | None = None


class ReturnRequest(SomeUnits):
    """Units to send back."""


@blueprint.get("/orders/<uuid:order_id>")
@needs_order_access
@blueprint.output(OrderRecord)
def get_order(order_id: uuid.UUID) -> dict[str, Any]:
    """An order."""
    with shop().transaction() as connection:
        return order_view(connection, service.require_order(connection, order_id))


@blueprint.post("/orders/<uuid:order_id>/cancel")
@needs_order_access
@blueprint.input(OptionalIdempotencyKey, location="headers")
@blueprint.input(Cancellation)
@blueprint.output(OrderRecord)
@blueprint.doc(responses=refusals(NotFound, TransitionRefused, IdempotencyConflict))
def cancel(
    order_id: uuid.UUID, json_data: Cancellation, headers_data: OptionalIdempotencyKey
) -> tuple[dict[str, Any], int]:
    """Cancel an order that has not been shipped and release its stock.

    What was paid is refunded. A second call changes nothing.
    """

    def work(connection: Connection) -> dict[str, Any]:
        cancelled = service.cancel(connection, order_id, now(), note=json_data.reason, by=actor())
        return order_view(connection, cancelled)

    return run_once_if_keyed(json_data, headers_data, work)


@blueprint.post("/orders/<uuid:order_id>/returns")
@needs_order_access
@blueprint.input(OptionalIdempotencyKey, location="headers")
@blueprint.input(ReturnRequest)
@blueprint.output(ReturnRecord, status_code=201)
@blueprint.doc(
    responses=refusals(
        NotFound, ReturnRefused, TransitionRefused, TooManyUnits, IdempotencyConflict
    )
)
def ask_return(
    order_id: uuid.UUID, json_data: ReturnRequest, headers_data: OptionalIdempotencyKey
) -> tuple[dict[str, Any], int]:
    """Ask to send units of a shipped order back; staff accept or refuse."""

    def work(connection: Connection) -> dict[str, Any]:
        wanted = request_return(connection, order_id, json_data.units, json_data.reason, now())
        return return_record(wanted).as_json()

    return run_once_if_keyed(json_data, headers_data, work, status=201)
