"""Catalogue reads: products with what is left of them, in any of the catalogue's orders."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Select, func, select, tuple_

from shopnow.languages import Language
from webshop.adapters.catalogue.for_sale import FOR_SALE
from webshop.adapters.catalogue.product_search import Word, distance, matches
from webshop.adapters.tables import cart_items, categories, products, stock

Sort = Literal["relevance", "featured", "price", "-price", "name", "-name"]

#: Where a product stands in an order: the values that it is sorted by, the sku last.
Position = tuple[int | str | Decimal, ...]


@dataclass(frozen=True)
class CatalogueProduct:
    """A product as shoppers see it; `available` counts units for sale. English may be missing."""

    sku: str
    name: str
    name_en: str | None
    description: str
    description_en: str | None
    category: str
    category_en: str | None
    price: Decimal
    currency: str
    vat_rate: Decimal
    image: str | None
    available: int
    reorder_point: int
    version: int

    def name_in(self, language: Language) -> str:
        """The name, in French where the language has none."""
        return (self.name_en if language == "en" else None) or self.name

    def description_in(self, language: Language) -> str:
        """The description, in French where the language has none."""
        return (self.description_en if language == "en" else None) or self.description

    def category_in(self, language: Language) -> str:
        """The category's label, in French where the language has none."""
        return (self.category_en if language == "en" else None) or self.category


@dataclass(frozen=True)
class Category:
    """A category and the number of its products; its French label is its name."""

    category: str
    label_en: str | None
    products: int

    def label_in(self, language: Language) -> str:
        """The label, in French where the language has none."""
        return (self.label_en if language == "en" else None) or self.category


@dataclass(frozen=True)
class ProductFilter:
    """Which products a page shows; prices are limits, both included."""

    words: Sequence[Word] = ()
    category: str | None = None
    in_stock: bool = False
    min_price: Decimal | None = None
    max_price: Decimal | None = None


_COLUMNS: Mapping[str, ColumnElement[Any]] = {
    "category_en": categories.c.label_en,
    "available": func.coalesce(stock.c.available, 0),
    "reorder_point": func.coalesce(stock.c.reorder_point, 0),
    "version": func.coalesce(stock.c.version, 0),
}
_PRODUCT = tuple(
    (_COLUMNS[field.name] if field.name in _COLUMNS else products.c[field.name]).label(field.name)
    for field in fields(CatalogueProduct)
)


def _with_stock(statement: Select[Any]) -> Select[Any]:
    return statement.join(stock, stock.c.sku == products.c.sku, isouter=True)


def _products(*more: ColumnElement[Any]) -> Select[Any]:
    return _with_stock(select(*_PRODUCT, *more).select_from(products)).join(
        categories, categories.c.category == products.c.category, isouter=True
    )


def _conditions(product_filter: ProductFilter) -> list[ColumnElement[bool]]:
    conditions = [FOR_SALE, *(matches(word) for word in product_filter.words)]
    if product_filter.category is not None:
        conditions.append(products.c.category == product_filter.category)
    if product_filter.in_stock:
        conditions.append(stock.c.available > 0)
    if product_filter.min_price is not None:
        conditions.append(products.c.price >= product_filter.min_price)
    if product_filter.max_price is not None:
        conditions.append(products.c.price <= product_filter.max_price)
    return conditions


def _sorted_by(
    sort: Sort, language: Language, words: Sequence[Word]
) -> tuple[list[ColumnElement[Any]], bool]:
    """The columns that make a position, and whether the order goes down."""
    name = products.c.name_en_key if language == "en" else products.c.name_key
    columns: dict[str, list[ColumnElement[Any]]] = {
        "featured": [products.c.rank, products.c.name],
        "price": [products.c.price],
        "name": [name],
    }
    if sort == "relevance" and words:
        return [distance(words), products.c.rank, products.c.sku], False
    chosen = columns["featured" if sort == "relevance" else sort.removeprefix("-")]
    return [*chosen, products.c.sku], sort.startswith("-")


def find_products(
    connection: Connection,
    product_filter: ProductFilter,
    *,
    sort: Sort,
    language: Language,
    after: Position | None,
    limit: int,
) -> list[tuple[CatalogueProduct, Position]]:
    """Up to `limit` products after a position of the same sort, each with its own position.

    A product that moves while somebody turns pages is the only one that may be missed or repeated.
    """
    keys, descending = _sorted_by(sort, language, product_filter.words)
    statement = _products(*keys).where(*_conditions(product_filter))
    if after is not None:
        here, there = tuple_(*keys), tuple_(*after)
        statement = statement.where(here < there if descending else here > there)
    ordered = [key.desc() if descending else key for key in keys]
    width = len(_PRODUCT)
    rows = connection.execute(statement.order_by(*ordered).limit(limit))
    return [(CatalogueProduct(*row[:width]), tuple(row[width:])) for row in rows]


def count_products(connection: Connection, product_filter: ProductFilter) -> int:
    """How many products all pages show."""
    statement = _with_stock(select(func.count()).select_from(products))
    return connection.execute(statement.where(*_conditions(product_filter))).scalar_one()


def get_products(connection: Connection, skus: Sequence[str]) -> dict[str, CatalogueProduct]:
    """Products for sale by sku; one that is not for sale is missing from the answer."""
    return _by_sku(connection, _products().where(FOR_SALE, products.c.sku.in_(skus)))


def products_of_cart(connection: Connection, cart_id: uuid.UUID) -> dict[str, CatalogueProduct]:
    """The products of a cart by sku, those too that were taken off sale since."""
    in_cart = cart_items.c.cart_id == cart_id
    statement = _products().join(cart_items, cart_items.c.sku == products.c.sku).where(in_cart)
    return _by_sku(connection, statement)


def _by_sku(connection: Connection, statement: Select[Any]) -> dict[str, CatalogueProduct]:
    return {row.sku: CatalogueProduct(*row) for row in connection.execute(statement)}


def count_categories(connection: Connection) -> list[Category]:
    """Categories that have products, by the best rank in each."""
    rows = connection.execute(
        select(products.c.category, categories.c.label_en, func.count().label("products"))
        .select_from(products)
        .join(categories, categories.c.category == products.c.category, isouter=True)
        .where(FOR_SALE)
        .group_by(products.c.category, categories.c.label_en)
        .order_by(func.min(products.c.rank), products.c.category)
    )
    return [Category(*row) for row in rows]
