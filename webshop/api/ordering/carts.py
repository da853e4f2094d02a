"""Carts: a guest's for anyone who knows its unguessable id, an account's for that account."""

import uuid
from typing import Any

from apiflask import APIBlueprint
from sqlalchemy import Connection

from webshop.api import responses
from webshop.api.http.access import actor, callers_cart, current_account, customer_id
from webshop.api.http.current import now, shop
from webshop.api.http.openapi import refusals
from webshop.api.http.tokens import order_token, request_hash
from webshop.api.ordering.order_records import PlacedOrderRecord, PromotionRecord, new_order_view
from webshop.api.records import Money, Record
from webshop.api.schemas import (
    Checkout,
    IdempotencyKey,
    ItemQuantity,
    LanguageQuery,
    NewCart,
    NewItem,
    QuoteRequest,
    ShippingQuery,
)
from webshop.api.views import cart_view
from webshop.domain.errors import (
    CartClosed,
    CartEmpty,
    CartTooLarge,
    IdempotencyConflict,
    NotForSale,
    NotFound,
    OutOfStock,
    PromotionRefused,
    QuantityTooLarge,
    ShippingUnavailable,
)
from webshop.domain.ordering.carts import Cart
from webshop.domain.ordering.orders import Recipient
from webshop.domain.ordering.pricing import (
    ShippingCode,
    price_items,
    require_shipping_method,
    shipping_methods,
)
from webshop.domain.ordering.promotions import Refusal
from webshop.services.catalogue.queries import products_of_cart
from webshop.services.idempotency import IdempotentCall, StoredResponse, respond_once
from webshop.services.ordering import carts as service
from webshop.services.ordering.orders import Purchase, check_out
from webshop.services.ordering.promotions import find_promotion

blueprint = APIBlueprint(
    "carts", __name__, tag={"name": "Carts", "description": "From the first item to the order."}
)

_CHANGES = refusals(NotFound, CartClosed, CartTooLarge, NotForSale, QuantityTooLarge)


class ShippingRecord(Record):
    """A way to get an order; free from goods of `free_from` after discount, unless that is null."""

    code: ShippingCode
    label_fr: str
    label_en: str
    price: Money
    free_from: Money | None
    days_min: int
    days_max: int


class ShippingRecords(Record):
    """The ways to get an order to a country."""

    items: list[ShippingRecord]


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


def _view(connection: Connection, cart: Cart, query: LanguageQuery) -> dict[str, Any]:
    return cart_view(cart, products_of_cart(connection, cart.cart_id), query.lang)


@blueprint.post("/carts")
@blueprint.input(NewCart)
@blueprint.input(LanguageQuery, location="query")
@blueprint.output(responses.Cart, status_code=201)
def open_cart(json_data: NewCart, query_data: LanguageQuery) -> dict[str, Any]:
    """Open an empty cart; an account gets the cart that it fills already."""
    with shop().transaction() as connection:
        cart = service.open_cart(
            connection, json_data.session_id, shop().settings.currency, customer_id()
        )
        return _view(connection, cart, query_data)


@blueprint.get("/carts/<uuid:cart_id>")
@blueprint.input(LanguageQuery, location="query")
@blueprint.output(responses.Cart)
def get_cart(cart_id: uuid.UUID, query_data: LanguageQuery) -> dict[str, Any]:
    """A cart at today's prices."""
    with shop().transaction() as connection:
        return _view(connection, callers_cart(connection, cart_id), query_data)


@blueprint.post("/carts/<uuid:cart_id>/items")
@blueprint.input(NewItem)
@blueprint.input(LanguageQuery, location="query")
@blueprint.output(responses.Cart, status_code=201)
@blueprint.doc(responses=_CHANGES)
def add_item(cart_id: uuid.UUID, json_data: NewItem, query_data: LanguageQuery) -> dict[str, Any]:
    """Put more units of a product into a cart; answers with the cart."""
    with shop().transaction() as connection:
        found = callers_cart(connection, cart_id, lock=True)
        cart = service.add_item(connection, found, json_data.sku, json_data.quantity, now())
        return _view(connection, cart, query_data)


