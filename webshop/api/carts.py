"""Carts: a cart's id is unguessable, and whoever knows it may fill it."""

import uuid
from typing import Any

from flask import Blueprint, request
from sqlalchemy import Connection

from webshop.adapters.catalogue import get_products
from webshop.adapters.idempotency import Answer, IdempotentCall, answer_once
from webshop.api.access import actor, current_account, require_cart_access
from webshop.api.current import now, shop
from webshop.api.order_records import PromotionRecord, new_order_view
from webshop.api.records import Money, Record
from webshop.api.schemas import (
    Checkout,
    ItemQuantity,
    NewCart,
    NewItem,
    QuoteRequest,
    ShippingQuery,
    read_body,
    read_idempotency_key,
)
from webshop.api.tokens import order_token, request_hash
from webshop.api.views import cart_view
from webshop.domain.carts import Cart
from webshop.domain.orders import Recipient
from webshop.domain.pricing import price_items, require_shipping_method, shipping_methods
from webshop.domain.promotions import Refusal
from webshop.services import carts as service
from webshop.services.orders import Purchase, check_out
from webshop.services.promotions import find_promotion

blueprint = Blueprint("carts", __name__)


class ShippingRecord(Record):
    """A way to get an order; free from goods of `free_from` after discount, unless that is null."""

    code: str
    label_fr: str
    label_en: str
    price: Money
    free_from: Money | None
    days_min: int
    days_max: int


class QuoteRecord(Record):
    """What a cart would cost; `vat_included` is contained in the total."""

    gross: Money
    discount: Money
    shipping: Money
    vat_included: Money
    total: Money
    currency: str
    promotion: PromotionRecord | None
    promotion_refused: Refusal | None


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


@blueprint.get("/shipping-methods")
def list_shipping_methods() -> dict[str, Any]:
    """The ways to get an order to a country; none if the shop does not deliver there."""
    query = ShippingQuery.model_validate(request.args.to_dict())
    found = shipping_methods(query.country)
    return {"items": [ShippingRecord.model_validate(method).as_json() for method in found]}


@blueprint.post("/carts/<uuid:cart_id>/quote")
def quote(cart_id: uuid.UUID) -> dict[str, Any]:
    """What a cart would cost; reserves nothing. A code that does not hold says why."""
    body = read_body(QuoteRequest)
    shipping = require_shipping_method(body.shipping_method, body.country)
    account = current_account()
    promotion, refusal = None, None
    with shop().transaction() as connection:
        require_cart_access(connection, cart_id)
        cart = service.require_cart(connection, cart_id)
        if body.promo_code is not None:
            email = account.email if account else None
            promotion, refusal = find_promotion(
                connection, body.promo_code, cart, email=email, now=now()
            )
    price = price_items(cart.items, shipping, promotion)
    return QuoteRecord(
        gross=price.gross,
        discount=price.discount,
        shipping=price.shipping,
        vat_included=price.vat,
        total=price.total,
        currency=cart.currency,
        promotion=PromotionRecord.model_validate(promotion) if promotion else None,
        promotion_refused=refusal,
    ).as_json()


@blueprint.post("/carts/<uuid:cart_id>/checkout")
def checkout(cart_id: uuid.UUID) -> tuple[dict[str, Any], int]:
    """Turn a cart into an order with reserved stock; needs an Idempotency-Key.

    Answers with the order and its access token. 409 if a product lacks units or the code does not
    hold: nothing is reserved. The price is the server's; a body that names one is refused.
    """
    body = read_body(Checkout)
    call = IdempotentCall(
        scope=f"checkout {cart_id}",
        key=read_idempotency_key(),
        request_hash=request_hash(body.model_dump(mode="json")),
    )
    with shop().transaction() as connection:
        answer = answer_once(
            connection, call, lambda: Answer(201, _place(connection, cart_id, body))
        )
    # The token is made again for each answer, so that it is stored nowhere.
    token = order_token(uuid.UUID(answer.body["order_id"]))
    return answer.body | {"access_token": token}, answer.status


def _place(connection: Connection, cart_id: uuid.UUID, body: Checkout) -> dict[str, Any]:
    account = current_account()
    purchase = Purchase(
        recipient=Recipient(
            body.email,
            body.name,
            body.address.model_dump(),
            body.country,
            body.phone,
            body.language,
        ),
        shipping_method=body.shipping_method,
        promotion_code=body.promo_code,
        customer_id=account.customer_id if account else None,
    )
    order = check_out(connection, cart_id, purchase, now(), by=actor())
    return new_order_view(connection, order, actor())
