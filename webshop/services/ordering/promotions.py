"""Promotion codes: checked at the quote, redeemed at the checkout, created by staff."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from webshop.adapters.audit import Change, write_audit
from webshop.adapters.ordering import promotions as adapter
from webshop.domain.errors import AlreadyExists, PromotionRefused
from webshop.domain.ordering.carts import Cart
from webshop.domain.ordering.orders import Order
from webshop.domain.ordering.promotions import Promotion, Refusal, normal_code


def find_promotion(
    connection: Connection,
    code: str,
    cart: Cart,
    *,
    email: str | None,
    now: datetime,
    lock: bool = False,
) -> tuple[Promotion | None, Refusal | None]:
    """The promotion of a code if it holds for this cart, else why it does not.

    `email` is None while it is unknown. With `lock`, the promotion stays as it is
    until the commit, so that what was found to hold still does when its use is counted.
    """
    promotion = adapter.get_promotion(connection, normal_code(code), lock=lock)
    if promotion is None:
        return None, "unknown"
    used = adapter.used_before(connection, promotion.code, email, cart.customer_id)
    refusal = promotion.refusal(cart.total, now, used_before=used)
    return (promotion, None) if refusal is None else (None, refusal)


def require_promotion(
    connection: Connection, code: str | None, cart: Cart, *, email: str, now: datetime
) -> Promotion | None:
    """The promotion of a checkout, locked; None without a code. Raises PromotionRefused."""
    if code is None:
        return None
    promotion, refusal = find_promotion(connection, code, cart, email=email, now=now, lock=True)
    if refusal is not None:
        raise PromotionRefused(normal_code(code), refusal)
    return promotion


def redeem(connection: Connection, order: Order, now: datetime) -> None:
    """Redeem the order's promotion, if it has one; this transaction has locked it."""
    if order.promotion_code is not None:
        adapter.add_use(
            connection,
            order.promotion_code,
            order_id=order.order_id,
            email=order.recipient.email,
            customer_id=order.customer_id,
            used_at=now,
        )


def list_promotions(connection: Connection) -> Sequence[Promotion]:
    """Every promotion, the newest first."""
    return adapter.list_promotions(connection)


def create_promotion(
    connection: Connection, promotion: Promotion, *, by: str, now: datetime
) -> None:
    """Make a new code. Raises AlreadyExists."""
    if not adapter.add_promotion(connection, promotion):
        raise AlreadyExists("promotion", promotion.code)
    after = {
        name: value if value is None or isinstance(value, (bool, int)) else str(value)
        for name, value in vars(promotion).items()
    }
    change = Change(by, "promotion.create", f"promotion {promotion.code}", after=after)
    write_audit(connection, change, now)
