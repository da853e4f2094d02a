"""What the shop may ask for, with its secret: make a payment, see it, give it back."""

import hmac
import uuid
from decimal import Decimal
from typing import Annotated, Any
from urllib.parse import urlsplit

import pydantic
from flask import Blueprint, abort, current_app, jsonify, request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from werkzeug.exceptions import HTTPException

from shopnow.languages import Language
from webshop.sandbox_gateway import ledger
from webshop.sandbox_gateway.running import gateway

blueprint = Blueprint("calls", __name__, url_prefix="/v1")

Amount = Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=4)]


class _PaymentRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    payment_id: uuid.UUID
    order_number: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
    amount: Amount
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    return_url: Annotated[str, StringConstraints(max_length=2000)]
    language: Language


class _Refund(BaseModel):
    model_config = ConfigDict(extra="forbid")

    refund_id: uuid.UUID
    amount: Amount


@blueprint.before_request
def _shop_only() -> None:
    given = request.headers.get("Authorization", "")
    if not hmac.compare_digest(given.encode(), f"Bearer {gateway().secret}".encode()):
        abort(401)


@blueprint.errorhandler(ledger.Refused)
def _refused(error: ledger.Refused) -> tuple[Any, int]:
    return jsonify(error=str(error)), 409


@blueprint.errorhandler(pydantic.ValidationError)
def _invalid(error: pydantic.ValidationError) -> tuple[Any, int]:
    return jsonify(
        error=error.errors(include_url=False, include_input=False, include_context=False)
    ), 422


@blueprint.errorhandler(HTTPException)
def _http(error: HTTPException) -> tuple[Any, int]:
    return jsonify(error=error.name), error.code or 500


@blueprint.post("/payments")
def create() -> tuple[dict[str, Any], int]:
    """A payment and the address of its page; the same for the same `payment_id`."""
    wanted = _PaymentRequest.model_validate(request.get_json())
    if _origin(wanted.return_url) != _origin(gateway().shop_url):
        # Anyone who has the secret still cannot send a shopper to another site.
        abort(422)
    with gateway().engine.begin() as connection:
        payment = ledger.create_payment(connection, ledger.NewPayment(**wanted.model_dump()))
    page = f"{gateway().public_url}/pay/{payment.reference}"
    return payment.view | {"redirect_url": page}, 201


@blueprint.get("/payments/<reference>")
def find(reference: str) -> dict[str, Any]:
    """How a payment stands."""
    with gateway().engine.begin() as connection:
        payment = ledger.get_payment(connection, reference)
    if payment is None:
        abort(404)
    return payment.view


@blueprint.post("/payments/<reference>/refunds")
def refund(reference: str) -> tuple[dict[str, Any], int]:
    """Refund part of a payment, once per `refund_id`."""
    wanted = _Refund.model_validate(request.get_json())
    with gateway().engine.begin() as connection:
        payment = ledger.get_payment(connection, reference, lock=True)
        if payment is None:
            abort(404)
        ledger.refund_payment(connection, payment, wanted.refund_id, wanted.amount)
    current_app.logger.info("refund %s: %s", wanted.refund_id, wanted.amount)
    return {"refund_id": str(wanted.refund_id), "status": "succeeded"}, 201


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc
