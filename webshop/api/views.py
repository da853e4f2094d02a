"""How carts and products look in answers: money as decimal strings."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from shopnow.languages import Language
from webshop.domain.catalogue.stock import stock_state
from webshop.domain.money import format_amount
from webshop.domain.ordering.carts import Cart, CartItem
from webshop.services.catalogue.queries import CatalogueProduct, Category


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


def cart_view(
    cart: Cart, catalogue: Mapping[str, CatalogueProduct], language: Language
) -> dict[str, Any]:
    """A cart; `catalogue` has each of its products. Of one that is off sale, none is left."""
    return {
        "cart_id": str(cart.cart_id),
        "status": cart.status,
        "currency": cart.currency,
        "items": [_cart_item_view(item, catalogue[item.sku], language) for item in cart.items],
        "items_count": cart.items_count,
        "total": format_amount(cart.total),
    }


def _cart_item_view(
    item: CartItem, product: CatalogueProduct, language: Language
) -> dict[str, Any]:
    available = product.available if item.for_sale else 0
    return {
        "sku": item.sku,
        "name": product.name_in(language),
        "image": picture_path(item.sku, product.image),
        "quantity": item.quantity,
        "unit_price": format_amount(item.unit_price),
        "amount": format_amount(item.amount),
        "available": available,
        "stock_state": stock_state(available, product.reorder_point),
    }
