"""Carts: a cart's id is unguessable, and whoever knows it may fill it."""

import uuid
from datetime import timedelta
from typing import Any

from flask import Blueprint
from sqlalchemy import Connection

from webshop.adapters.catalogue import get_products
from webshop.adapters.idempotency import Answer, IdempotentCall, answer_once
from webshop.api.current import now, shop
from webshop.api.schemas import (
    Checkout,
    ItemQuantity,
    NewCart,
    NewItem,
    read_body,
    read_idempotency_key,
)
from webshop.api.tokens import order_token, request_hash
from webshop.api.views import cart_view, order_view
from webshop.domain.carts import Cart
from webshop.domain.orders import Recipient
from webshop.services import carts as service
from webshop.services.orders import check_out

blueprint = Blueprint("carts", __name__)


def _view(connection: Connection, cart: Cart) -> dict[str, Any]:
    return cart_view(cart, get_products(connection, [item.sku for item in cart.items]))


@blueprint.post("/carts")
def open_cart() -> tuple[dict[str, Any], int]:
    """Open an empty cart."""
    body = read_body(NewCart)
    with shop().transaction() as connection:
        cart = service.open_cart(connection, body.session_id, shop().settings.currency)
    return cart_view(cart, {}), 201


@blueprint.get("/carts/<uuid:cart_id>")
def get_cart(cart_id: uuid.UUID) -> dict[str, Any]:
    """A cart at today's prices."""
    with shop().transaction() as connection:
        return _view(connection, service.require_cart(connection, cart_id))


@blueprint.post("/carts/<uuid:cart_id>/items")
def add_item(cart_id: uuid.UUID) -> tuple[dict[str, Any], int]:
    """Put more units of a product into a cart; answers with the cart."""
    body = read_body(NewItem)
    with shop().transaction() as connection:
        cart = service.add_item(connection, cart_id, body.sku, body.quantity, now())
        return _view(connection, cart), 201


@blueprint.put("/carts/<uuid:cart_id>/items/<sku>")
def change_item(cart_id: uuid.UUID, sku: str) -> dict[str, Any]:
    """Set the units of a product in a cart; answers with the cart."""
    body = read_body(ItemQuantity)
    with shop().transaction() as connection:
        # The path is held to the same pattern as a sku in a body.
        item = NewItem(sku=sku, quantity=body.quantity)
        cart = service.change_item(connection, cart_id, item.sku, item.quantity, now())
        return _view(connection, cart)


@blueprint.delete("/carts/<uuid:cart_id>/items/<sku>")
def remove_item(cart_id: uuid.UUID, sku: str) -> dict[str, Any]:
    """Take a product out of a cart; answers with the cart."""
    with shop().transaction() as connection:
        cart = service.change_item(connection, cart_id, NewItem(sku=sku).sku, 0, now())
        return _view(connection, cart)


@blueprint.post("/carts/<uuid:cart_id>/checkout")
def checkout(cart_id: uuid.UUID) -> tuple[dict[str, Any], int]:
    """Turn a cart into an order with reserved stock; needs an Idempotency-Key.

    Answers with the order and its access token. 409 if a product lacks units: nothing is reserved.
    """
    body = read_body(Checkout)
    call = IdempotentCall(
        scope=f"checkout {cart_id}",
        key=read_idempotency_key(),
        request_hash=request_hash(body.model_dump(mode="json")),
    )
    reservation = timedelta(minutes=shop().settings.reservation_minutes)
    recipient = Recipient(body.email, body.name, body.address.model_dump(), body.country)
    with shop().transaction() as connection:
        answer = answer_once(
            connection,
            call,
            lambda: Answer(
                201,
                order_view(
                    check_out(connection, cart_id, recipient, now(), reservation=reservation)
                ),
            ),
        )
    # The token is made again for each answer, so that it is stored nowhere.
    token = order_token(uuid.UUID(answer.body["order_id"]))
    return answer.body | {"access_token": token}, answer.status
