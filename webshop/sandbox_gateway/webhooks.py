"""Sends the webhooks to the shop, at least once, until it answers with a 2xx.

A row is locked while it is sent, so that several senders never send one at the same time; the lock
of a sender that was killed is gone, and the row's turn comes again.
"""

import logging
import threading
from datetime import UTC, datetime, timedelta

import httpx
from sqlalchemy import Engine, func, select, update
from sqlalchemy.exc import SQLAlchemyError

from webshop.sandbox_gateway.ledger import process_due_payments
from webshop.sandbox_gateway.signature import HEADER, sign
from webshop.sandbox_gateway.tables import webhooks

log = logging.getLogger(__name__)

SENDERS = 3
POLL_S = 0.5
TIMEOUT = httpx.Timeout(8.0, connect=2.0)
#: Between attempts: 0.5, 1, 2 … 60 s.
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 60.0


class WebhookSender:
    """Threads that send what waits in the table."""

    def __init__(self, engine: Engine, url: str, secret: str) -> None:
        self._engine = engine
        self._url = url
        self._secret = secret
        self._news = threading.Semaphore(0)
        self._http = httpx.Client(timeout=TIMEOUT, trust_env=False, follow_redirects=False)

    def start(self) -> None:
        """Start the threads; they live as long as the process."""
        for number in range(SENDERS):
            name = f"webhooks-{number}"
            threading.Thread(target=self._run, name=name, daemon=True).start()
        threading.Thread(target=self._run_timer, name="clock", daemon=True).start()

    def wake(self) -> None:
        """A webhook may be due."""
        self._news.release()

    def _run(self) -> None:
        while True:
            try:
                if self.send_next():
                    continue
            except SQLAlchemyError as error:
                log.warning("the webhooks wait for the database: %s", error)
                threading.Event().wait(1)
            self._news.acquire(timeout=POLL_S)

    def _run_timer(self) -> None:
        while True:
            threading.Event().wait(POLL_S)
            try:
                with self._engine.begin() as connection:
                    changed = process_due_payments(connection, datetime.now(UTC))
            except SQLAlchemyError as error:
                log.warning("the clock waits for the database: %s", error)
                continue
            if changed:
                self.wake()

    def send_next(self) -> bool:
        """Send the oldest that is due; False if none is. A failure is noted, not raised."""
        with self._engine.begin() as connection:
            row = connection.execute(
                select(webhooks.c.event_id, webhooks.c.body, webhooks.c.attempts)
                .where(webhooks.c.delivered_at.is_(None), webhooks.c.due_at <= func.now())
                .order_by(webhooks.c.due_at, webhooks.c.seq)
                .limit(1)
                .with_for_update(skip_locked=True)
            ).one_or_none()
            if row is None:
                return False
            error = self._post(row.body.encode())
            now = datetime.now(UTC)
            pause = min(FIRST_PAUSE_S * 2 ** min(row.attempts, 10), LONGEST_PAUSE_S)
            connection.execute(
                update(webhooks)
                .where(webhooks.c.event_id == row.event_id)
                .values(
                    attempts=row.attempts + 1,
                    delivered_at=None if error else now,
                    due_at=now + timedelta(seconds=pause),
                    last_error=error,
                )
            )
        if error:
            log.warning("webhook %s, attempt %s: %s", row.event_id, row.attempts + 1, error)
        return True

    def _post(self, body: bytes) -> str | None:
        """Send one; what went wrong, None if nothing did."""
        # Signed for each attempt: the signature of an hour ago is too old for the shop.
        headers = {
            HEADER: sign(self._secret, body, datetime.now(UTC)),
            "Content-Type": "application/json",
        }
        try:
            answer = self._http.post(self._url, content=body, headers=headers)
        except httpx.HTTPError as error:
            return f"{type(error).__name__}: {error}"[:200]
        return None if answer.is_success else f"the shop answered {answer.status_code}"
