"""Orders: for whoever holds the order's token, the account that ordered, and staff."""

import uuid
from typing import Any

from flask import Blueprint, Response, jsonify
from sqlalchemy import Connection

from webshop.adapters.idempotency import Answer, IdempotentCall, answer_once
from webshop.api.access import require_order_access
from webshop.api.current import now, shop
from webshop.api.problems import problem_body, problem_response
from webshop.api.schemas import NewPayment, read_body, read_idempotency_key
from webshop.api.tokens import request_hash
from webshop.api.views import order_view
from webshop.domain.payments import Card
from webshop.services import orders as service

blueprint = Blueprint("orders", __name__)


@blueprint.get("/orders/<uuid:order_id>")
def get_order(order_id: uuid.UUID) -> dict[str, Any]:
    """An order."""
    require_order_access(order_id)
    with shop().transaction() as connection:
        return order_view(service.require_order(connection, order_id))


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
        return Answer(201, order_view(order) | members)
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
def cancel(order_id: uuid.UUID) -> dict[str, Any]:
    """Cancel an unpaid order and put its units on sale again; a second call changes nothing."""
    require_order_access(order_id)
    with shop().transaction() as connection:
        return order_view(service.cancel(connection, order_id, now()))
