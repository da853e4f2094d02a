"""What no shopper waits for: payments whose webhook was lost, and money that goes back.

Each round asks the provider about payments of which nothing was heard, gives back what came too
late or twice, and passes refunds on. Rows say what is due, the provider knows each refund by its
id, and no lock is held while it answers: a round may die anywhere and be repeated.
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
    get_abandoned_payments,
    mark_given_back,
    mark_settled,
    take_due_refunds,
    take_unheard_payments,
    take_unusable_payments,
)
from webshop.domain.errors import GatewayRefused, GatewayUnavailable
from webshop.domain.money import ZERO
from webshop.domain.ordering.payments import Payment, PaymentGateway
from webshop.services.ordering.payments import abandon, settle

log = logging.getLogger(__name__)

Item = TypeVar("Item")

ROUND_EVERY_S = 1.0
#: How many of each kind a round takes; the provider answers one in some milliseconds.
BATCH = 50
#: A refund that the provider did not take is tried again after this.
REFUND_AGAIN_AFTER = timedelta(seconds=10)


class PaymentFollowUp:
    """Follows up the payments of one provider."""

    def __init__(self, engine: Engine, gateway: PaymentGateway, unheard_after: timedelta) -> None:
        self._engine = engine
        self._gateway = gateway
        self._unheard_after = unheard_after

    def run(self, stopping: threading.Event) -> None:
        """Rounds until asked to stop. A database or provider that is away is waited for."""
        while not stopping.is_set():
            try:
                self.round(datetime.now(UTC))
            except (DBAPIError, PoolTimeout) as error:
                log.warning("payments cannot be followed up now: %s", error)
            except Exception:
                # One row that nobody foresaw must not end the thread: its turn comes again later.
                log.exception("a round of following payments up failed")
            stopping.wait(ROUND_EVERY_S)

    def round(self, now: datetime) -> None:
        """Everything that is due now, once. Raises DBAPIError."""
        provider = self._gateway.provider
        with self._engine.begin() as connection:
            unheard = take_unheard_payments(
                connection, provider, now, after=self._unheard_after, limit=BATCH
            )
            unusable = take_unusable_payments(
                connection, provider, now, again_after=REFUND_AGAIN_AFTER, limit=BATCH
            )
            abandoned = get_abandoned_payments(
                connection, provider, now, after=self._unheard_after, limit=BATCH
            )
            refunds = take_due_refunds(
                connection, provider, now, again_after=REFUND_AGAIN_AFTER, limit=BATCH
            )
        self._each(abandoned, self._abandon)
        self._each(unheard, self._ask)
        self._each(unusable, self._give_back)
        self._each(refunds, self._refund)

    def _each(self, items: Sequence[Item], work: Callable[[Item], None]) -> None:
        for item in items:
            try:
                work(item)
            except GatewayUnavailable as error:
                log.warning("the payment provider is away: %s", error)
                return
            except GatewayRefused as error:
                log.error("%s", error)

    def _abandon(self, payment: Payment) -> None:
        self._book(lambda connection, now: abandon(connection, payment, now))

    def _ask(self, payment: Payment) -> None:
        told = self._gateway.find(payment.provider_reference or "")
        self._book(lambda connection, now: settle(connection, payment.provider, told, now))

    def _give_back(self, payment: Payment) -> None:
        # There is one such refund of a payment, so the payment's id names it.
        self._gateway.refund(payment, payment.payment_id, payment.amount)
        self._book(lambda connection, now: mark_given_back(connection, payment.payment_id, now))
        log.info("payment %s (%s) was given back", payment.payment_id, payment.reason)

    def _refund(self, due: DueRefund) -> None:
        if due.amount > ZERO:  # units that a discount had made free cost nothing to give back
            self._gateway.refund(due.payment, due.refund_id, due.amount)
        self._book(lambda connection, now: mark_settled(connection, due.refund_id, now))
        log.info("refund %s was passed on", due.refund_id)

    def _book(self, work: Callable[[Connection, datetime], None]) -> None:
        with self._engine.begin() as connection:
            work(connection, datetime.now(UTC))
