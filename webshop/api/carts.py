"""Carts: a guest's is for whoever knows its unguessable id, an account's for that account."""

import uuid
from typing import Any

from apiflask import APIBlueprint
from sqlalchemy import Connection

from webshop.adapters.catalogue import get_products
from webshop.adapters.idempotency import Answer, IdempotentCall, answer_once
from webshop.api import answers
from webshop.api.access import customer_id, require_cart_access
from webshop.api.current import now, shop
from webshop.api.openapi import refusals
from webshop.api.schemas import (
    Checkout,
    IdempotencyKey,
    ItemQuantity,
    NewCart,
    NewItem,
)
from webshop.api.tokens import order_token, request_hash
from webshop.api.views import cart_view, order_view
from webshop.domain.carts import Cart
from webshop.domain.errors import (
    CartClosed,
    CartEmpty,
    IdempotencyConflict,
    NotForSale,
    NotFound,
    OutOfStock,
    QuantityTooLarge,
)
from webshop.domain.orders import Recipient
from webshop.services import carts as service
from webshop.services.orders import check_out

blueprint = APIBlueprint(
    "carts", __name__, tag={"name": "Carts", "description": "From the first item to the order."}
)

_CHANGES = refusals(NotFound, CartClosed, NotForSale, QuantityTooLarge)


def _view(connection: Connection, cart: Cart) -> dict[str, Any]:
    return cart_view(cart, get_products(connection, [item.sku for item in cart.items]))


@blueprint.post("/carts")
@blueprint.input(NewCart)
@blueprint.output(answers.Cart, status_code=201)
def open_cart(json_data: NewCart) -> dict[str, Any]:
    """Open an empty cart; an account gets the cart that it fills already."""
    with shop().transaction() as connection:
        cart = service.open_cart(
            connection, json_data.session_id, shop().settings.currency, customer_id()
        )
        return _view(connection, cart)


@blueprint.get("/carts/<uuid:cart_id>")
@blueprint.output(answers.Cart)
def get_cart(cart_id: uuid.UUID) -> dict[str, Any]:
    """A cart at today's prices."""
    with shop().transaction() as connection:
        require_cart_access(connection, cart_id)
        return _view(connection, service.require_cart(connection, cart_id))


@blueprint.post("/carts/<uuid:cart_id>/items")
@blueprint.input(NewItem)
@blueprint.output(answers.Cart, status_code=201)
@blueprint.doc(responses=_CHANGES)
def add_item(cart_id: uuid.UUID, json_data: NewItem) -> dict[str, Any]:
    """Put more units of a product into a cart; answers with the cart."""
    with shop().transaction() as connection:
        require_cart_access(connection, cart_id)
        cart = service.add_item(connection, cart_id, json_data.sku, json_data.quantity, now())
        return _view(connection, cart)


@blueprint.put("/carts/<uuid:cart_id>/items/<sku>")
@blueprint.input(ItemQuantity)
@blueprint.output(answers.Cart)
@blueprint.doc(responses=_CHANGES)
def change_item(cart_id: uuid.UUID, sku: str, json_data: ItemQuantity) -> dict[str, Any]:
    """Set the units of a product in a cart; answers with the cart."""
    with shop().transaction() as connection:
        require_cart_access(connection, cart_id)
        # The path is held to the same pattern as a sku in a body.
        item = NewItem(sku=sku, quantity=json_data.quantity)
        cart = service.change_item(connection, cart_id, item.sku, item.quantity, now())
        return _view(connection, cart)


@blueprint.delete("/carts/<uuid:cart_id>/items/<sku>")
@blueprint.output(answers.Cart)
@blueprint.doc(responses=_CHANGES)
def remove_item(cart_id: uuid.UUID, sku: str) -> dict[str, Any]:
    """Take a product out of a cart; answers with the cart."""
    with shop().transaction() as connection:
        require_cart_access(connection, cart_id)
        cart = service.change_item(connection, cart_id, NewItem(sku=sku).sku, 0, now())
        return _view(connection, cart)


@blueprint.post("/carts/<uuid:cart_id>/checkout")
@blueprint.input(IdempotencyKey, location="headers")
@blueprint.input(Checkout)
@blueprint.output(answers.PlacedOrder, status_code=201)
@blueprint.doc(
    responses=refusals(NotFound, OutOfStock, NotForSale, CartClosed, CartEmpty, IdempotencyConflict)
)
def checkout(
    cart_id: uuid.UUID, json_data: Checkout, headers_data: IdempotencyKey
) -> tuple[dict[str, Any], int]:
    """Turn a cart into an order with reserved stock; needs an Idempotency-Key.

    Answers with the order and its access token. 409 if a product lacks units: nothing is reserved.
    """
    call = IdempotentCall(
        scope=f"checkout {cart_id}",
        key=headers_data.idempotency_key,
        request_hash=request_hash(json_data.model_dump(mode="json")),
    )
    recipient = Recipient(
        json_data.email, json_data.name, json_data.address.model_dump(), json_data.country
    )
    with shop().transaction() as connection:
        require_cart_access(connection, cart_id)
        answer = answer_once(
            connection,
            call,
            lambda: Answer(201, order_view(check_out(connection, cart_id, recipient, now()))),
        )
    # The token is made again for each answer, so that it is stored nowhere.
    token = order_token(uuid.UUID(answer.body["order_id"]))
    return answer.body | {"access_token": token}, answer.status
