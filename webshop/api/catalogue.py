"""Products and what is left of them."""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from apiflask import APIBlueprint
from werkzeug.exceptions import BadRequest

from webshop.adapters.catalogue import (
    CatalogueProduct,
    Position,
    count_categories,
    find_products,
    get_products,
)
from webshop.api import answers
from webshop.api.current import shop
from webshop.api.schemas import CatalogueQuery
from webshop.api.views import product_view, stock_view
from webshop.domain.errors import NotFound

blueprint = APIBlueprint(
    "catalogue", __name__, tag={"name": "Catalogue", "description": "Products and their stock."}
)


@blueprint.get("/products")
@blueprint.input(CatalogueQuery, location="query")
@blueprint.output(answers.ProductPage)
@blueprint.doc(responses={400: "`after` is no cursor."})
def list_products(query_data: CatalogueQuery) -> dict[str, Any]:
    """One page of the catalogue: `items`, and `next` to pass as `after` (null at the end)."""
    query = query_data
    after = _position(query.after) if query.after else None
    with shop().transaction() as connection:
        found = find_products(
            connection,
            query=query.q,
            category=query.category,
            after=after,
            limit=query.limit + 1,
        )
    page = found[: query.limit]
    more = len(found) > query.limit
    return {
        "items": [product_view(product) for product in page],
        "next": _cursor(page[-1].position) if more else None,
    }


@blueprint.get("/categories")
@blueprint.output(answers.Categories)
def list_categories() -> dict[str, Any]:
    """The categories with the number of their products."""
    with shop().transaction() as connection:
        rows = count_categories(connection)
    return {"items": [{"category": row.category, "products": row.products} for row in rows]}


@blueprint.get("/products/<sku>")
@blueprint.output(answers.Product)
def get_product(sku: str) -> dict[str, Any]:
    """One product."""
    return product_view(_require_product(sku))


@blueprint.get("/stock/<sku>")
@blueprint.output(answers.StockLevel)
def get_stock(sku: str) -> dict[str, Any]:
    """What is left of one product."""
    return stock_view(_require_product(sku))


def _require_product(sku: str) -> CatalogueProduct:
    # PostgreSQL refuses NUL in a text, and no sku holds one.
    with shop().transaction() as connection:
        product = get_products(connection, [sku]).get(sku) if sku.isprintable() else None
    if product is None:
        raise NotFound("product", sku)
    return product


def _cursor(position: Position) -> str:
    return urlsafe_b64encode(json.dumps(position).encode()).decode()


def _position(cursor: str) -> Position:
    try:
        rank, name, sku = json.loads(urlsafe_b64decode(cursor.encode()))
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise BadRequest("`after` is no cursor: pass on `next` of the page before.") from error
    if not (type(rank) is int and abs(rank) < 2**31 and isinstance(name, str)):
        raise BadRequest("`after` is no cursor: pass on `next` of the page before.")
    if not (isinstance(sku, str) and sku.isprintable() and name.isprintable()):
        raise BadRequest("`after` is no cursor: pass on `next` of the page before.")
    return rank, name, sku
