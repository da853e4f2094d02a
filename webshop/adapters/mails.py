"""The queue of mails: written with the change that a mail tells of, read by the mailer."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from webshop.adapters.tables import mails

#: NOTIFY channel on which an insert wakes the mailer (the trigger of migration 0004).
CHANNEL = "shop_mails"


@dataclass(frozen=True)
class QueuedMail:
    """A mail that has not been sent; `attempts` counts the refusals so far."""

    mail_id: uuid.UUID
    template: str
    recipient: str
    language: str
    context: dict[str, Any]
    created_at: datetime
    attempts: int


def add_mail(
    connection: Connection,
    template: str,
    *,
    recipient: str,
    language: str,
    context: dict[str, Any],
    now: datetime,
) -> None:
    """Put a mail into the queue."""
    connection.execute(
        insert(mails).values(
            mail_id=uuid.uuid4(),
            template=template,
            recipient=recipient,
            language=language,
            context=context,
            created_at=now,
            next_attempt_at=now,
        )
    )


def count_mails(
    connection: Connection, recipient: str, templates: frozenset[str], since: datetime
) -> int:
    """Mails of these templates to one address since then, sent or not."""
    statement = select(func.count()).where(
        mails.c.recipient == recipient,
        mails.c.template.in_(sorted(templates)),
        mails.c.created_at > since,
    )
    return connection.execute(statement).scalar_one()


def lock_due_mail(connection: Connection, now: datetime) -> QueuedMail | None:
    """The mail that has been due for longest and that no other mailer has in hand, locked."""
    row = connection.execute(
        select(
            mails.c.mail_id,
            mails.c.template,
            mails.c.recipient,
            mails.c.language,
            mails.c.context,
            mails.c.created_at,
            mails.c.attempts,
        )
        .where(mails.c.sent_at.is_(None), mails.c.failed_at.is_(None))
        .where(mails.c.next_attempt_at <= now)
        .order_by(mails.c.next_attempt_at, mails.c.mail_id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    return None if row is None else QueuedMail(*row)


def mark_sent(connection: Connection, mail: QueuedMail, now: datetime) -> None:
    """The server has taken it; what it said is forgotten here."""
    _set(connection, mail, sent_at=now, context=None, last_error=None)


def mark_refused(
    connection: Connection, mail: QueuedMail, reason: str, *, next_attempt_at: datetime
) -> None:
    """The server has not taken it; another attempt follows."""
    _set(
        connection,
        mail,
        attempts=mail.attempts + 1,
        last_error=reason,
        next_attempt_at=next_attempt_at,
    )


def mark_failed(connection: Connection, mail: QueuedMail, reason: str, now: datetime) -> None:
    """No attempt follows; the mail stays in the table."""
    _set(connection, mail, attempts=mail.attempts + 1, last_error=reason, failed_at=now)


def delete_sent(connection: Connection, before: datetime) -> int:
    """Forget the mails that were sent before then; return how many."""
    return connection.execute(delete(mails).where(mails.c.sent_at < before)).rowcount


def _set(connection: Connection, mail: QueuedMail, **values: Any) -> None:
    connection.execute(update(mails).where(mails.c.mail_id == mail.mail_id).values(values))
