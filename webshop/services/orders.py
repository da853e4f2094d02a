"""Checkout, cancellation and expiry: each is one transaction, which the caller opens.

Locks are taken in one order everywhere: cart, order, then stock by sku.
"""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine

from webshop.adapters.carts import close_cart
from webshop.adapters.orders import (
    add_order,
    get_order,
    lock_expired_order,
    next_order_number,
    save_status,
)
from webshop.adapters.outbox import write_outbox
from webshop.adapters.stock import lock_levels
from webshop.domain.errors import NotFound
from webshop.domain.events import checkout_started, order_cancelled, order_placed
from webshop.domain.orders import (
    RESERVATION,
    CancelReason,
    Order,
    OrderStatus,
    Recipient,
    place_order,
)
from webshop.domain.stock import release, reserve
from webshop.services.carts import require_cart
from webshop.services.stock import record_changes


def require_order(connection: Connection, order_id: uuid.UUID, *, lock: bool = False) -> Order:
    """The web order. Raises NotFound."""
    order = get_order(connection, order_id, lock=lock)
    if order is None:
        raise NotFound("order", order_id)
    return order


def check_out(
    connection: Connection,
    cart_id: uuid.UUID,
    recipient: Recipient,
    now: datetime,
    *,
    reservation: timedelta = RESERVATION,
) -> Order:
    """Turn a cart into an order that waits for its payment, with its stock reserved.

    Raises NotFound, CartClosed, CartEmpty, NotForSale or OutOfStock; then nothing has changed.
    """
    cart = require_cart(connection, cart_id, lock=True)
    cart.require_orderable()
    number = next_order_number(connection, now)
    order = place_order(
        cart,
        recipient,
        order_id=uuid.uuid4(),
        order_number=number,
        now=now,
        reservation=reservation,
    )
    levels = lock_levels(connection, order.stocked_units)
    changes = reserve(levels, order.stocked_units, number)
    add_order(connection, order)
    close_cart(connection, cart_id)
    write_outbox(connection, [checkout_started(cart, now), order_placed(order, now)])
    record_changes(connection, changes, now)
    return order


def cancel(connection: Connection, order_id: uuid.UUID, now: datetime) -> Order:
    """Call off an unpaid order for its customer; a second call changes nothing.

    Raises NotFound or TransitionRefused.
    """
    order = require_order(connection, order_id, lock=True)
    if order.status is OrderStatus.CANCELLED:
        return order
    return _call_off(connection, order, "customer", now)


def expire_orders(engine: Engine, now: datetime, *, limit: int = 100) -> int:
    """Cancel up to `limit` unpaid orders whose time is over; return how many.

    One transaction an order, so that one of them never holds the stock locks of many products.
    The row lock and the state machine let only one caller release an order's stock.
    """
    for count in range(limit):
        with engine.begin() as connection:
            order = lock_expired_order(connection, now)
            if order is None:
                return count
            _call_off(connection, order, "expired" if order.holds_stock else "payment_failed", now)
    return limit


def _call_off(connection: Connection, order: Order, reason: CancelReason, now: datetime) -> Order:
    cancelled = order.cancelled(now)
    save_status(connection, cancelled)
    write_outbox(connection, [order_cancelled(cancelled, reason, now)])
    if order.holds_stock:
        levels = lock_levels(connection, order.stocked_units)
        record_changes(connection, release(levels, order.stocked_units, order.order_number), now)
    return cancelled
