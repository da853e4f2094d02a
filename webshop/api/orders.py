"""Orders: seen, paid, cancelled and sent back by whoever may (`access.require_order_access`)."""

import uuid
from typing import Any

from flask import Blueprint, Response, jsonify
from sqlalchemy import Connection

from webshop.adapters.idempotency import Answer, IdempotentCall, answer_once
from webshop.api.access import actor, require_order_access
from webshop.api.current import now, shop
from webshop.api.once import do_once_if_asked
from webshop.api.order_records import order_view, return_record
from webshop.api.problems import problem_body, problem_response
from webshop.api.schemas import (
    Body,
    NewPayment,
    Reason,
    SomeUnits,
    read_body,
    read_idempotency_key,
)
from webshop.api.tokens import request_hash
from webshop.domain.payments import Card
from webshop.services import orders as service
from webshop.services.returns import request_return

blueprint = Blueprint("orders", __name__)


class Cancellation(Body):
    """Why, in the customer's words."""

    reason: Reason | None = None


class ReturnRequest(SomeUnits):
    """Units to send back."""


@blueprint.get("/orders/<uuid:order_id>")
def get_order(order_id: uuid.UUID) -> dict[str, Any]:
    """An order."""
    require_order_access(order_id)
    with shop().transaction() as connection:
        return order_view(connection, service.require_order(connection, order_id))


@blueprint.post("/orders/<uuid:order_id>/payments")
def pay(order_id: uuid.UUID) -> Response:
    """Pay an order by card; needs an Idempotency-Key.

    201 if it is paid; 402 if the card was declined: the stock is for sale again, and another
    attempt with another key reserves it again.
    """
    require_order_access(order_id)
    body = read_body(NewPayment)
    call = IdempotentCall(
        scope=f"payment {order_id}",
        key=read_idempotency_key(),
        request_hash=request_hash(body.model_dump(mode="json")),
    )
    with shop().transaction() as connection:
        answer = answer_once(
            connection, call, lambda: _pay(connection, order_id, Card(body.card_number))
        )
    if answer.status >= 400:
        return problem_response(answer.body)
    response = jsonify(answer.body)
    response.status_code = answer.status
    return response


def _pay(connection: Connection, order_id: uuid.UUID, card: Card) -> Answer:
    order, payment = service.pay(connection, order_id, card, shop().gateway, now())
    members = {"payment_id": str(payment.payment_id), "order_id": str(order_id)}
    if payment.charge.succeeded:
        return Answer(201, order_view(connection, order) | members)
    return Answer(
        402,
        problem_body(
            402,
            "payment-declined",
            "The card was declined: nothing was charged. Try another card.",
            reason=payment.charge.reason,
            order_status=order.status.value,
            **members,
        ),
    )


@blueprint.post("/orders/<uuid:order_id>/cancel")
def cancel(order_id: uuid.UUID) -> tuple[dict[str, Any], int]:
    """Cancel an order that has not left the shop and put its units on sale again.

    What was paid is paid back. A second call changes nothing.
    """
    require_order_access(order_id)
    body = read_body(Cancellation)

    def work(connection: Connection) -> dict[str, Any]:
        cancelled = service.cancel(connection, order_id, now(), note=body.reason, by=actor())
        return order_view(connection, cancelled)

    return do_once_if_asked(body, work)


@blueprint.post("/orders/<uuid:order_id>/returns")
def ask_return(order_id: uuid.UUID) -> tuple[dict[str, Any], int]:
    """Ask to send units of a shipped order back; staff accept or refuse."""
    require_order_access(order_id)
    body = read_body(ReturnRequest)

    def work(connection: Connection) -> dict[str, Any]:
        wanted = request_return(connection, order_id, body.units, body.reason, now())
        return return_record(wanted).as_json()

    return do_once_if_asked(body, work, status=201)
