"""Errors as RFC 9457 problem details: every error of the shop, from the router's to the domain's.

`type` is a relative reference, stable and readable: `/problems/out-of-stock`.
"""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import pydantic
from flask import Flask, Response, json, request
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from webshop.domain import errors

log = logging.getLogger(__name__)

MIMETYPE = "application/problem+json"

#: Domain error → HTTP status and problem type.
REFUSALS: Mapping[type[errors.ShopError], tuple[int, str]] = {
    errors.NotFound: (404, "not-found"),
    errors.OutOfStock: (409, "out-of-stock"),
    errors.NotForSale: (409, "not-for-sale"),
    errors.PriceRefused: (422, "price-refused"),
    errors.CartClosed: (409, "cart-closed"),
    errors.CartEmpty: (409, "cart-empty"),
    errors.CartTooLarge: (409, "quantity-too-large"),
    errors.QuantityTooLarge: (409, "quantity-too-large"),
    errors.TransitionRefused: (409, "order-status"),
    errors.OrderExpired: (409, "order-expired"),
    errors.ShippingUnavailable: (409, "shipping-unavailable"),
    errors.PromotionRefused: (409, "promotion-refused"),
    errors.TooManyUnits: (409, "too-many-units"),
    errors.ReturnRefused: (409, "return-status"),
    errors.CountTooLow: (409, "count-too-low"),
    errors.StockTooLarge: (409, "stock-too-large"),
    errors.AlreadyExists: (409, "already-exists"),
    errors.IdempotencyConflict: (422, "idempotency-conflict"),
    errors.LoginRequired: (401, "login-required"),
    errors.LoginFailed: (401, "login-failed"),
    errors.MailNotVerified: (403, "mail-not-verified"),
    errors.CodeRequired: (401, "code-required"),
    errors.CodeWrong: (401, "code-wrong"),
    errors.SecondFactorOn: (409, "second-factor-on"),
    errors.SecondFactorMissing: (403, "second-factor-missing"),
    errors.RoleMissing: (403, "forbidden"),
    errors.LastAdmin: (409, "last-admin"),
    errors.CsrfMissing: (403, "csrf"),
    errors.LinkInvalid: (400, "link-invalid"),
    errors.PasswordWrong: (403, "password-wrong"),
    errors.PasswordRefused: (422, "password-refused"),
    errors.TooManyAttempts: (429, "too-many-requests"),
    errors.Busy: (503, "busy"),
    errors.WebhookRejected: (400, "webhook-rejected"),
    errors.GatewayRefused: (502, "gateway-refused"),
    errors.GatewayUnavailable: (503, "gateway-unavailable"),
    errors.KafkaUnavailable: (503, "kafka-unavailable"),
}


#: The two that are no domain error's. What the router refuses is called after its HTTP status.
INVALID_REQUEST, INTERNAL_ERROR = "invalid-request", "internal-error"


class BrokenRule(pydantic.BaseModel):
    """One rule that a request breaks, and where."""

    pointer: str = pydantic.Field(description="JSON Pointer into the body or the query.")
    detail: str


class Lacking(pydantic.BaseModel):
    """A product that has fewer units than were asked for."""

    sku: str
    requested: int
    available: int


class Problem(pydantic.BaseModel):
    """Problem details (RFC 9457). A type may add members of its own."""

    model_config = pydantic.ConfigDict(extra="allow")

    type: str = pydantic.Field(pattern="^/problems/[a-z0-9-]+$", description="What went wrong.")
    title: str
    status: int
    detail: str = pydantic.Field(description="What went wrong this time, for a person.")
    errors: list[BrokenRule] = pydantic.Field(
        default_factory=list, description="With `invalid-request` only."
    )
    shortages: list[Lacking] = pydantic.Field(
        default_factory=list, description="With `out-of-stock` only."
    )
    reason: str = pydantic.Field(
        default_factory=str,
        description="With `promotion-refused` and `password-refused` only: which rule.",
    )


#: PostgreSQL gave up waiting for a lock, or for a statement: the caller may try again.
_LOCK_TIMEOUTS = frozenset({"55P03", "57014", "40P01", "40001"})


def problem_body(status: int, kind: str, detail: str, **members: Any) -> dict[str, Any]:
    """The members of a problem; `kind` is the last part of its type."""
    return {
        "type": f"/problems/{kind}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **members,
    }


def problem_response(body: dict[str, Any]) -> Response:
    """A problem as an HTTP answer."""
    return Response(json.dumps(body), status=body["status"], mimetype=MIMETYPE)


def _problem(status: int, kind: str, detail: str, **members: Any) -> Response:
    return problem_response(problem_body(status, kind, detail, **members))


def _refused(error: errors.ShopError) -> Response:
    status, kind = REFUSALS[type(error)]
    members: dict[str, Any] = {}
    if isinstance(error, errors.OutOfStock):
        members["shortages"] = [vars(shortage) for shortage in error.shortages]
    elif isinstance(error, (errors.PasswordRefused, errors.PromotionRefused)):
        members["reason"] = error.reason
    answer = _problem(status, kind, str(error), **members)
    if isinstance(error, errors.TooManyAttempts):
        answer.headers["Retry-After"] = str(error.retry_after_s)
    elif isinstance(error, errors.Busy):
        answer.headers["Retry-After"] = "1"
    elif isinstance(error, errors.GatewayUnavailable):
        answer.headers["Retry-After"] = "2"
    return answer


def _invalid(error: pydantic.ValidationError) -> Response:
    found = [
        {"pointer": "".join(f"/{part}" for part in item["loc"]), "detail": item["msg"]}
        for item in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    return _problem(422, INVALID_REQUEST, "The request breaks a rule.", errors=found)


def _http(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    phrase = HTTPStatus(error.code).phrase
    kind = phrase.lower().replace(" ", "-")
    answer = _problem(error.code, kind, error.description or phrase)
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after"}:
            answer.headers[name] = value
    return answer


def _database(error: DBAPIError | PoolTimeout) -> Response:
    code = getattr(getattr(error, "orig", None), "sqlstate", None)
    lost = isinstance(error, (OperationalError, PoolTimeout)) or code in _LOCK_TIMEOUTS
    if not lost:
        return _unexpected(error)
    log.warning("database unavailable for %s %s: %s", request.method, request.path, code or error)
    answer = _problem(503, "busy", "The shop is busy or its database is unavailable: try again.")
    answer.headers["Retry-After"] = "1"
    return answer


def _unexpected(_error: Exception) -> Response:
    # The exception may hold what the client sent, so its text stays in the log.
    log.exception("unexpected error in %s %s", request.method, request.path)
    return _problem(500, INTERNAL_ERROR, "The shop made a mistake; it has been logged.")


def register_problems(app: Flask) -> None:
    """Answer every error of the application with a problem."""
    app.register_error_handler(errors.ShopError, _refused)
    app.register_error_handler(pydantic.ValidationError, _invalid)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(PoolTimeout, _database)
    app.register_error_handler(Exception, _unexpected)
