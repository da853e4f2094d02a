"""Follow-up of payments: polls for lost webhooks, and sends refunds.

Each run polls the provider about pending payments, refunds what was paid too late or twice, and
sends refunds to the provider. The rows say what is due, each refund has an idempotent id, and no
lock is held during a call: a run may be killed anywhere and repeated.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from webshop.adapters.ordering.payments import (
    DueRefund,
    claim_payments_to_poll,
    claim_payments_to_refund,
    claim_refunds_to_send,
    get_abandoned_payments,
    mark_payment_refunded,
    mark_settled,
)
from webshop.domain.errors import GatewayRefused, GatewayUnavailable
from webshop.domain.money import ZERO
from webshop.domain.ordering.payments import Payment, PaymentGateway
from webshop.services.ordering.payments import abandon, settle

log = logging.getLogger(__name__)

Item = TypeVar("Item")

INTERVAL_S = 1.0
#: How many rows of each kind one run processes.
BATCH = 50
#: A refund that the provider did not accept is retried after this.
REFUND_RETRY_AFTER = timedelta(seconds=10)


class PaymentFollowUp:
    """Follows up the payments of one provider."""

    def __init__(self, engine: Engine, gateway: PaymentGateway, poll_after: timedelta) -> None:
        self._engine = engine
        self._gateway = gateway
        self._poll_after = poll_after

    def run(self, stopping: threading.Event) -> None:
        """Run until asked to stop; retry while the database or the provider is unavailable."""
        while not stopping.is_set():
            try:
                self.round(datetime.now(UTC))
            except (DBAPIError, PoolTimeout) as error:
                log.warning("cannot follow up payments now: %s", error)
            except Exception:
                # An unexpected row must not end the thread: it is retried later.
                log.exception("following up payments failed")
            stopping.wait(INTERVAL_S)

    def round(self, now: datetime) -> None:
        """Process everything that is due now. Raises DBAPIError."""
        provider = self._gateway.provider
        with self._engine.begin() as connection:
            to_poll = claim_payments_to_poll(
                connection, provider, now, after=self._poll_after, limit=BATCH
            )
            to_refund = claim_payments_to_refund(
                connection, provider, now, again_after=REFUND_RETRY_AFTER, limit=BATCH
            )
            abandoned = get_abandoned_payments(
                connection, provider, now, after=self._poll_after, limit=BATCH
            )
            refunds = claim_refunds_to_send(
                connection, provider, now, again_after=REFUND_RETRY_AFTER, limit=BATCH
            )
        self._each(abandoned, self._abandon)
        self._each(to_poll, self._poll)
        self._each(to_refund, self._refund_payment)
        self._each(refunds, self._send_refund)

    def _each(self, items: Sequence[Item], work: Callable[[Item], None]) -> None:
        for item in items:
            try:
                work(item)
            except GatewayUnavailable as error:
                log.warning("the payment provider is unavailable: %s", error)
                return
            except GatewayRefused as error:
                log.error("%s", error)

    def _abandon(self, payment: Payment) -> None:
        self._commit(lambda connection, now: abandon(connection, payment, now))

    def _poll(self, payment: Payment) -> None:
        reported = self._gateway.find(payment.provider_reference or "")
        self._commit(lambda connection, now: settle(connection, payment.provider, reported, now))

    def _refund_payment(self, payment: Payment) -> None:
        # A payment has at most one such refund, so its own id serves as the refund id.
        self._gateway.refund(payment, payment.payment_id, payment.amount)
        self._commit(
            lambda connection, now: mark_payment_refunded(connection, payment.payment_id, now)
        )
        log.info("payment %s (%s) was refunded", payment.payment_id, payment.reason)

    def _send_refund(self, due: DueRefund) -> None:
        if due.amount > ZERO:  # there is nothing to refund for units that were free after discount
            self._gateway.refund(due.payment, due.refund_id, due.amount)
        self._commit(lambda connection, now: mark_settled(connection, due.refund_id, now))
        log.info("refund %s was sent to the provider", due.refund_id)

    def _commit(self, work: Callable[[Connection, datetime], None]) -> None:
        with self._engine.begin() as connection:
            work(connection, datetime.now(UTC))
