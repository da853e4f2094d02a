"""The mailer sends queued mails, each at least once: `python -m webshop.workers.mailer`.

A mail is marked as sent after the server has accepted it, so a mailer that is killed in between
sends it again with the same Message-ID. Several mailers may run concurrently. A refused mail is
retried with exponential backoff and does not block others. A mail that cannot be rendered or sent,
or that crashes the mailer repeatedly, fails for good: it stays in the table with the reason,
visible to the staff.

It also deletes expired rows: sessions, links, registrations, sent mails, and stored responses of
idempotent calls.

Exits with status 1 when the database or the mail server stays unavailable: supervisord restarts it.
"""

import logging
import signal
import smtplib
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.policy import SMTP
from enum import Enum, auto

import psycopg
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from shopnow.email_addresses import normal_address
from shopnow.settings import Settings, get_settings
from webshop.adapters.accounts.accounts import delete_expired
from webshop.adapters.accounts.throttles import delete_old_attempts
from webshop.adapters.idempotency import delete_old_responses
from webshop.adapters.messaging.mails import (
    CHANNEL,
    QueuedMail,
    begin_attempt,
    delete_sent,
    is_mail_due,
    lock_unsent,
    mark_failed,
    mark_refused,
    mark_sent,
)
from webshop.bootstrap import database_engine
from webshop.mails.composing import Composer
from webshop.workers.retry_policy import retry_policy

log = logging.getLogger(__name__)

#: Polling interval: a notification can be missed, and refused mails become due again.
POLL_S = 2.0
HOUSEKEEPING_EVERY_S = 600.0
SMTP_TIMEOUT_S = 30.0

#: How long a mail is retried. A permanent error (5xx) is final the third time.
GIVE_UP_AFTER = timedelta(days=3)
MAX_PERMANENT_FAILURES = 3
#: A mail that crashed the mailer this often in a row is not retried.
MAX_CRASHES = 5
MAX_REASON_LENGTH = 300
INITIAL_BACKOFF = timedelta(seconds=30)
MAX_BACKOFF = timedelta(hours=1)

SENT_MAIL_RETENTION = timedelta(days=30)
ATTEMPT_RETENTION = timedelta(days=1)
#: How long a repeated Idempotency-Key gets the first response, which may hold a name and an
#: address.
RESPONSE_RETENTION = timedelta(days=30)


class Outcome(Enum):
    """The outcome of an attempt; DISCONNECT if the next mail needs another connection."""

    SENT = auto()
    FAILED = auto()
    DISCONNECT = auto()


class Mailer:
    """Sends what is due in the queue."""

    def __init__(self, settings: Settings, engine: Engine, composer: Composer) -> None:
        self._address = settings.smtp_host, settings.smtp_port
        self._sender = settings.shop_sender_email
        self._engine = engine
        self._composer = composer

    def send_due(self, stopping: threading.Event) -> int:
        """Send the due mails; return how many the server accepted.

        Raises OSError or smtplib.SMTPException if the server cannot be reached.
        """
        sent = 0
        while not stopping.is_set() and self._is_anything_due():
            with self._connected() as server:
                sent += self._send_through(server, stopping)
        return sent

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        server = smtplib.SMTP(*self._address, timeout=SMTP_TIMEOUT_S)
        try:
            yield server
        finally:
            # A connection that broke with one mail says no good-bye; the next mail has another.
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _is_anything_due(self) -> bool:
        with self._engine.begin() as connection:
            return is_mail_due(connection, datetime.now(UTC))

    def _send_through(self, server: smtplib.SMTP, stopping: threading.Event) -> int:
        """Send due mails until none is left or the connection fails."""
        sent = 0
        while not stopping.is_set():
            now = datetime.now(UTC)
            with self._engine.begin() as connection:
                mail = begin_attempt(connection, now, next_attempt_at=now + INITIAL_BACKOFF)
            if mail is None:
                return sent
            with self._engine.begin() as connection:
                if not lock_unsent(connection, mail):
                    continue
                outcome = self._attempt(server, connection, mail)
            if outcome is Outcome.DISCONNECT:
                return sent
            sent += outcome is Outcome.SENT
        return sent

    def _attempt(self, server: smtplib.SMTP, connection: Connection, mail: QueuedMail) -> Outcome:
        """Send one mail and record the outcome; an error affects this mail only."""
        if mail.crashes > MAX_CRASHES:
            reason = f"the mailer ended {MAX_CRASHES} times while it had this mail in hand"
            _give_up(connection, mail, reason)
            return Outcome.FAILED
        try:
            recipient = normal_address(mail.recipient)
            content = self._composer.message(mail).as_bytes(policy=SMTP)
        except MemoryError as error:
            _record_failed_attempt(connection, mail, error)
            return Outcome.FAILED
        except Exception as error:
            # Trying again would not help: the mistake is ours, or in an address.
            log.exception("mail %s (%s) cannot be rendered", mail.mail_id, mail.template)
            _give_up(connection, mail, _reason(error))
            return Outcome.FAILED
        try:
            # The envelope is the queue's, whatever a header may be read as.
            server.sendmail(self._sender, [recipient], content)
        except (OSError, smtplib.SMTPException, MemoryError) as error:
            _record_failed_attempt(connection, mail, error)
            return Outcome.DISCONNECT
        except Exception as error:
            log.exception("mail %s (%s) cannot be sent", mail.mail_id, mail.template)
            _give_up(connection, mail, _reason(error))
            return Outcome.DISCONNECT
        mark_sent(connection, mail, datetime.now(UTC))
        log.info("sent mail %s (%s)", mail.mail_id, mail.template)
        return Outcome.SENT


