"""Returns: asked for by the customer, decided and received by staff.

The order's row lock guards its returns too: it is taken before a return is looked at.
"""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from webshop.adapters.audit import Action, Change, write_audit
from webshop.adapters.ordering.orders import get_order
from webshop.adapters.ordering.refunds import refunded_units
from webshop.adapters.ordering.returns import add_return, get_return, open_units, save_return
from webshop.domain.errors import NotFound
from webshop.domain.ordering.orders import Order
from webshop.domain.ordering.refunds import Refund, require_units, units_left
from webshop.domain.ordering.returns import Return, ReturnStatus
from webshop.services.messaging.order_mails import queue_refunded_email, queue_return_accepted_email
from webshop.services.ordering.refunds import refund_units

#: What staff did to a return, by its status afterwards.
_ACTIONS: Mapping[ReturnStatus, Action] = {
    ReturnStatus.ACCEPTED: "return.accept",
    ReturnStatus.REFUSED: "return.refuse",
    ReturnStatus.RECEIVED: "return.receive",
}


def request_return(
    connection: Connection,
    order_id: uuid.UUID,
    units: Mapping[int, int],
    reason: str,
    now: datetime,
) -> Return:
    """Ask to send units of a shipped order back, by line number.

    Raises NotFound, TransitionRefused (not shipped) or TooManyUnits: units that were paid back or
    are on their way cannot be asked back again.
    """
    order = _locked_order(connection, order_id)
    order.require_returnable()
    require_units(order, returnable_units(connection, order), units)
    wanted = Return(uuid.uuid4(), order_id, ReturnStatus.REQUESTED, reason, dict(units), now)
    add_return(connection, wanted)
    return wanted


def returnable_units(connection: Connection, order: Order) -> dict[int, int]:
    """Units of each line that are neither paid back nor on their way."""
    left = units_left(order, refunded_units(connection, order.order_id))
    units_in_return = open_units(connection, order.order_id)
    return {number: count - units_in_return.get(number, 0) for number, count in left.items()}


def decide_return(
    connection: Connection,
    return_id: uuid.UUID,
    status: ReturnStatus,
    *,
    note: str | None,
    by: str,
    now: datetime,
) -> tuple[Order, Return]:
    """Accept or refuse a return. Raises NotFound or ReturnRefused."""
    order, before = _locked_return(connection, return_id)
    after = before.decided(status, now)
    save_return(connection, after)
    _audit(connection, before, after, {"note": note}, by, now)
    if status is ReturnStatus.ACCEPTED:
        queue_return_accepted_email(connection, order, after, now)
    return order, after


def receive_return(
    connection: Connection, return_id: uuid.UUID, *, restock: bool, by: str, now: datetime
) -> tuple[Order, Return, Refund]:
    """Receive an accepted return and refund it; `restock` returns its units to stock.

    Raises NotFound, ReturnRefused or TransitionRefused.
    """
    order, before = _locked_return(connection, return_id)
    received = before.received(now)
    order, refund = refund_units(
        connection, order, before.units, reason=before.reason, restock=restock, by=by, now=now
    )
    after = replace(received, refund_id=refund.refund_id)
    save_return(connection, after)
    details = {"refund_number": refund.refund_number, "restock": restock}
    _audit(connection, before, after, details, by, now)
    queue_refunded_email(connection, order, refund, now)
    return order, after, refund


def _locked_order(connection: Connection, order_id: uuid.UUID) -> Order:
    order = get_order(connection, order_id, lock=True)
    if order is None:
        raise NotFound("order", order_id)
    return order


def _locked_return(connection: Connection, return_id: uuid.UUID) -> tuple[Order, Return]:
    found = get_return(connection, return_id)
    if found is None:
        raise NotFound("return", return_id)
    order = _locked_order(connection, found.order_id)
    locked = get_return(connection, return_id)
    if locked is None:
        raise NotFound("return", return_id)
    return order, locked


def _audit(
    connection: Connection,
    before: Return,
    after: Return,
    more: Mapping[str, object],
    by: str,
    now: datetime,
) -> None:
    change = Change(
        by,
        _ACTIONS[after.status],
        f"return {after.return_id}",
        before={"status": before.status},
        after={"status": after.status, **more},
    )
    write_audit(connection, change, now)
