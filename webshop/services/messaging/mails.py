"""E-mails, queued in the transaction of the change and sent by `webshop.workers.mailer`."""

import logging
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from shopnow.email_addresses import mailbox
from webshop.adapters.messaging.mails import add_mail, count_mails
from webshop.domain.accounts.accounts import Account
from webshop.domain.messaging.mails import MAILBOX_LIMITS, Quota, mail_template

log = logging.getLogger(__name__)


def queue_mail(
    connection: Connection,
    template: str,
    *,
    to: str,
    language: str,
    context: dict[str, Any],
    now: datetime,
    quota: Quota | None = None,
) -> None:
    """Queue a mail; it is sent once the transaction has committed, and not if it rolls back.

    With a quota it is left out if its mailbox has had enough of these.

    `context` is JSON: money as decimal strings (see `webshop.domain.messaging.mails` for what each
    template names). Raises ValueError if it lacks something, or there is no such template.
    """
    mail_template(template).check(context)
    whose = mailbox(to) if quota else None
    if quota and whose and _has_enough(connection, whose, quota, now):
        log.warning("left out a mail (%s): its mailbox has had enough of these", template)
        return
    add_mail(
        connection,
        template,
        recipient=to,
        language=language,
        context=context,
        now=now,
        quota=quota,
        mailbox=whose,
    )


def queue_owner_email(
    connection: Connection,
    template: str,
    account: Account,
    now: datetime,
    *,
    quota: Quota | None = None,
    **more: Any,
) -> None:
    """Queue a mail to an account's owner, by name and in their language; `more` is its context."""
    queue_mail(
        connection,
        template,
        to=account.email,
        language=account.language,
        context={"name": account.name, **more},
        now=now,
        quota=quota,
    )


def _has_enough(connection: Connection, whose: str, quota: Quota, now: datetime) -> bool:
    return any(
        count_mails(connection, whose, quota, now - within) >= most
        for most, within in MAILBOX_LIMITS[quota]
    )
