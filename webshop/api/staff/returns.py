"""Returns for staff: accepted or refused, and received."""

import uuid
from typing import Any

from flask import Blueprint, request
from sqlalchemy import Connection

from webshop.adapters.returns import find_returns
from webshop.api.access import actor
from webshop.api.current import now, shop
from webshop.api.once import do_once
from webshop.api.order_records import ReturnRecord, return_record
from webshop.api.records import page
from webshop.api.schemas import Body, Reason, read_body
from webshop.api.staff.gate import managers_only
from webshop.api.staff.paging import ListQuery, moment_cursor, moment_of
from webshop.domain.orders import Order
from webshop.domain.returns import Return, ReturnStatus
from webshop.services.returns import decide_return, receive_return

blueprint = Blueprint("staff_returns", __name__)
blueprint.before_request(managers_only)

_NEWEST = "returns by requested_at"


class ReturnQuery(ListQuery):
    """Returns of one status."""

    status: ReturnStatus | None = None


class Decision(Body):
    """What the shop says to it, for the audit log."""

    note: Reason | None = None


class Receipt(Body):
    """Whether the units go back on the shelf."""

    restock: bool = True


class StaffReturnRecord(ReturnRecord):
    """A return, with the order that it is of."""

    order_id: uuid.UUID
    order_number: str


@blueprint.get("/staff/returns")
def list_returns() -> dict[str, Any]:
    """The returns, newest first."""
    query = ReturnQuery.model_validate(request.args.to_dict())
    with shop().transaction() as connection:
        found = find_returns(
            connection,
            status=query.status,
            after=moment_of(query.after, _NEWEST),
            limit=query.limit + 1,
        )
    return page(
        found,
        query.limit,
        lambda pair: _record(*pair),
        lambda pair: moment_cursor(_NEWEST, pair[0].requested_at, pair[0].return_id),
    )


@blueprint.post("/staff/returns/<uuid:return_id>/accept")
def accept(return_id: uuid.UUID) -> tuple[dict[str, Any], int]:
    """Let the customer send the units back."""
    return _decide(return_id, ReturnStatus.ACCEPTED)


@blueprint.post("/staff/returns/<uuid:return_id>/refuse")
def refuse(return_id: uuid.UUID) -> tuple[dict[str, Any], int]:
    """Refuse to take the units back."""
    return _decide(return_id, ReturnStatus.REFUSED)


@blueprint.post("/staff/returns/<uuid:return_id>/receive")
def receive(return_id: uuid.UUID) -> tuple[dict[str, Any], int]:
    """Take the units of an accepted return in, and pay them back."""
    body = read_body(Receipt)

    def work(connection: Connection) -> dict[str, Any]:
        order, received, _ = receive_return(
            connection, return_id, restock=body.restock, by=actor(), now=now()
        )
        return _view(order, received)

    return do_once(body, work)


def _decide(return_id: uuid.UUID, status: ReturnStatus) -> tuple[dict[str, Any], int]:
    body = read_body(Decision)

    def work(connection: Connection) -> dict[str, Any]:
        order, decided = decide_return(
            connection, return_id, status, note=body.note, by=actor(), now=now()
        )
        return _view(order, decided)

    return do_once(body, work)


def _view(order: Order, found: Return) -> dict[str, Any]:
    return _record(found, order.order_number).as_json()


def _record(found: Return, order_number: str) -> StaffReturnRecord:
    return StaffReturnRecord(
        **vars(return_record(found)), order_id=found.order_id, order_number=order_number
    )
