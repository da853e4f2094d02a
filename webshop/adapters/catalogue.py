"""Catalogue reads: products with what is left of them, in the order of the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, select, tuple_

from webshop.adapters.tables import products, stock

#: Position of a product in the catalogue: rank, name, sku.
Position = tuple[int, str, str]


@dataclass(frozen=True)
class CatalogueProduct:
    """A product as shoppers see it; `available` counts units for sale."""

    sku: str
    name: str
    description: str
    category: str
    price: Decimal
    currency: str
    image: str | None
    rank: int
    available: int
    reorder_point: int
    version: int

    @property
    def position(self) -> Position:
        """Where it stands in the catalogue."""
        return self.rank, self.name, self.sku


def _for_sale() -> Select[Any]:
    return (
        select(
            products.c.sku,
            products.c.name,
            products.c.description,
            products.c.category,
            products.c.price,
            products.c.currency,
            products.c.image,
            products.c.rank,
            func.coalesce(stock.c.available, 0).label("available"),
            func.coalesce(stock.c.reorder_point, 0).label("reorder_point"),
            func.coalesce(stock.c.version, 0).label("version"),
        )
        .join(stock, stock.c.sku == products.c.sku, isouter=True)
        .where(and_(products.c.active, products.c.kind == "product"))
    )


def find_products(
    connection: Connection,
    *,
    query: str | None,
    category: str | None,
    after: Position | None,
    limit: int,
) -> list[CatalogueProduct]:
    """Up to `limit` products after a position; each word of `query` must occur, accents aside."""
    statement = _for_sale()
    if category is not None:
        statement = statement.where(products.c.category == category)
    haystack = func.unaccent(
        func.concat_ws(" ", products.c.name, products.c.description, products.c.category)
    )
    for word in (query or "").split():
        statement = statement.where(
            haystack.icontains(func.unaccent(_literal(word)), escape="\\")
            | products.c.sku.istartswith(word, autoescape=True)
        )
    if after is not None:
        position = tuple_(products.c.rank, products.c.name, products.c.sku)
        statement = statement.where(position > tuple_(*after))
    rows = connection.execute(
        statement.order_by(products.c.rank, products.c.name, products.c.sku).limit(limit)
    )
    return [CatalogueProduct(*row) for row in rows]


def _literal(word: str) -> str:
    """The word with the wildcards of LIKE taken literally."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def get_products(connection: Connection, skus: Sequence[str]) -> dict[str, CatalogueProduct]:
    """Products for sale by sku; one that is not for sale is missing from the answer."""
    rows = connection.execute(_for_sale().where(products.c.sku.in_(skus)))
    return {row.sku: CatalogueProduct(*row) for row in rows}


def count_categories(connection: Connection) -> Sequence[Row[tuple[str, int]]]:
    """Categories with the number of their products, by the best rank in each."""
    return connection.execute(
        select(products.c.category, func.count().label("products"))
        .where(and_(products.c.active, products.c.kind == "product"))
        .group_by(products.c.category)
        .order_by(func.min(products.c.rank), products.c.category)
    ).all()
