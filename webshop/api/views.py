"""How carts, orders and products look in answers: money as decimal strings, times in UTC."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from shopnow.contracts import format_time
from webshop.adapters.catalogue import CatalogueProduct, Category, Language
from webshop.domain.carts import Cart, CartItem
from webshop.domain.money import format_amount
from webshop.domain.orders import Order
from webshop.domain.stock import stock_state


def product_view(product: CatalogueProduct, language: Language) -> dict[str, Any]:
    """One product of the catalogue."""
    return {
        "sku": product.sku,
        "name": product.name_in(language),
        "description": product.description_in(language),
        "price": format_amount(product.price),
        "currency": product.currency,
        "available": product.available,
        "stock_state": stock_state(product.available, product.reorder_point),
        "category": product.category,
        "category_label": product.category_in(language),
        "image": picture_path(product.sku, product.image),
        "vat_rate": format_amount(product.vat_rate),
    }


def category_view(category: Category, language: Language) -> dict[str, Any]:
    """One category with the number of its products."""
    return {
        "category": category.category,
        "label": category.label_in(language),
        "products": category.products,
    }


def picture_path(sku: str, image: str | None = None) -> str:
    """Where the product's picture is."""
    return image or f"/media/{quote(sku)}.svg"


def stock_view(product: CatalogueProduct) -> dict[str, Any]:
    """What is left of one product."""
    return {
        "sku": product.sku,
        "available": product.available,
        "stock_state": stock_state(product.available, product.reorder_point),
        "reorder_point": product.reorder_point,
        "version": product.version,
    }


def cart_view(cart: Cart, catalogue: Mapping[str, CatalogueProduct]) -> dict[str, Any]:
    """A cart; `catalogue` has its products that are still for sale."""
    return {
        "cart_id": str(cart.cart_id),
        "status": cart.status,
        "currency": cart.currency,
        "items": [_cart_item_view(item, catalogue.get(item.sku)) for item in cart.items],
        "items_count": cart.items_count,
        "total": format_amount(cart.total),
    }


def _cart_item_view(item: CartItem, product: CatalogueProduct | None) -> dict[str, Any]:
    available = product.available if product else 0
    reorder_point = product.reorder_point if product else 0
    return {
        "sku": item.sku,
        "name": item.name,
        "image": picture_path(item.sku, product.image if product else None),
        "quantity": item.quantity,
        "unit_price": format_amount(item.unit_price),
        "amount": format_amount(item.amount),
        "available": available,
        "stock_state": stock_state(available, reorder_point),
    }


def order_view(order: Order) -> dict[str, Any]:
    """An order, for whoever holds its token."""
    return {
        "order_id": str(order.order_id),
        "order_number": order.order_number,
        "status": order.status.value,
        "currency": order.currency,
        "gross": format_amount(order.gross),
        "discount": format_amount(order.discount),
        "shipping": format_amount(order.shipping),
        "tax": format_amount(order.tax),
        "total": format_amount(order.total),
        "lines": [
            {
                "line_number": line.line_number,
                "sku": line.sku,
                "name": line.product_name,
                "image": picture_path(line.sku),
                "quantity": line.quantity,
                "unit_price": format_amount(line.unit_price),
                "amount": format_amount(line.amount),
            }
            for line in order.lines
        ],
        "recipient": {
            "name": order.recipient.name,
            "email": order.recipient.email,
            "address": order.recipient.address,
            "country": order.recipient.country,
        },
        "placed_at": format_time(order.placed_at),
        "paid_at": _moment(order.paid_at),
        "cancelled_at": _moment(order.cancelled_at),
        "expires_at": _moment(order.expires_at),
    }


def _moment(value: datetime | None) -> str | None:
    return None if value is None else format_time(value)
