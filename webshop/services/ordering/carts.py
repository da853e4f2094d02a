"""Filling a cart. Each change and its event are one transaction, which the caller opens."""

import uuid
from datetime import datetime

from sqlalchemy import Connection

from webshop.adapters.catalogue.catalogue import get_products
from webshop.adapters.messaging.outbox import write_outbox
from webshop.adapters.ordering.carts import (
    add_cart,
    claim_cart,
    close_merged_cart,
    find_open_cart,
    get_cart,
    lock_customer,
    set_quantity,
)
from webshop.domain.errors import CartTooLarge, NotForSale, NotFound, QuantityTooLarge
from webshop.domain.messaging.events import cart_item_changed
from webshop.domain.ordering.carts import LARGEST_QUANTITY, MOST_PRODUCTS, Cart, CartItem


def open_cart(
    connection: Connection,
    session_id: uuid.UUID | None,
    currency: str,
    customer_id: str | None = None,
) -> Cart:
    """A new, empty cart for a guest; for an account the cart that it fills already, if it has one.

    So that an account has one open cart on all its devices.
    """
    if customer_id is not None:
        lock_customer(connection, customer_id)
        present = find_open_cart(connection, customer_id)
        if present is not None:
            return require_cart(connection, present)
    cart = Cart(uuid.uuid4(), session_id, customer_id, currency, "open")
    add_cart(connection, cart)
    return cart


def merge_carts(
    connection: Connection, guest_cart_id: uuid.UUID | None, customer_id: str, now: datetime
) -> uuid.UUID | None:
    """At login: what a guest has put into a cart goes to the account's; return the account's cart.

    None if neither has one. Units add up to the largest quantity of a cart line. A guest cart that
    is missing, closed or somebody else's is left alone, for a login must not fail over it.
    """
    lock_customer(connection, customer_id)
    own_id = find_open_cart(connection, customer_id)
    if guest_cart_id is None or guest_cart_id == own_id:
        return own_id
    # By id, so that two logins with each other's carts cannot wait for one another.
    locked = {
        cart_id: get_cart(connection, cart_id, lock=True)
        for cart_id in sorted(filter(None, (guest_cart_id, own_id)))
    }
    guest = locked[guest_cart_id]
    if guest is None or guest.status != "open" or guest.customer_id is not None:
        return own_id
    own = locked[own_id] if own_id is not None else None
    if own is None or own.status != "open":
        claim_cart(connection, guest.cart_id, customer_id)
        return guest.cart_id
    for item in guest.items:
        present = own.item(item.sku)
        before = present.quantity if present else 0
        quantity = min(before + item.quantity, LARGEST_QUANTITY)
        if quantity > before:
            set_quantity(connection, own.cart_id, item.sku, quantity)
            write_outbox(connection, [cart_item_changed(own, item, quantity - before, now)])
    close_merged_cart(connection, guest.cart_id)
    return own.cart_id


def require_cart(connection: Connection, cart_id: uuid.UUID, *, lock: bool = False) -> Cart:
    """The cart. Raises NotFound."""
    cart = get_cart(connection, cart_id, lock=lock)
    if cart is None:
        raise NotFound("cart", cart_id)
    return cart


def add_item(connection: Connection, cart: Cart, sku: str, quantity: int, now: datetime) -> Cart:
    """Put `quantity` more units of a product into a cart, which this transaction has locked.

    Returns the new cart. Raises NotFound (product), NotForSale, CartClosed, CartTooLarge,
    QuantityTooLarge.
    """
    present = cart.item(sku)
    return change_item(connection, cart, sku, quantity + (present.quantity if present else 0), now)


def change_item(connection: Connection, cart: Cart, sku: str, quantity: int, now: datetime) -> Cart:
    """Set the units of a product in a cart (0 takes it out), which this transaction has locked.

    Returns the new cart. Raises NotFound (product), NotForSale (for more units of one that was
    taken off sale), CartClosed, CartTooLarge, QuantityTooLarge.
    """
    cart.require_open()
    if quantity > LARGEST_QUANTITY:
        raise QuantityTooLarge(sku, LARGEST_QUANTITY)
    item = cart.item(sku)
    delta = quantity - (item.quantity if item else 0)
    if item is None:
        if len(cart.items) >= MOST_PRODUCTS:
            raise CartTooLarge(MOST_PRODUCTS)
        product = get_products(connection, [sku]).get(sku)
        if product is None:
            raise NotFound("product", sku)
        item = CartItem(sku, product.name, "product", quantity, product.price)
    if delta == 0:
        return cart
    if delta > 0 and not item.for_sale:
        raise NotForSale(sku)
    set_quantity(connection, cart.cart_id, sku, quantity)
    write_outbox(connection, [cart_item_changed(cart, item, delta, now)])
    return require_cart(connection, cart.cart_id)
