"""Carts and their items; prices are joined from the catalogue, never stored with the cart."""

import uuid

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from webshop.adapters.catalogue.for_sale import FOR_SALE
from webshop.adapters.tables import cart_items, carts, customers, products
from webshop.domain.ordering.carts import Cart, CartItem

# Built once: making a statement takes longer than running it.
_CART = select(carts).where(carts.c.cart_id == bindparam("of_cart"))
_LOCKED_CART = _CART.with_for_update()
_ITEMS = (
    select(
        products.c.sku,
        products.c.name,
        products.c.kind,
        cart_items.c.quantity,
        products.c.price,
        FOR_SALE,
        products.c.vat_rate,
    )
    .join(products, products.c.sku == cart_items.c.sku)
    .where(cart_items.c.cart_id == bindparam("of_cart"))
    .order_by(cart_items.c.added_at, cart_items.c.sku)
)
_TOUCH = update(carts).where(carts.c.cart_id == bindparam("of_cart")).values(updated_at=func.now())
_MERGED = _TOUCH.values(status="merged")


def add_cart(connection: Connection, cart: Cart) -> None:
    """Store a new, empty cart."""
    connection.execute(
        insert(carts).values(
            cart_id=cart.cart_id,
            session_id=cart.session_id,
            customer_id=cart.customer_id,
            currency=cart.currency,
            status=cart.status,
        )
    )


def lock_customer(connection: Connection, customer_id: str) -> None:
    """Let one call at a time decide which cart is the customer's open one, until the commit."""
    # "No key": orders that name the customer do not wait for it.
    connection.execute(
        select(customers.c.customer_id)
        .where(customers.c.customer_id == customer_id)
        .with_for_update(key_share=True)
    )


def find_open_cart(connection: Connection, customer_id: str) -> uuid.UUID | None:
    """The id of the cart that an account fills, None if it fills none."""
    return connection.execute(
        select(carts.c.cart_id).where(carts.c.customer_id == customer_id, carts.c.status == "open")
    ).scalar_one_or_none()


def claim_cart(connection: Connection, cart_id: uuid.UUID, customer_id: str) -> None:
    """Make a guest's cart an account's."""
    connection.execute(
        update(carts).where(carts.c.cart_id == cart_id).values(customer_id=customer_id)
    )


def get_cart(connection: Connection, cart_id: uuid.UUID, *, lock: bool = False) -> Cart | None:
    """The cart with its items, None if there is none; `lock` holds it until the commit."""
    of_cart = {"of_cart": cart_id}
    row = connection.execute(_LOCKED_CART if lock else _CART, of_cart).one_or_none()
    if row is None:
        return None
    items = connection.execute(_ITEMS, of_cart)
    return Cart(
        cart_id=row.cart_id,
        session_id=row.session_id,
        customer_id=row.customer_id,
        currency=row.currency,
        status=row.status,
        items=tuple(CartItem(*item) for item in items),
    )


def set_quantity(connection: Connection, cart_id: uuid.UUID, sku: str, quantity: int) -> None:
    """Set the units of one product in a cart; 0 takes it out."""
    if quantity == 0:
        statement = delete(cart_items).where(
            cart_items.c.cart_id == cart_id, cart_items.c.sku == sku
        )
        connection.execute(statement)
    else:
        row = upsert(cart_items).values(cart_id=cart_id, sku=sku, quantity=quantity)
        connection.execute(
            row.on_conflict_do_update(
                index_elements=[cart_items.c.cart_id, cart_items.c.sku],
                set_={"quantity": row.excluded.quantity},
            )
        )
    connection.execute(_TOUCH, {"of_cart": cart_id})


def close_merged_cart(connection: Connection, cart_id: uuid.UUID) -> None:
    """Mark a cart as having become part of another one."""
    connection.execute(_MERGED, {"of_cart": cart_id})
