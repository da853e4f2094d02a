"""The audit log: what staff changed, and which accounts went, in the transaction of the change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, select

from webshop.adapters.tables import audit

#: What was done; the staff's journal has a text for each.
Action = Literal[
    "order.ship",
    "order.cancel",
    "order.refund",
    "return.accept",
    "return.refuse",
    "return.receive",
    "product.create",
    "product.change",
    "promotion.create",
    "stock.restock",
    "stock.count",
    "account.role",
    "account.second_factor",
    "account.delete",
    "mail.retry",
]


@dataclass(frozen=True)
class Change:
    """One change: what was done to what, and how it looked before and after (JSON)."""

    actor: str
    action: Action
    subject: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


def write_audit(connection: Connection, change: Change, now: datetime) -> None:
    """Add a line; none can be changed or taken away again."""
    connection.execute(insert(audit).values(at=now, **vars(change)))


def find_audit(connection: Connection, *, before: int | None, limit: int) -> Sequence[Row[Any]]:
    """Up to `limit` lines, newest first, of entry numbers below `before`."""
    statement = select(audit)
    if before is not None:
        statement = statement.where(audit.c.entry < before)
    return connection.execute(statement.order_by(audit.c.entry.desc()).limit(limit)).all()
