"""Returns for staff: accepted or refused, and received."""

import uuid
from typing import Any

from apiflask import APIBlueprint
from sqlalchemy import Connection

from webshop.api.http.access import actor
from webshop.api.http.current import now, shop
from webshop.api.http.cursors import moment_cursor, moment_of
from webshop.api.http.idempotent_calls import run_once
from webshop.api.http.openapi import refusals
from webshop.api.ordering.order_records import ReturnRecord, return_record
from webshop.api.records import Record, page
from webshop.api.schemas import Body, IdempotencyKey, Reason
from webshop.api.staff.gate import for_staff, managers_only
from webshop.api.staff.paging import NO_CURSOR, ListQuery, Next
from webshop.domain.errors import (
    IdempotencyConflict,
    NotFound,
    ReturnRefused,
    TransitionRefused,
)
from webshop.domain.ordering.orders import Order
from webshop.domain.ordering.returns import Return, ReturnStatus
from webshop.services.ordering.queries import find_returns
from webshop.services.ordering.returns import decide_return, receive_return

blueprint = APIBlueprint(
    "staff_returns",
    __name__,
    tag={"name": "Staff: returns", "description": "Accepted or refused, and received."},
)
blueprint.before_request(managers_only)

_NEWEST = "returns by requested_at"


class ReturnQuery(ListQuery):
    """Returns of one status."""

    status: ReturnStatus | None = None


class Decision(Body):
    """What the shop says to it, for the audit log."""

    note: Reason | None = None


class Receipt(Body):
    """Whether the units return to stock."""

    restock: bool = True


class StaffReturnRecord(ReturnRecord):
    """A return, with the order that it is of."""

    order_id: uuid.UUID
    order_number: str


class StaffReturns(Record):
    """A page of the returns, newest first."""

    items: list[StaffReturnRecord]
    next: Next


@blueprint.get("/staff/returns")
@for_staff
@blueprint.input(ReturnQuery, location="query")
@blueprint.output(StaffReturns)
@blueprint.doc(responses=NO_CURSOR)
def list_returns(query_data: ReturnQuery) -> dict[str, Any]:
    """The returns, newest first."""
    with shop().transaction() as connection:
        found = find_returns(
            connection,
            status=query_data.status,
            after=moment_of(query_data.after, _NEWEST),
            limit=query_data.limit + 1,
        )
    return page(
        found,
        query_data.limit,
        lambda pair: _record(*pair),
        lambda pair: moment_cursor(_NEWEST, pair[0].requested_at, pair[0].return_id),
    )


@blueprint.post("/staff/returns/<uuid:return_id>/accept")
@for_staff
@blueprint.input(IdempotencyKey, location="headers")
@blueprint.input(Decision)
@blueprint.output(StaffReturnRecord)
@blueprint.doc(responses=refusals(NotFound, ReturnRefused, IdempotencyConflict))
def accept(
    return_id: uuid.UUID, json_data: Decision, headers_data: IdempotencyKey
) -> tuple[dict[str, Any], int]:
    """Let the customer send the units back."""
    return _decide(return_id, ReturnStatus.ACCEPTED, json_data, headers_data)


@blueprint.post("/staff/returns/<uuid:return_id>/refuse")
@for_staff
@blueprint.input(IdempotencyKey, location="headers")
@blueprint.input(Decision)
@blueprint.output(StaffReturnRecord)
@blueprint.doc(responses=refusals(NotFound, ReturnRefused, IdempotencyConflict))
def refuse(
    return_id: uuid.UUID, json_data: Decision, headers_data: IdempotencyKey
) -> tuple[dict[str, Any], int]:
    """Refuse to take the units back."""
    return _decide(return_id, ReturnStatus.REFUSED, json_data, headers_data)


@blueprint.post("/staff/returns/<uuid:return_id>/receive")
@for_staff
@blueprint.input(IdempotencyKey, location="headers")
@blueprint.input(Receipt)
@blueprint.output(StaffReturnRecord)
@blueprint.doc(responses=refusals(NotFound, ReturnRefused, TransitionRefused, IdempotencyConflict))
def receive(
    return_id: uuid.UUID, json_data: Receipt, headers_data: IdempotencyKey
) -> tuple[dict[str, Any], int]:
    """Receive the units of an accepted return, and refund them."""

    def work(connection: Connection) -> dict[str, Any]:
        order, received, _ = receive_return(
            connection, return_id, restock=json_data.restock, by=actor(), now=now()
        )
        return _view(order, received)

    return run_once(json_data, headers_data, work)


def _decide(
    return_id: uuid.UUID, status: ReturnStatus, body: Decision, header: IdempotencyKey
) -> tuple[dict[str, Any], int]:
    def work(connection: Connection) -> dict[str, Any]:
        order, decided = decide_return(
            connection, return_id, status, note=body.note, by=actor(), now=now()
        )
        return _view(order, decided)

    return run_once(body, header, work)


def _view(order: Order, found: Return) -> dict[str, Any]:
    return _record(found, order.order_number).as_json()


def _record(found: Return, order_number: str) -> StaffReturnRecord:
    return StaffReturnRecord(
        **vars(return_record(found)), order_id=found.order_id, order_number=order_number
    )
