"""Mails that could not be delivered: staff see them, and put them into the queue again."""

import uuid
from datetime import datetime

from sqlalchemy import Connection

from webshop.adapters.audit import Change, write_audit
from webshop.adapters.messaging.mails import find_failed, retry_failed
from webshop.domain.errors import NotFound

__all__ = ["find_failed", "retry_mail"]


def retry_mail(connection: Connection, mail_id: uuid.UUID, *, by: str, now: datetime) -> None:
    """Put a failed mail into the queue again. Raises NotFound unless it has failed."""
    mail = retry_failed(connection, mail_id, now)
    if mail is None:
        raise NotFound("failed mail", mail_id)
    change = Change(by, "mail.retry", f"mail {mail_id}", after={"template": mail.template})
    write_audit(connection, change, now)
