"""Server-side rendering of the catalogue and of a product, from the API's responses."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pydantic
from flask import request

from shopnow.languages import DEFAULT_LANGUAGE, LANGUAGES, Language
from webshop.api import responses
from webshop.api.catalogue.catalogue import read_categories, read_page, read_product
from webshop.api.http.current import shop
from webshop.api.ordering.carts import shipping_records
from webshop.api.schemas import CatalogueQuery
from webshop.domain.ordering.pricing import HOME
from webshop.storefront.ssr.rendering import Payments, catalogue_url, entry_page, render

#: As the frontend writes it (webshop/frontend/src/i18n/chosenLanguage.ts).
LANGUAGE_COOKIE = "shopnow_language"

#: Filters that the server renders.
_RENDERED_FILTERS = ("q", "category")
#: Filters that only the frontend handles.
_CLIENT_ONLY_FILTERS = ("in_stock", "min_price", "max_price", "sort")


def chosen_language() -> Language:
    """The language that the shopper chose; French by default."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    return next((known for known in LANGUAGES if known == chosen), DEFAULT_LANGUAGE)


def payments() -> Payments:
    """What the pages say of paying here."""
    return "test" if shop().gateway.is_test else "live"


def draw_entry_page(index_html: Path) -> str:
    """The entry page. Raises FileNotFoundError if the frontend is not built."""
    return entry_page(index_html, payments())


def render_product(index_html: Path, sku: str) -> str:
    """The page of a product. Raises NotFound; FileNotFoundError if the frontend is not built."""
    language = chosen_language()
    found = {
        "product": _as_response(responses.Product, read_product(sku, language)),
        "shipping": shipping_records(HOME),
    }
    path = f"/products/{quote(sku, safe='')}"
    return render(
        "product.html", index_html, language, found, {"address": _absolute_url(path)}, payments()
    )


def render_catalogue(index_html: Path, query_args: Mapping[str, str]) -> str | None:
    """The rendered catalogue page of a query; None if only the frontend can render it.

    Raises FileNotFoundError if the frontend is not built.
    """
    if any(map(query_args.get, _CLIENT_ONLY_FILTERS)):
        return None
    language = chosen_language()
    filters = {name: query_args.get(name, "") for name in _RENDERED_FILTERS}
    try:
        set_filters = {name: value for name, value in filters.items() if value}
        query = CatalogueQuery.model_validate({**set_filters, "lang": language})
    except pydantic.ValidationError:
        return None
    products = _as_response(responses.ProductPage, read_page(query))
    if not products["items"]:
        return None
    categories = _as_response(responses.Categories, {"items": read_categories(language)})["items"]
    return render(
        "catalogue.html",
        index_html,
        language,
        {"products": products, "categories": categories},
        {"address": _absolute_url(catalogue_url(**filters)), "filters": filters},
        payments(),
    )


def _as_response(model: type[responses.ResponseModel], value: Any) -> dict[str, Any]:
    """The JSON values of the API's response."""
    return model.model_validate(value).model_dump(mode="json")


def _absolute_url(path: str) -> str:
    return shop().settings.shop_url + path