@blueprint.put("/carts/<uuid:cart_id>/items/<sku>")
@blueprint.input(ItemQuantity)
@blueprint.input(LanguageQuery, location="query")
@blueprint.output(responses.Cart)
@blueprint.doc(responses=_CHANGES)
def change_item(
    cart_id: uuid.UUID, sku: str, json_data: ItemQuantity, query_data: LanguageQuery
) -> dict[str, Any]:
    """Set the units of a product in a cart; answers with the cart."""
    with shop().transaction() as connection:
        found = callers_cart(connection, cart_id, lock=True)
        # The path is held to the same pattern as a sku in a body.
        item = NewItem(sku=sku, quantity=json_data.quantity)
        cart = service.change_item(connection, found, item.sku, item.quantity, now())
        return _view(connection, cart, query_data)


@blueprint.delete("/carts/<uuid:cart_id>/items/<sku>")
@blueprint.input(LanguageQuery, location="query")
@blueprint.output(responses.Cart)
@blueprint.doc(responses=_CHANGES)
def remove_item(cart_id: uuid.UUID, sku: str, query_data: LanguageQuery) -> dict[str, Any]:
    """Take a product out of a cart; answers with the cart."""
    with shop().transaction() as connection:
        found = callers_cart(connection, cart_id, lock=True)
        cart = service.change_item(connection, found, NewItem(sku=sku).sku, 0, now())
        return _view(connection, cart, query_data)


@blueprint.get("/shipping-methods")
@blueprint.input(ShippingQuery, location="query")
@blueprint.output(ShippingRecords)
def list_shipping_methods(query_data: ShippingQuery) -> dict[str, Any]:
    """The ways to get an order to a country; none if the shop does not deliver there."""
    return {"items": shipping_records(query_data.country)}


def shipping_records(country: str) -> list[dict[str, Any]]:
    """The ways to get an order to a country, as answers show them."""
    return [ShippingRecord.model_validate(found).as_json() for found in shipping_methods(country)]


@blueprint.post("/carts/<uuid:cart_id>/quote")
@blueprint.input(QuoteRequest)
@blueprint.output(QuoteRecord)
@blueprint.doc(responses=refusals(NotFound, ShippingUnavailable))
def quote(cart_id: uuid.UUID, json_data: QuoteRequest) -> dict[str, Any]:
    """What a cart would cost; reserves nothing. A code that does not hold says why."""
    shipping = require_shipping_method(json_data.shipping_method, json_data.country)
    account = current_account()
    promotion, refusal = None, None
    with shop().transaction() as connection:
        cart = callers_cart(connection, cart_id)
        if json_data.promo_code is not None:
            email = account.email if account else None
            promotion, refusal = find_promotion(
                connection, json_data.promo_code, cart, email=email, now=now()
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
@blueprint.input(IdempotencyKey, location="headers")
@blueprint.input(Checkout)
@blueprint.output(PlacedOrderRecord, status_code=201)
@blueprint.doc(
    responses=refusals(
        *(NotFound, OutOfStock, NotForSale, CartClosed, CartEmpty, CartTooLarge),
        *(IdempotencyConflict, ShippingUnavailable, PromotionRefused),
    )
)
def checkout(
    cart_id: uuid.UUID, json_data: Checkout, headers_data: IdempotencyKey
) -> tuple[dict[str, Any], int]:
    """Turn a cart into an order with reserved stock; needs an Idempotency-Key.

    Answers with the order and its access token. 409 if a product lacks units or the code does not
    hold: nothing is reserved. The price is the server's; a body that names one is refused.
    """
    call = IdempotentCall(
        scope=f"checkout {cart_id}",
        key=headers_data.idempotency_key,
        request_hash=request_hash(json_data.model_dump(mode="json")),
    )
    with shop().transaction() as connection:
        cart = callers_cart(connection, cart_id, lock=True)
        answer = respond_once(
            connection, call, lambda: StoredResponse(201, _place(connection, cart, json_data))
        )
    # The token is made again for each answer, so that it is stored nowhere.
    token = order_token(uuid.UUID(answer.body["order_id"]))
    return answer.body | {"access_token": token}, answer.status


def _place(connection: Connection, cart: Cart, body: Checkout) -> dict[str, Any]:
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
    order = check_out(
        connection,
        cart,
        purchase,
        now(),
        by=actor(),
        reservation=shop().settings.reservation,
    )
    return new_order_view(connection, order, actor())
