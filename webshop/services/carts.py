"""Filling a cart. Each change and its event are one transaction, which the caller opens."""

import uuid
from datetime import datetime

from sqlalchemy import Connection

from webshop.adapters.carts import add_cart, get_cart, set_quantity
from webshop.adapters.catalogue import get_products
from webshop.adapters.outbox import write_outbox
from webshop.domain.carts import LARGEST_QUANTITY, Cart, CartItem
from webshop.domain.errors import NotFound, QuantityTooLarge
from webshop.domain.events import cart_item_changed


def open_cart(connection: Connection, session_id: uuid.UUID | None, currency: str) -> Cart:
    """A new, empty cart."""
    cart = Cart(uuid.uuid4(), session_id, None, currency, "open")
    add_cart(connection, cart)
    return cart


def require_cart(connection: Connection, cart_id: uuid.UUID, *, lock: bool = False) -> Cart:
    """The cart. Raises NotFound."""
    cart = get_cart(connection, cart_id, lock=lock)
    if cart is None:
        raise NotFound("cart", cart_id)
    return cart


def add_item(
    connection: Connection, cart_id: uuid.UUID, sku: str, quantity: int, now: datetime
) -> Cart:
    """Put `quantity` more units of a product into a cart; return the cart.

    Raises NotFound (cart or product), CartClosed, QuantityTooLarge.
    """
    cart = require_cart(connection, cart_id, lock=True)
    present = cart.item(sku)
    return _set_item(connection, cart, sku, quantity + (present.quantity if present else 0), now)


def change_item(
    connection: Connection, cart_id: uuid.UUID, sku: str, quantity: int, now: datetime
) -> Cart:
    """Set the units of a product in a cart (0 takes it out); return the cart.

    Raises NotFound (cart or product), CartClosed, QuantityTooLarge.
    """
    cart = require_cart(connection, cart_id, lock=True)
    return _set_item(connection, cart, sku, quantity, now)


def _set_item(connection: Connection, cart: Cart, sku: str, quantity: int, now: datetime) -> Cart:
    cart.require_open()
    if quantity > LARGEST_QUANTITY:
        raise QuantityTooLarge(sku, LARGEST_QUANTITY)
    item = cart.item(sku)
    delta = quantity - (item.quantity if item else 0)
    if item is None:
        product = get_products(connection, [sku]).get(sku)
        if product is None:
            raise NotFound("product", sku)
        item = CartItem(sku, product.name, "product", quantity, product.price)
    if delta == 0:
        return cart
    set_quantity(connection, cart.cart_id, sku, quantity)
    write_outbox(connection, [cart_item_changed(cart, item, delta, now)])
    return require_cart(connection, cart.cart_id)
