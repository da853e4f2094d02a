"""Recording stock changes: level, ledger and event in one transaction."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from webshop.adapters.catalogue.stock import save_changes
from webshop.adapters.messaging.outbox import write_outbox
from webshop.domain.catalogue.stock import StockChange
from webshop.domain.messaging.events import Event, stock_changed


def record_changes(
    connection: Connection,
    changes: Sequence[StockChange],
    now: datetime,
    *,
    by: str = "system",
    note: str | None = None,
    after: Sequence[Event] = (),
) -> None:
    """Save the changes and a stock_changed event for each; the ledger records who and why.

    `after` are the events of the cause; they are written first.
    Their levels must have been locked in this transaction (`adapters.stock.lock_levels`).
    """
    events = [stock_changed(change, now) for change in changes]
    event_ids = [uuid.UUID(event["event_id"]) for event in events]
    save_changes(connection, changes, event_ids, now, by=by, note=note)
    write_outbox(connection, [*after, *events])
