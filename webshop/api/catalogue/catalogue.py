"""Products and what is left of them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from apiflask import APIBlueprint

from shopnow.languages import Language
from webshop.api import responses
from webshop.api.http.current import shop
from webshop.api.http.cursors import Key, decode_cursor, encode_cursor
from webshop.api.http.revalidation import revalidated
from webshop.api.schemas import CatalogueQuery, LanguageQuery, StockQuery
from webshop.api.views import category_view, product_view, stock_view
from webshop.domain.errors import NotFound
from webshop.services.catalogue.queries import (
    CatalogueProduct,
    ProductFilter,
    Sort,
    count_categories,
    count_products,
    find_products,
    get_products,
    parse_words,
)

blueprint = APIBlueprint(
    "catalogue", __name__, tag={"name": "Catalogue", "description": "Products and their stock."}
)

#: What a position in each order is made of.
_POSITIONS: dict[str, Sequence[type[Key]]] = {
    "relevance": (Decimal, int, str),
    "featured": (int, str, str),
    "price": (Decimal, str),
    "name": (str, str),
}


@blueprint.get("/products")
@revalidated
@blueprint.input(CatalogueQuery, location="query")
@blueprint.output(responses.ProductPage)
@blueprint.doc(responses={400: "`after` is no cursor of this list."})
def list_products(query_data: CatalogueQuery) -> dict[str, Any]:
    """Search the catalogue, or turn its pages.

    A search looks at names, descriptions, categories and skus in both languages, whatever `lang`
    is, and forgives accents and typos. `total` counts the products of all pages.
    """
    return read_page(query_data)


def read_page(query: CatalogueQuery) -> dict[str, Any]:
    """The answer to a search. Raises werkzeug's BadRequest for a cursor that is none."""
    language = query.lang
    sort: Sort = query.sort or "relevance"
    if sort == "relevance" and not (query.q or "").split():
        sort = "featured"
    order = f"{sort} {language}"
    types = _POSITIONS[sort.removeprefix("-")]
    after = decode_cursor(query.after, order, types) if query.after else None
    with shop().transaction() as connection:
        product_filter = ProductFilter(
            words=parse_words(connection, query.q) if query.q else (),
            category=query.category,
            in_stock=query.in_stock,
            min_price=query.min_price,
            max_price=query.max_price,
        )
        # One more than the page tells whether there is another page.
        found = find_products(
            connection,
            product_filter,
            sort=sort,
            language=language,
            after=after,
            limit=query.limit + 1,
        )
        total = count_products(connection, product_filter)
    page = found[: query.limit]
    return {
        "items": [product_view(product, language) for product, _ in page],
        "next": encode_cursor(order, page[-1][1]) if len(found) > len(page) else None,
        "total": total,
    }


@blueprint.get("/categories")
@revalidated
@blueprint.input(LanguageQuery, location="query")
@blueprint.output(responses.Categories)
def list_categories(query_data: LanguageQuery) -> dict[str, Any]:
    """The categories with the number of their products."""
    return {"items": read_categories(query_data.lang)}


def read_categories(language: Language) -> list[dict[str, Any]]:
    """The categories, as answers show them."""
    with shop().transaction() as connection:
        rows = count_categories(connection)
    return [category_view(row, language) for row in rows]


@blueprint.get("/products/<sku>")
@revalidated
@blueprint.input(LanguageQuery, location="query")
@blueprint.output(responses.Product)
def get_product(sku: str, query_data: LanguageQuery) -> dict[str, Any]:
    """One product."""
    return read_product(sku, query_data.lang)


def read_product(sku: str, language: Language) -> dict[str, Any]:
    """A product, as answers show it. Raises NotFound."""
    return product_view(_require_product(sku), language)


@blueprint.get("/stock")
@revalidated
@blueprint.input(StockQuery, location="query")
@blueprint.output(responses.Availabilities)
def list_stock(query_data: StockQuery) -> dict[str, Any]:
    """What is left of up to 50 products; one that is not for sale is missing from the answer."""
    with shop().transaction() as connection:
        products = get_products(connection, query_data.listed)
    return {"items": [stock_view(products[sku]) for sku in sorted(products)]}


@blueprint.get("/stock/<sku>")
@revalidated
@blueprint.output(responses.Availability)
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
