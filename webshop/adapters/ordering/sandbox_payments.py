"""The sandbox payment provider, over its HTTP interface (`webshop.sandbox_gateway`)."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import httpx
import pydantic
from pydantic import BaseModel
from tenacity import (
    retry,
    retry_if_exception_type,
    stop_after_attempt,
    stop_after_delay,
    wait_exponential_jitter,
)

from shopnow.languages import Language
from webshop.domain.errors import GatewayRefused, GatewayUnavailable, WebhookRejected
from webshop.domain.money import format_amount
from webshop.domain.ordering.payments import (
    GatewayEvent,
    GatewayPayment,
    HostedPayment,
    HostedPaymentRequest,
    Payment,
    PaymentStatus,
)
from webshop.sandbox_gateway.signature import HEADER, BadSignature, verify

#: One call, seconds; a shopper waits for `create`.
TIMEOUT = httpx.Timeout(3.0, connect=1.0)
ATTEMPTS = 3
GIVE_UP_AFTER_S = 6.0


class _Created(BaseModel):
    reference: str
    redirect_url: str


class _Payment(BaseModel):
    reference: str
    payment_id: uuid.UUID
    status: PaymentStatus
    amount: Decimal
    currency: str
    reason: str | None = None

    def to_gateway_payment(self) -> GatewayPayment:
        return GatewayPayment(**dict(self))


class _Event(BaseModel):
    event_id: str
    payment: _Payment


class SandboxGateway:
    """Payments at the sandbox gateway. Raises ValueError if a secret is missing."""

    provider = "sandbox"
    is_test = True

    def __init__(self, api_url: str, secret: str, webhook_secret: str) -> None:
        if not secret or not webhook_secret:
            raise ValueError(
                "SHOPNOW_GATEWAY_SECRET or SHOPNOW_WEBHOOK_SECRET is not set: run `shopnow up`, "
                "which generates them."
            )
        self._webhook_secret = webhook_secret
        # Without the environment: the gateway is never behind the proxy that it may name.
        self._http = httpx.Client(
            base_url=api_url,
            headers={"Authorization": f"Bearer {secret}"},
            timeout=TIMEOUT,
            trust_env=False,
        )

    def create(self, request: HostedPaymentRequest) -> HostedPayment:
        """A page on which to pay."""
        body = {
            "payment_id": str(request.payment_id),
            "order_number": request.order_number,
            "amount": format_amount(request.amount),
            "currency": request.currency,
            "return_url": request.return_url,
            "language": request.language,
        }
        created = _Created.model_validate(self._call("POST", "/v1/payments", body))
        return HostedPayment(created.reference, created.redirect_url)

    def in_language(self, page_url: str, language: Language) -> str:
        """The address of a page in this language."""
        return f"{page_url}?lang={language}"

    def find(self, reference: str) -> GatewayPayment:
        """How the payment stands now."""
        return _Payment.model_validate(
            self._call("GET", f"/v1/payments/{reference}")
        ).to_gateway_payment()

    def refund(self, payment: Payment, refund_id: uuid.UUID, amount: Decimal) -> None:
        """Refund part or all of a payment."""
        body = {"refund_id": str(refund_id), "amount": format_amount(amount)}
        self._call("POST", f"/v1/payments/{payment.provider_reference}/refunds", body)

    def parse_webhook(
        self, headers: Mapping[str, str], body: bytes, now: datetime
    ) -> GatewayEvent | None:
        """The event in a webhook. Raises WebhookRejected."""
        try:
            verify(self._webhook_secret, headers.get(HEADER.lower()), body, now)
            event = _Event.model_validate_json(body)
        except BadSignature as error:
            raise WebhookRejected(str(error)) from error
        except pydantic.ValidationError as error:
            raise WebhookRejected("The webhook is signed but cannot be parsed.") from error
        return GatewayEvent(event.event_id, event.payment.to_gateway_payment())

    @retry(
        retry=retry_if_exception_type(GatewayUnavailable),
        wait=wait_exponential_jitter(multiplier=0.1, max=1),
        stop=stop_after_attempt(ATTEMPTS) | stop_after_delay(GIVE_UP_AFTER_S),
        reraise=True,
    )
    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        try:
            answer = self._http.request(method, path, json=body)
        except httpx.TransportError as error:
            raise GatewayUnavailable(
                f"The payment provider does not answer ({type(error).__name__}): try again."
            ) from error
        if answer.is_server_error or answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            raise GatewayUnavailable(
                f"The payment provider answered {answer.status_code}: try again."
            )
        if not answer.is_success:
            raise GatewayRefused(
                f"The payment provider refused {method} {path}: {answer.status_code}"
                f" {answer.text[:200]}"
            )
        return answer.json()
