"""Products as staff see and change them, for sale or not."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select, update
from sqlalchemy.dialects.postgresql import insert

from webshop.adapters.tables import products, stock


def add_product(connection: Connection, sku: str, fields: Mapping[str, Any]) -> bool:
    """Store a new product; False if its sku is taken."""
    row = insert(products).values(sku=sku, **fields).on_conflict_do_nothing()
    return connection.execute(row.returning(products.c.sku)).one_or_none() is not None


def lock_product(connection: Connection, sku: str) -> Row[Any] | None:
    """The product's row, held until the commit; None if there is none.

    Carts and orders may refer to the product meanwhile.
    """
    statement = select(products).where(products.c.sku == sku).with_for_update(key_share=True)
    return connection.execute(statement).one_or_none()


def save_product(connection: Connection, sku: str, fields: Mapping[str, Any]) -> None:
    """Write columns of a product."""
    connection.execute(update(products).where(products.c.sku == sku).values(**fields))


def find_range(
    connection: Connection,
    *,
    query: str | None,
    sku: str | None = None,
    after: str | None,
    limit: int,
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Up to `limit` products by sku after a sku, each with its stock: those whose name, category
    or sku has `query` in it, accents aside, or the one of `sku`.
    """
    statement = select(
        products.c.sku,
        products.c.name,
        products.c.name_en,
        products.c.description,
        products.c.description_en,
        products.c.category,
        products.c.price,
        products.c.currency,
        products.c.kind,
        products.c.image,
        products.c.active,
        func.coalesce(stock.c.on_hand, 0).label("on_hand"),
        func.coalesce(stock.c.reserved, 0).label("reserved"),
        func.coalesce(stock.c.available, 0).label("available"),
        func.coalesce(stock.c.reorder_point, 0).label("reorder_point"),
        func.coalesce(stock.c.version, 0).label("version"),
    ).join(stock, stock.c.sku == products.c.sku, isouter=True)
    if sku is not None:
        statement = statement.where(products.c.sku == sku)
    if query:
        text = func.unaccent(
            func.concat_ws(" ", products.c.sku, products.c.name, products.c.category)
        )
        statement = statement.where(
            func.lower(text).contains(func.lower(func.unaccent(_literal(query))), escape="\\")
        )
    if after is not None:
        statement = statement.where(products.c.sku > after)
    return connection.execute(statement.order_by(products.c.sku).limit(limit)).all()


def _literal(text: str) -> str:
    """The text with the wildcards of LIKE taken literally."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
