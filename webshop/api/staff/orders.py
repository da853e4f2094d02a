"""Orders for staff: search, ship, cancel, refund."""

import uuid
from typing import Annotated, Any

from apiflask import APIBlueprint
from pydantic import Field, StringConstraints
from sqlalchemy import Connection

from webshop.api.http.access import actor
from webshop.api.http.current import now, shop
from webshop.api.http.cursors import moment_cursor, moment_of
from webshop.api.http.idempotent_calls import run_once
from webshop.api.http.openapi import refusals
from webshop.api.ordering.order_records import OrderRecord, order_view
from webshop.api.records import Moment, Money, Record, page
from webshop.api.schemas import Body, IdempotencyKey, Reason, SomeUnits
from webshop.api.staff.gate import for_staff, managers_only
from webshop.api.staff.paging import NO_CURSOR, Next, SearchQuery
from webshop.domain.errors import (
    IdempotencyConflict,
    NotFound,
    TooManyUnits,
    TransitionRefused,
)
from webshop.domain.ordering.orders import OrderStatus
from webshop.services.ordering.fulfilment import cancel_for_staff, ship
from webshop.services.ordering.orders import require_order
from webshop.services.ordering.refunds import refund_order
from webshop.services.ordering.search import find_orders

blueprint = APIBlueprint(
    "staff_orders",
    __name__,
    tag={"name": "Staff: orders", "description": "Search, ship, cancel, refund."},
)
blueprint.before_request(managers_only)

_NEWEST = "orders by placed_at"


class OrderQuery(SearchQuery):
    """Orders of one status; `q` is in their number, name or e-mail address."""

    status: OrderStatus | None = None


class Shipment(Body):
    """`tracking` is the carrier's number."""

    tracking: Annotated[
        str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9 ._/-]{1,100}$")
    ] | None = None  # fmt: skip


class StaffCancellation(Body):
    """Why the order is cancelled."""

    reason: Reason = Field(examples=["The customer ordered twice"])


class RefundRequest(SomeUnits):
    """Units to refund; `restock` returns them to stock."""

    restock: bool


class StaffOrderRecord(Record):
    """An order in a list."""

    order_id: uuid.UUID
    order_number: str
    status: OrderStatus
    name: str
    email: str
    country: str
    items_count: int
    total: Money
    refunded: Money
    currency: str
    placed_at: Moment
    paid_at: Moment | None


class StaffOrders(Record):
    """A page of the shop's orders, newest first."""

    items: list[StaffOrderRecord]
    next: Next


@blueprint.get("/staff/orders")
@for_staff
@blueprint.input(OrderQuery, location="query")
@blueprint.output(StaffOrders)
@blueprint.doc(responses=NO_CURSOR)
def list_orders(query_data: OrderQuery) -> dict[str, Any]:
    """The shop's orders, newest first."""
    with shop().transaction() as connection:
        found = find_orders(
            connection,
            query=query_data.q.strip(),
            status=query_data.status,
            after=moment_of(query_data.after, _NEWEST),
            limit=query_data.limit + 1,
        )
    return page(
        found,
        query_data.limit,
        StaffOrderRecord.model_validate,
        lambda row: moment_cursor(_NEWEST, row.placed_at, row.order_id),
    )


@blueprint.get("/staff/orders/<uuid:order_id>")
@for_staff
@blueprint.output(OrderRecord)
@blueprint.doc(responses=refusals(NotFound))
def get_order(order_id: uuid.UUID) -> dict[str, Any]:
    """An order with all that happened to it."""
    with shop().transaction() as connection:
        return order_view(connection, require_order(connection, order_id))


@blueprint.post("/staff/orders/<uuid:order_id>/ship")
@for_staff
@blueprint.input(IdempotencyKey, location="headers")
@blueprint.input(Shipment)
@blueprint.output(OrderRecord)
@blueprint.doc(responses=refusals(NotFound, TransitionRefused, IdempotencyConflict))
def ship_order(
    order_id: uuid.UUID, json_data: Shipment, headers_data: IdempotencyKey
) -> tuple[dict[str, Any], int]:
    """Ship a paid order."""

    def work(connection: Connection) -> dict[str, Any]:
        return order_view(
            connection, ship(connection, order_id, json_data.tracking, **_actor_and_time())
        )

    return run_once(json_data, headers_data, work)


@blueprint.post("/staff/orders/<uuid:order_id>/cancel")
@for_staff
@blueprint.input(IdempotencyKey, location="headers")
@blueprint.input(StaffCancellation)
@blueprint.output(OrderRecord)
@blueprint.doc(responses=refusals(NotFound, TransitionRefused, IdempotencyConflict))
def cancel_order(
    order_id: uuid.UUID, json_data: StaffCancellation, headers_data: IdempotencyKey
) -> tuple[dict[str, Any], int]:
    """Cancel an order that has not been shipped; what was paid is refunded."""

    def work(connection: Connection) -> dict[str, Any]:
        cancelled = cancel_for_staff(connection, order_id, json_data.reason, **_actor_and_time())
        return order_view(connection, cancelled)

    return run_once(json_data, headers_data, work)


@blueprint.post("/staff/orders/<uuid:order_id>/refunds")
@for_staff
@blueprint.input(IdempotencyKey, location="headers")
@blueprint.input(RefundRequest)
@blueprint.output(OrderRecord, status_code=201)
@blueprint.doc(responses=refusals(NotFound, TransitionRefused, TooManyUnits, IdempotencyConflict))
def refund(
    order_id: uuid.UUID, json_data: RefundRequest, headers_data: IdempotencyKey
) -> tuple[dict[str, Any], int]:
    """Refund units; the last of them include the shipping. Answers with the order."""

    def work(connection: Connection) -> dict[str, Any]:
        order, _ = refund_order(
            connection,
            order_id,
            json_data.units,
            reason=json_data.reason,
            restock=json_data.restock,
            **_actor_and_time(),
        )
        return order_view(connection, order)

    return run_once(json_data, headers_data, work, status=201)


def _actor_and_time() -> dict[str, Any]:
    return {"by": actor(), "now": now()}
