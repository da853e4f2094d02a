"""Checkout, cancellation and expiry: each is one transaction, which the caller opens.

Locks are taken in one order everywhere: cart, order, promotion, then stock by sku.
"""

import logging
import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine

from webshop.adapters.catalogue.stock import lock_levels
from webshop.adapters.messaging.outbox import write_outbox
from webshop.adapters.ordering.orders import (
    add_order,
    get_order,
    lock_expired_order,
    next_order_number,
    save_status,
)
from webshop.adapters.ordering.promotions import remove_use
from webshop.adapters.ordering.refunds import refunded_units
from webshop.domain.catalogue.stock import release, reserve
from webshop.domain.errors import NotFound
from webshop.domain.messaging.events import checkout_started, order_cancelled, order_placed
from webshop.domain.ordering.carts import Cart
from webshop.domain.ordering.orders import CancelReason, Order, OrderStatus, Recipient, place_order
from webshop.domain.ordering.pricing import price_items, require_shipping_method
from webshop.domain.ordering.refunds import units_left
from webshop.services.catalogue.stock import record_changes
from webshop.services.messaging.order_mails import queue_cancelled_email, queue_expired_email
from webshop.services.ordering.promotions import redeem, require_promotion
from webshop.services.ordering.refunds import refund_units

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Purchase:
    """What a shopper asks for at the checkout, beside the cart; `customer_id` is the account's."""

    recipient: Recipient
    shipping_method: str = "standard"
    promotion_code: str | None = None
    customer_id: str | None = None


def require_order(connection: Connection, order_id: uuid.UUID, *, lock: bool = False) -> Order:
    """The web order. Raises NotFound."""
    order = get_order(connection, order_id, lock=lock)
    if order is None:
        raise NotFound("order", order_id)
    return order


def check_out(
    connection: Connection,
    cart: Cart,
    purchase: Purchase,
    now: datetime,
    *,
    by: str = "guest",
    reservation: timedelta,
) -> Order:
    """Turn a cart into an order that waits for its payment, with its stock reserved.

    Unpaid, it keeps its stock for `reservation`. The cart must have been locked by this
    transaction. Raises CartClosed, CartEmpty, CartTooLarge, NotForSale, ShippingUnavailable,
    PromotionRefused or OutOfStock; then nothing has changed.
    """
    cart.require_orderable()
    if purchase.customer_id is not None:
        cart = replace(cart, customer_id=purchase.customer_id)
    recipient = purchase.recipient
    shipping = require_shipping_method(purchase.shipping_method, recipient.country)
    promotion = require_promotion(
        connection, purchase.promotion_code, cart, email=recipient.email, now=now
    )
    number = next_order_number(connection, now)
    order = place_order(
        cart,
        recipient,
        price_items(cart.items, shipping, promotion),
        shipping_method=shipping.code,
        promotion_code=promotion.code if promotion else None,
        order_id=uuid.uuid4(),
        order_number=number,
        now=now,
        reservation=reservation,
    )
    levels = lock_levels(connection, order.stocked_units)
    changes = reserve(levels, order.stocked_units, number)
    add_order(connection, order, by=by)
    redeem(connection, order, now)
    events = [checkout_started(cart, now), order_placed(order, now)]
    record_changes(connection, changes, now, by=by, after=events)
    return order


def cancel(
    connection: Connection,
    order_id: uuid.UUID,
    now: datetime,
    *,
    reason: CancelReason = "customer",
    note: str | None = None,
    by: str = "guest",
) -> Order:
    """Cancel an order that has not been shipped; idempotent.

    If it was paid, the rest is refunded and its units return to stock. Raises
    NotFound or TransitionRefused.
    """
    order = require_order(connection, order_id, lock=True)
    if order.status is OrderStatus.CANCELLED:
        return order
    cancelled = _cancel(connection, order, reason, now, note=note, by=by)
    queue_cancelled_email(connection, cancelled, now, by_staff=reason == "staff")
    return cancelled


def expire_orders(engine: Engine, now: datetime, *, limit: int = 100) -> int:
    """Cancel up to `limit` unpaid orders whose time is over and tell who ordered; return how many.

    One transaction an order, so that one of them never holds the stock locks of many products.
    The row lock and the state machine let only one caller release an order's stock. An order that
    cannot be cancelled now, because somebody holds its stock or for a reason that nobody foresaw,
    is logged and left for the next call: it does not keep the others' stock from being released.
    """
    expired, left = 0, set[uuid.UUID]()
    while expired + len(left) < limit:
        with engine.begin() as connection:
            order = lock_expired_order(connection, now, but=left)
            if order is None:
                break
            try:
                with connection.begin_nested():
                    _expire(connection, order, now)
            except Exception:
                log.exception("order %s cannot be cancelled now", order.order_number)
                left.add(order.order_id)
            else:
                expired += 1
    return expired


def _expire(connection: Connection, order: Order, now: datetime) -> None:
    reason: CancelReason = "expired" if order.holds_stock else "payment_failed"
    cancelled = _cancel(connection, order, reason, now, note=None, by="system")
    queue_expired_email(connection, cancelled, now)


def _cancel(
    connection: Connection,
    order: Order,
    reason: CancelReason,
    now: datetime,
    *,
    note: str | None,
    by: str,
) -> Order:
    cancelled = order.cancelled(now)
    save_status(connection, cancelled, by=by, note=note)
    write_outbox(connection, [order_cancelled(cancelled, reason, now)])
    if order.promotion_code is not None:
        remove_use(connection, order.promotion_code, order.order_id)
    if order.holds_stock:
        levels = lock_levels(connection, order.stocked_units)
        changes = release(levels, order.stocked_units, order.order_number)
        record_changes(connection, changes, now, by=by, note=note)
    if order.is_unpaid:
        return cancelled
    left = units_left(order, refunded_units(connection, order.order_id))
    refund_reason = note or f"cancelled by {reason}"
    cancelled, _ = refund_units(
        connection, cancelled, left, reason=refund_reason, restock=True, by=by, now=now
    )
    return cancelled
