"""Paying an order: on the page of the payment provider, never here."""

import uuid
from typing import Any

from apiflask import APIBlueprint

from webshop.api import responses
from webshop.api.http.access import needs_order_access
from webshop.api.http.current import now, shop
from webshop.api.http.openapi import refusals
from webshop.api.http.tokens import order_token, request_hash
from webshop.api.schemas import IdempotencyKey, NewPayment
from webshop.domain.errors import (
    GatewayRefused,
    GatewayUnavailable,
    IdempotencyConflict,
    OrderExpired,
    OutOfStock,
    TransitionRefused,
)
from webshop.domain.ordering.payments import Payment
from webshop.services.idempotency import IdempotentCall, StoredResponse, respond_once
from webshop.services.ordering.payment_page import payment_page_url
from webshop.services.ordering.payments import require_payment, start_payment

blueprint = APIBlueprint(
    "payments",
    __name__,
    tag={"name": "Payments", "description": "On the page of the payment provider, never here."},
)


@blueprint.post("/orders/<uuid:order_id>/payments")
@needs_order_access
@blueprint.input(IdempotencyKey, location="headers")
@blueprint.input(NewPayment)
@blueprint.output(responses.StartedPayment, status_code=201)
@blueprint.doc(
    responses=refusals(
        *(OutOfStock, TransitionRefused, OrderExpired, IdempotencyConflict),
        *(GatewayRefused, GatewayUnavailable),
    )
)
def pay(
    order_id: uuid.UUID, json_data: NewPayment, headers_data: IdempotencyKey
) -> tuple[dict[str, Any], int]:
    """Start to pay an order; needs an Idempotency-Key.

    Answers with the address of the page on which to pay, which sends the shopper back to the order.
    One page at a time: a second call before the first page is done with answers with the same, in
    the language asked for now if the provider can change it. After a decline the stock is reserved
    again. 409 if that or the order's status does not allow it; 503 if the payment provider is
    unavailable: repeat the same call.
    """
    call = IdempotentCall(
        scope=f"payment {order_id}",
        key=headers_data.idempotency_key,
        request_hash=request_hash(json_data.model_dump(mode="json")),
    )

    def start() -> StoredResponse:
        _, payment = start_payment(connection, order_id, shop().gateway.provider, now())
        return StoredResponse(
            201, {"payment_id": str(payment.payment_id), "status": payment.status}
        )

    with shop().transaction() as connection:
        answer = respond_once(connection, call, start)
    payment_id = uuid.UUID(answer.body["payment_id"])
    redirect_url = payment_page_url(
        shop().transaction,
        shop().gateway,
        order_id,
        payment_id,
        return_url=_return_url(order_id, payment_id),
        language=json_data.language,
    )
    return answer.body | {"redirect_url": redirect_url}, answer.status


def _return_url(order_id: uuid.UUID, payment_id: uuid.UUID) -> str:
    query = f"token={order_token(order_id)}&payment={payment_id}"
    return f"{shop().settings.shop_url}/orders/{order_id}?{query}"


@blueprint.get("/orders/<uuid:order_id>/payments/<uuid:payment_id>")
@needs_order_access
@blueprint.output(responses.Payment)
def get_payment(order_id: uuid.UUID, payment_id: uuid.UUID) -> dict[str, Any]:
    """How a payment stands: pending, succeeded or failed, and why it failed."""
    with shop().transaction() as connection:
        return payment_view(require_payment(connection, order_id, payment_id))


def payment_view(payment: Payment) -> dict[str, Any]:
    """A payment, for callers who may see its order.

    `refund` is "due" or "done" for money that came too late or twice and is refunded, else null.
    """
    refund = None if payment.refund_due_at is None else "due" if not payment.refunded_at else "done"
    return {
        "payment_id": str(payment.payment_id),
        "status": payment.status.value,
        "reason": payment.reason,
        "refund": refund,
    }
