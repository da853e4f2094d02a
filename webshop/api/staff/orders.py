"""Orders for staff: found, sent off, called off, paid back."""

import uuid
from typing import Annotated, Any

from flask import Blueprint, request
from pydantic import StringConstraints
from sqlalchemy import Connection

from webshop.adapters.order_search import find_orders
from webshop.api.access import actor
from webshop.api.current import now, shop
from webshop.api.once import do_once
from webshop.api.order_records import order_view
from webshop.api.records import Moment, Money, Record, page
from webshop.api.schemas import Body, Reason, SomeUnits, read_body
from webshop.api.staff.gate import managers_only
from webshop.api.staff.paging import SearchQuery, moment_cursor, moment_of
from webshop.domain.orders import OrderStatus
from webshop.services.fulfilment import cancel_for_staff, ship
from webshop.services.orders import require_order
from webshop.services.refunds import refund_order

blueprint = Blueprint("staff_orders", __name__)
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
    """Why the order is called off."""

    reason: Reason


class RefundRequest(SomeUnits):
    """Units to pay back; `restock` puts them back on the shelf."""

    restock: bool


class OrderSummary(Record):
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


@blueprint.get("/staff/orders")
def list_orders() -> dict[str, Any]:
    """The shop's orders, newest first."""
    query = OrderQuery.model_validate(request.args.to_dict())
    with shop().transaction() as connection:
        found = find_orders(
            connection,
            query=query.q.strip(),
            status=query.status,
            after=moment_of(query.after, _NEWEST),
            limit=query.limit + 1,
        )
    return page(
        found,
        query.limit,
        OrderSummary.model_validate,
        lambda row: moment_cursor(_NEWEST, row.placed_at, row.order_id),
    )


@blueprint.get("/staff/orders/<uuid:order_id>")
def get_order(order_id: uuid.UUID) -> dict[str, Any]:
    """An order with all that happened to it."""
    with shop().transaction() as connection:
        return order_view(connection, require_order(connection, order_id))


@blueprint.post("/staff/orders/<uuid:order_id>/ship")
def ship_order(order_id: uuid.UUID) -> tuple[dict[str, Any], int]:
    """Send a paid order off."""
    body = read_body(Shipment)

    def work(connection: Connection) -> dict[str, Any]:
        return order_view(connection, ship(connection, order_id, body.tracking, **_who()))

    return do_once(body, work)


@blueprint.post("/staff/orders/<uuid:order_id>/cancel")
def cancel_order(order_id: uuid.UUID) -> tuple[dict[str, Any], int]:
    """Call an order off that has not left the shop; what was paid is paid back."""
    body = read_body(StaffCancellation)

    def work(connection: Connection) -> dict[str, Any]:
        cancelled = cancel_for_staff(connection, order_id, body.reason, **_who())
        return order_view(connection, cancelled)

    return do_once(body, work)


@blueprint.post("/staff/orders/<uuid:order_id>/refunds")
def refund(order_id: uuid.UUID) -> tuple[dict[str, Any], int]:
    """Pay units back; the last of them take the shipping with them. Answers with the order."""
    body = read_body(RefundRequest)

    def work(connection: Connection) -> dict[str, Any]:
        order, _ = refund_order(
            connection, order_id, body.units, reason=body.reason, restock=body.restock, **_who()
        )
        return order_view(connection, order)

    return do_once(body, work, status=201)


def _who() -> dict[str, Any]:
    return {"by": actor(), "now": now()}
