"""The mailer: queued mails to the mail server, none lost: `python -m webshop.mailer`.

A mail is marked sent only after the server has taken it, so a mailer that is killed in between
sends it again, with the same Message-ID: at least once, never not at all. Several mailers may work
side by side. A mail that the server refuses waits longer and longer and lets the others pass; one
that is given up stays in the table with the reason.

It also forgets what nobody needs any more: sessions and links whose time is over, mails long sent,
answers kept for a repetition that has not come in weeks.

Ends with status 1 when the database or the mail server stays away: its supervisor starts it again.
"""

import logging
import signal
import smtplib
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import psycopg
from jinja2 import TemplateError
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from shopnow.settings import Settings, get_settings
from webshop.adapters.accounts import delete_expired
from webshop.adapters.idempotency import delete_old_answers
from webshop.adapters.mails import (
    CHANNEL,
    QueuedMail,
    delete_sent,
    lock_due_mail,
    mark_failed,
    mark_refused,
    mark_sent,
)
from webshop.adapters.throttles import delete_old_attempts
from webshop.bootstrap import database_engine
from webshop.mails.composing import Composer
from webshop.patience import patience

log = logging.getLogger(__name__)

#: How often the queue is looked at: a wake-up can be missed, and refused mails become due again.
POLL_S = 2.0
HOUSEKEEPING_EVERY_S = 600.0
SMTP_TIMEOUT_S = 30.0

#: How long a mail is tried again. A server that says "never" (5xx) is believed the third time.
GIVE_UP_AFTER = timedelta(days=3)
REFUSALS_FOR_GOOD = 3
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)

KEEP_SENT = timedelta(days=30)
KEEP_ATTEMPTS = timedelta(days=1)
#: So long a repeated Idempotency-Key gets the first answer, which may hold a name and an address.
KEEP_ANSWERS = timedelta(days=30)


class Mailer:
    """Sends what is due in the queue."""

    def __init__(self, settings: Settings, engine: Engine, composer: Composer) -> None:
        self._address = settings.smtp_host, settings.smtp_port
        self._engine = engine
        self._composer = composer

    def send_due(self, stopping: threading.Event) -> int:
        """Send what is due; return how many mails the server took.

        Raises OSError or smtplib.SMTPException if the server does not even greet.
        """
        sent = 0
        while not stopping.is_set() and self._is_anything_due():
            with smtplib.SMTP(*self._address, timeout=SMTP_TIMEOUT_S) as server:
                sent += self._send_through(server, stopping)
        return sent

    def _is_anything_due(self) -> bool:
        with self._engine.begin() as connection:
            return lock_due_mail(connection, datetime.now(UTC)) is not None

    def _send_through(self, server: smtplib.SMTP, stopping: threading.Event) -> int:
        """Send what is due until nothing is, or the connection is of no more use."""
        sent = 0
        while not stopping.is_set():
            with self._engine.begin() as connection:
                mail = lock_due_mail(connection, datetime.now(UTC))
                if mail is None:
                    return sent
                try:
                    message = self._composer.message(mail)
                except (TemplateError, ValueError, TypeError, KeyError) as error:
                    # Trying again would not help: the mistake is ours.
                    log.exception("mail %s (%s) cannot be written", mail.mail_id, mail.template)
                    mark_failed(connection, mail, type(error).__name__, datetime.now(UTC))
                    continue
                try:
                    server.send_message(message)
                except (OSError, smtplib.SMTPException) as error:
                    _note_refusal(connection, mail, error)
                    return sent
                mark_sent(connection, mail, datetime.now(UTC))
                log.info("sent mail %s (%s)", mail.mail_id, mail.template)
                sent += 1
        return sent


def _note_refusal(connection: Connection, mail: QueuedMail, error: Exception) -> None:
    now = datetime.now(UTC)
    code = _code(error)
    reason = f"{type(error).__name__} {code}"
    refusals = mail.attempts + 1
    for_good = 500 <= code < 600 and refusals >= REFUSALS_FOR_GOOD
    if for_good or now - mail.created_at > GIVE_UP_AFTER:
        log.error("mail %s (%s) is given up: %s", mail.mail_id, mail.template, reason)
        mark_failed(connection, mail, reason, now)
        return
    wait = min(FIRST_WAIT * 2 ** min(mail.attempts, 20), LONGEST_WAIT)
    log.warning("mail %s (%s) waits %s: %s", mail.mail_id, mail.template, wait, reason)
    mark_refused(connection, mail, reason, next_attempt_at=now + wait)


def _code(error: Exception) -> int:
    """The reply code of the server, 0 if it gave none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return int(next(iter(error.recipients.values()))[0])
    if isinstance(error, smtplib.SMTPResponseException):
        return int(error.smtp_code)
    return 0


def forget_the_old(engine: Engine, now: datetime) -> None:
    """Delete sessions, links, counts, sent mails and kept answers whose time is over."""
    with engine.begin() as connection:
        sessions, tokens = delete_expired(connection, now)
        attempts = delete_old_attempts(connection, now - KEEP_ATTEMPTS)
        mails = delete_sent(connection, now - KEEP_SENT)
        answers = delete_old_answers(connection, now - KEEP_ANSWERS)
    log.info(
        "forgot %s sessions, %s links, %s counts of attempts, %s sent mails, %s kept answers",
        *(sessions, tokens, attempts, mails, answers),
    )


def run(settings: Settings, stopping: threading.Event) -> None:
    """Send until asked to stop.

    Raises psycopg.OperationalError, DBAPIError, OSError or SMTPException when it cannot go on.
    """
    engine = database_engine(settings, pool_size=1)
    mailer = Mailer(settings, engine, Composer(settings))
    away = patience(stopping, log, psycopg.OperationalError)
    no_server = patience(stopping, log, OSError, smtplib.SMTPException)
    with away(_connect, settings) as listening:
        listening.execute(f"LISTEN {CHANNEL}")
        log.info("sending mails through %s:%s", settings.smtp_host, settings.smtp_port)
        housekeeping_next = time.monotonic()
        while not stopping.is_set():
            no_server(mailer.send_due, stopping)
            if time.monotonic() >= housekeeping_next:
                forget_the_old(engine, datetime.now(UTC))
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
        log.error("the database is away: %s", getattr(error, "orig", error))
        return 1
    except (OSError, smtplib.SMTPException) as error:
        log.error("the mail server stays away: %s", error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
