"""Orders: for whoever holds the order's token, the account that ordered, and staff."""

import uuid
from typing import Any

from apiflask import APIBlueprint
from flask import Response
from sqlalchemy import Connection

from webshop.adapters.idempotency import Answer, IdempotentCall, answer_once
from webshop.api import answers
from webshop.api.access import needs_order_access
from webshop.api.current import now, shop
from webshop.api.openapi import refusals
from webshop.api.problems import problem_body, problem_response
from webshop.api.schemas import IdempotencyKey, NewPayment
from webshop.api.tokens import request_hash
from webshop.api.views import order_view
from webshop.domain.errors import (
    IdempotencyConflict,
    OrderExpired,
    OutOfStock,
    TransitionRefused,
)
from webshop.domain.payments import Card
from webshop.services import orders as service

blueprint = APIBlueprint(
    "orders",
    __name__,
    tag={"name": "Orders", "description": "Seen, paid and cancelled with the order's token."},
)


@blueprint.get("/orders/<uuid:order_id>")
@needs_order_access
@blueprint.output(answers.Order)
def get_order(order_id: uuid.UUID) -> dict[str, Any]:
    """An order."""
    with shop().transaction() as connection:
        return order_view(service.require_order(connection, order_id))


@blueprint.post("/orders/<uuid:order_id>/payments")
@needs_order_access
@blueprint.input(IdempotencyKey, location="headers")
@blueprint.input(NewPayment)
@blueprint.output(answers.PaidOrder, status_code=201)
@blueprint.doc(
    responses=refusals(OutOfStock, TransitionRefused, OrderExpired, IdempotencyConflict)
    | {402: "`/problems/payment-declined`: Nothing was charged."}
)
def pay(
    order_id: uuid.UUID, json_data: NewPayment, headers_data: IdempotencyKey
) -> tuple[dict[str, Any], int] | Response:
    """Pay an order by card; needs an Idempotency-Key.

    201 if it is paid; 402 if the card was declined: the stock is for sale again, and another
    attempt with another key reserves it again.
    """
    call = IdempotentCall(
        scope=f"payment {order_id}",
        key=headers_data.idempotency_key,
        request_hash=request_hash(json_data.model_dump(mode="json")),
    )
    with shop().transaction() as connection:
        answer = answer_once(
            connection, call, lambda: _pay(connection, order_id, Card(json_data.card_number))
        )
    if answer.status >= 400:
        return problem_response(answer.body)
    return answer.body, answer.status


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
@needs_order_access
@blueprint.output(answers.Order)
@blueprint.doc(responses=refusals(TransitionRefused))
def cancel(order_id: uuid.UUID) -> dict[str, Any]:
    """Cancel an unpaid order and put its units on sale again; a second call changes nothing."""
    with shop().transaction() as connection:
        return order_view(service.cancel(connection, order_id, now()))
