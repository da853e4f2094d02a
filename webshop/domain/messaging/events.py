"""The shop's events, each built from a change and validated against its contract.

Every function returns a whole event (envelope and payload) and raises
`shopnow.contracts.ContractError` if the event would break its contract.
"""

import uuid
from datetime import datetime
from typing import Any

from shopnow.contracts import make_event
from webshop.domain.catalogue.stock import StockChange
from webshop.domain.money import format_amount
from webshop.domain.ordering.carts import Cart, CartItem
from webshop.domain.ordering.orders import CancelReason, Order
from webshop.domain.ordering.payments import Payment, PaymentStatus
from webshop.domain.ordering.refunds import Refund

SOURCE = "shop"

Event = dict[str, Any]


def _text(value: uuid.UUID | None) -> str | None:
    return None if value is None else str(value)


def _event(event_type: str, payload: dict[str, Any], now: datetime) -> Event:
    return make_event(event_type, payload, source=SOURCE, occurred_at=now)


def _shopper(cart: Cart) -> dict[str, Any]:
    return {
        "cart_id": str(cart.cart_id),
        "session_id": _text(cart.session_id),
        "customer_id": cart.customer_id,
    }


def cart_item_changed(cart: Cart, item: CartItem, quantity: int, now: datetime) -> Event:
    """cart_item_added for a `quantity` above zero, cart_item_removed for one below."""
    payload = _shopper(cart) | {
        "sku": item.sku,
        "quantity": abs(quantity),
        "unit_price": format_amount(item.unit_price),
        "currency": cart.currency,
    }
    return _event("cart_item_added" if quantity > 0 else "cart_item_removed", payload, now)


def checkout_started(cart: Cart, now: datetime) -> Event:
    """The shopper went to pay for a cart."""
    payload = _shopper(cart) | {
        "items_count": cart.items_count,
        "amount": format_amount(cart.total),
        "currency": cart.currency,
    }
    return _event("checkout_started", payload, now)


def order_placed(order: Order, now: datetime) -> Event:
    """An order was accepted and its stock reserved."""
    payload = {
        "order_id": str(order.order_id),
        "order_number": order.order_number,
        "cart_id": _text(order.cart_id),
        "session_id": _text(order.session_id),
        "customer_id": order.customer_id,
        "channel": "web",
        "country": order.recipient.country,
        "currency": order.currency,
        "lines": [
            {
                "line_number": line.line_number,
                "sku": line.sku,
                "product_name": line.product_name,
                "kind": line.kind,
                "quantity": line.quantity,
                "unit_price": format_amount(line.unit_price),
                "amount": format_amount(line.amount),
                "discount_amount": format_amount(line.discount),
            }
            for line in order.lines
        ],
        "gross_amount": format_amount(order.gross),
        "discount_amount": format_amount(order.discount),
        "shipping_amount": format_amount(order.shipping),
        "tax_amount": format_amount(order.tax),
        "total_amount": format_amount(order.total),
    }
    return _event("order_placed", payload, now)


def order_cancelled(order: Order, reason: CancelReason, now: datetime) -> Event:
    """An order was cancelled; if it was paid, order_refunded follows."""
    payload = {
        "order_id": str(order.order_id),
        "order_number": order.order_number,
        "reason": reason,
        "currency": order.currency,
        "total_amount": format_amount(order.total),
    }
    return _event("order_cancelled", payload, now)


def order_refunded(refund: Refund, now: datetime) -> Event:
    """Money went back: `amount` for units, which lowers sales, and `shipping_amount` beside it."""
    payload = {
        "refund_id": str(refund.refund_id),
        "order_id": str(refund.order_id),
        "refund_number": refund.refund_number,
        "customer_id": refund.customer_id,
        "country": refund.country,
        "currency": refund.currency,
        "lines": [
            {
                "line_number": line.line_number,
                "sku": line.sku,
                "product_name": line.product_name,
                "kind": line.kind,
                "quantity": line.quantity,
                "unit_price": format_amount(line.unit_price),
                "amount": format_amount(line.amount),
            }
            for line in refund.lines
        ],
        "amount": format_amount(refund.goods),
        "shipping_amount": format_amount(refund.shipping),
        "reason": refund.reason,
    }
    return _event("order_refunded", payload, now)


def payment_settled(payment: Payment, now: datetime) -> Event:
    """order_paid for a payment that succeeded, payment_failed for one that failed."""
    payload = {
        "order_id": str(payment.order_id),
        "payment_id": str(payment.payment_id),
        "amount": format_amount(payment.amount),
        "currency": payment.currency,
        "method": payment.method,
        "provider": payment.provider,
    }
    if payment.status is PaymentStatus.SUCCEEDED:
        return _event("order_paid", payload, now)
    return _event("payment_failed", payload | {"reason": payment.reason}, now)


def stock_changed(change: StockChange, now: datetime) -> Event:
    """One movement of a product's stock."""
    payload = change.as_movement() | {
        "product_name": change.after.product_name,
        "reorder_point": change.after.reorder_point,
    }
    return _event("stock_changed", payload, now)