def _record_failed_attempt(connection: Connection, mail: QueuedMail, error: Exception) -> None:
    now = datetime.now(UTC)
    reason = _reason(error)
    # What the server says of this mail. Of a sender or a greeting it would say the same to all.
    about_mail = isinstance(error, (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError))
    is_permanent = (
        about_mail and _code(error) >= 500 and mail.attempts + 1 >= MAX_PERMANENT_FAILURES
    )
    if is_permanent or now - mail.created_at > GIVE_UP_AFTER:
        _give_up(connection, mail, reason)
        return
    wait = min(INITIAL_BACKOFF * 2 ** min(mail.attempts, 20), MAX_BACKOFF)
    log.warning("mail %s (%s) is retried in %s: %s", mail.mail_id, mail.template, wait, reason)
    mark_refused(connection, mail, reason, next_attempt_at=now + wait)


def _give_up(connection: Connection, mail: QueuedMail, reason: str) -> None:
    log.error("mail %s (%s) failed for good: %s", mail.mail_id, mail.template, reason)
    mark_failed(connection, mail, reason, datetime.now(UTC))


def _reason(error: Exception) -> str:
    """The error for staff, on one line that any database can hold."""
    reply_text = _reply(error) or str(error)
    line = " ".join("".join(c if c.isprintable() else " " for c in reply_text).split())
    return f"{type(error).__name__}: {line}"[:MAX_REASON_LENGTH]


def _reply(error: Exception) -> str:
    """The reply of the server, empty if it gave none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        text: bytes | str = next(iter(error.recipients.values()))[1]
    elif isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
    else:
        return ""
    return f"{_code(error)} {text.decode(errors='replace') if isinstance(text, bytes) else text}"


def _code(error: Exception) -> int:
    """The reply code of the server, 0 if it gave none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return int(next(iter(error.recipients.values()))[0])
    if isinstance(error, smtplib.SMTPResponseException):
        return int(error.smtp_code)
    return 0


def delete_expired_rows(engine: Engine, now: datetime) -> None:
    """Delete expired rows: sessions, links, registrations, counts, sent mails, stored responses."""
    with engine.begin() as connection:
        sessions, tokens, registrations = delete_expired(connection, now)
        attempts = delete_old_attempts(connection, now - ATTEMPT_RETENTION)
        mails = delete_sent(connection, now - SENT_MAIL_RETENTION)
        answers = delete_old_responses(connection, now - RESPONSE_RETENTION)
    log.info(
        "deleted %s sessions, %s links, %s registrations, %s attempt counts, %s sent mails, "
        "%s stored responses",
        *(sessions, tokens, registrations, attempts, mails, answers),
    )


def run(settings: Settings, stopping: threading.Event) -> None:
    """Send until asked to stop.

    Raises psycopg.OperationalError, DBAPIError, OSError or SMTPException when it cannot go on.
    """
    engine = database_engine(settings, pool_size=1)
    mailer = Mailer(settings, engine, Composer(settings))
    database_retry = retry_policy(stopping, log, psycopg.OperationalError)
    smtp_retry = retry_policy(stopping, log, OSError, smtplib.SMTPException)
    with database_retry(_connect, settings) as listening:
        listening.execute(f"LISTEN {CHANNEL}")
        log.info("sending mails through %s:%s", settings.smtp_host, settings.smtp_port)
        housekeeping_next = time.monotonic()
        while not stopping.is_set():
            smtp_retry(mailer.send_due, stopping)
            if time.monotonic() >= housekeeping_next:
                delete_expired_rows(engine, datetime.now(UTC))
                housekeeping_next = time.monotonic() + HOUSEKEEPING_EVERY_S
            for _ in listening.notifies(timeout=POLL_S, stop_after=1):
                break


def _connect(settings: Settings) -> psycopg.Connection:
    return psycopg.connect(settings.shop_pg_dsn, autocommit=True, connect_timeout=10)


def main() -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    try:
        run(get_settings(), stopping)
    except (psycopg.OperationalError, DBAPIError) as error:
        log.error("the database is unavailable: %s", getattr(error, "orig", error))
        return 1
    except (OSError, smtplib.SMTPException) as error:
        log.error("the mail server stays unavailable: %s", error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
