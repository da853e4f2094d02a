"""The provider's page on which a payment is made."""

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection

from shopnow.languages import Language
from webshop.adapters.ordering.payments import save_page
from webshop.domain.ordering.payments import (
    HostedPaymentRequest,
    PaymentGateway,
    PaymentStatus,
)
from webshop.services.ordering.orders import require_order
from webshop.services.ordering.payments import require_payment

OpenTransaction = Callable[[], AbstractContextManager[Connection]]


def payment_page_url(
    transaction: OpenTransaction,
    gateway: PaymentGateway,
    order_id: uuid.UUID,
    payment_id: uuid.UUID,
    *,
    return_url: str,
    language: Language | None,
) -> str:
    """The page of a committed payment: the stored address, or a new one from the provider.

    A payment that was settled without a page leads straight back to `return_url`. A call that fails
    here is repeated with the same payment, and the provider returns the same page.
    """
    with transaction() as connection:
        order = require_order(connection, order_id)
        payment = require_payment(connection, order_id, payment_id)
    page_url = payment.redirect_url
    if page_url is None:
        if payment.status is not PaymentStatus.PENDING:
            return return_url
        page = gateway.create(
            HostedPaymentRequest(
                payment_id=payment_id,
                order_number=order.order_number,
                amount=payment.amount,
                currency=payment.currency,
                return_url=return_url,
                language=language or order.recipient.language,
            )
        )
        with transaction() as connection:
            save_page(connection, payment_id, page)
        page_url = page.redirect_url
    return page_url if language is None else gateway.in_language(page_url, language)
