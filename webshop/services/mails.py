"""Telling somebody by mail: queued in the transaction of the change, sent by `webshop.mailer`."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from webshop.adapters.mails import add_mail
from webshop.domain.accounts import Account
from webshop.domain.mails import mail_template


def queue_mail(
    connection: Connection,
    template: str,
    *,
    to: str,
    language: str,
    context: dict[str, Any],
    now: datetime,
) -> None:
    """Queue a mail; it is sent once the transaction has committed, and not if it rolls back.

    `context` is JSON: money as decimal strings (see `webshop.domain.mails` for what each template
    names). Raises ValueError if it lacks something, or there is no such template.
    """
    mail_template(template).check(context)
    add_mail(connection, template, recipient=to, language=language, context=context, now=now)


def tell_owner(
    connection: Connection, template: str, account: Account, now: datetime, **more: Any
) -> None:
    """Queue a mail to an account's owner, by name and in their language; `more` is its context."""
    queue_mail(
        connection,
        template,
        to=account.email,
        language=account.language,
        context={"name": account.name, **more},
        now=now,
    )
