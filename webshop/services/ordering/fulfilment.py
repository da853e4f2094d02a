"""What staff do with an order: ship or cancel it."""

import uuid
from datetime import datetime

from sqlalchemy import Connection

from webshop.adapters.audit import Action, Change, write_audit
from webshop.adapters.ordering.orders import save_status
from webshop.domain.ordering.orders import Order
from webshop.services.messaging.order_mails import queue_shipped_email
from webshop.services.ordering.orders import cancel, require_order


def ship(
    connection: Connection,
    order_id: uuid.UUID,
    tracking: str | None,
    *,
    by: str,
    now: datetime,
) -> Order:
    """Ship a paid order. Raises NotFound or TransitionRefused."""
    order = require_order(connection, order_id, lock=True)
    shipped = order.shipped(now, tracking)
    save_status(connection, shipped, by=by, note=tracking)
    _audit(connection, "order.ship", order, shipped, tracking, by, now)
    queue_shipped_email(connection, shipped, now)
    return shipped


def cancel_for_staff(
    connection: Connection, order_id: uuid.UUID, reason: str, *, by: str, now: datetime
) -> Order:
    """Cancel an order that has not been shipped. Raises NotFound or TransitionRefused."""
    order = require_order(connection, order_id, lock=True)
    cancelled = cancel(connection, order_id, now, reason="staff", note=reason, by=by)
    if cancelled.status is not order.status:
        _audit(connection, "order.cancel", order, cancelled, reason, by, now)
    return cancelled


def _audit(
    connection: Connection,
    action: Action,
    before: Order,
    after: Order,
    note: str | None,
    by: str,
    now: datetime,
) -> None:
    change = Change(
        by,
        action,
        f"order {after.order_number}",
        before={"status": before.status},
        after={"status": after.status, "note": note},
    )
    write_audit(connection, change, now)
