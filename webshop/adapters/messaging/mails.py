"""The mail queue, written in the transaction of the change and read by the mailer."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, func, insert, select, tuple_, update

from shopnow.database.locks import AdvisoryLock
from webshop.adapters.tables import mails
from webshop.domain.messaging.mails import Quota

#: NOTIFY channel on which an insert wakes the mailer (the trigger of migration 0004).
CHANNEL = "shop_mails"

_UNSENT = mails.c.sent_at.is_(None) & mails.c.failed_at.is_(None)


@dataclass(frozen=True)
class QueuedMail:
    """A mail that has not been sent.

    `attempts` counts the refusals so far; `crashes` the attempts in a row, this one included, of
    which no outcome is known.
    """

    mail_id: uuid.UUID
    template: str
    recipient: str
    language: str
    context: dict[str, Any]
    created_at: datetime
    attempts: int
    crashes: int = 0


def add_mail(
    connection: Connection,
    template: str,
    *,
    recipient: str,
    language: str,
    context: dict[str, Any],
    now: datetime,
    quota: Quota | None = None,
    mailbox: str | None = None,
) -> None:
    """Put a mail into the queue; with a quota, it counts under that of the mailbox."""
    connection.execute(
        insert(mails).values(
            mail_id=uuid.uuid4(),
            template=template,
            recipient=recipient,
            language=language,
            context=context,
            created_at=now,
            next_attempt_at=now,
            quota=quota,
            mailbox=mailbox,
        )
    )


def count_mails(connection: Connection, mailbox: str, quota: Quota, since: datetime) -> int:
    """Mails to a mailbox that count under a quota since then, sent or not.

    The mailbox is locked until the end of the transaction: of many transactions at once each sees
    the count of the one before.
    """
    connection.execute(
        select(func.pg_advisory_xact_lock(int(AdvisoryLock.MAILBOX), func.hashtext(mailbox)))
    )
    statement = select(func.count()).where(
        mails.c.mailbox == mailbox, mails.c.quota == quota, mails.c.created_at > since
    )
    return connection.execute(statement).scalar_one()


def is_mail_due(connection: Connection, now: datetime) -> bool:
    """Whether there is anything to send."""
    return connection.execute(
        select(exists().where(_UNSENT, mails.c.next_attempt_at <= now))
    ).scalar_one()


def begin_attempt(
    connection: Connection, now: datetime, *, next_attempt_at: datetime
) -> QueuedMail | None:
    """Count an attempt for the mail that has been due longest; None if none is due.

    To be committed before the attempt is made: if this process ends in it, the count stays, and the
    mail is due again at `next_attempt_at`.
    """
    due = (
        select(mails.c.mail_id)
        .where(_UNSENT, mails.c.next_attempt_at <= now)
        .order_by(mails.c.next_attempt_at, mails.c.mail_id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    row = connection.execute(
        update(mails)
        .where(mails.c.mail_id == due)
        .values(crashes=mails.c.crashes + 1, next_attempt_at=next_attempt_at)
        .returning(
            mails.c.mail_id,
            mails.c.template,
            mails.c.recipient,
            mails.c.language,
            mails.c.context,
            mails.c.created_at,
            mails.c.attempts,
            mails.c.crashes,
        )
    ).one_or_none()
    return None if row is None else QueuedMail(*row)


def lock_unsent(connection: Connection, mail: QueuedMail) -> bool:
    """Lock the mail until the end of the transaction; False if another mailer has locked it."""
    row = connection.execute(
        select(mails.c.mail_id)
        .where(mails.c.mail_id == mail.mail_id, _UNSENT)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    return row is not None


def mark_sent(connection: Connection, mail: QueuedMail, now: datetime) -> None:
    """The server has accepted it; its context is cleared."""
    _set(connection, mail, sent_at=now, context=None, last_error=None, crashes=0)


def mark_refused(
    connection: Connection, mail: QueuedMail, reason: str, *, next_attempt_at: datetime
) -> None:
    """The server refused it; it is retried."""
    _set(
        connection,
        mail,
        attempts=mail.attempts + 1,
        crashes=0,
        last_error=reason,
        next_attempt_at=next_attempt_at,
    )


def mark_failed(connection: Connection, mail: QueuedMail, reason: str, now: datetime) -> None:
    """It is not retried; the mail stays in the table."""
    _set(connection, mail, attempts=mail.attempts + 1, crashes=0, last_error=reason, failed_at=now)


def find_failed(
    connection: Connection, *, after: tuple[datetime, uuid.UUID] | None, limit: int
) -> Sequence[Row[Any]]:
    """Up to `limit` mails that were given up, the last one first, after a position."""
    statement = select(mails).where(mails.c.failed_at.is_not(None))
    if after is not None:
        statement = statement.where(tuple_(mails.c.failed_at, mails.c.mail_id) < tuple_(*after))
    return connection.execute(
        statement.order_by(mails.c.failed_at.desc(), mails.c.mail_id.desc()).limit(limit)
    ).all()


def retry_failed(connection: Connection, mail_id: uuid.UUID, now: datetime) -> Row[Any] | None:
    """Let a mail that was given up be due again; the mail as it is then, None if there is none."""
    return connection.execute(
        update(mails)
        .where(mails.c.mail_id == mail_id, mails.c.failed_at.is_not(None))
        .values(failed_at=None, attempts=0, created_at=now, next_attempt_at=now)
        .returning(mails)
    ).one_or_none()


def delete_sent(connection: Connection, before: datetime) -> int:
    """Delete the mails sent before then; return how many."""
    return connection.execute(delete(mails).where(mails.c.sent_at < before)).rowcount


def _set(connection: Connection, mail: QueuedMail, **values: Any) -> None:
    connection.execute(update(mails).where(mails.c.mail_id == mail.mail_id).values(values))
