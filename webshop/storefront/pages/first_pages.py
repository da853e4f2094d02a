"""The first pages of the catalogue and of a product, from the answers that the API would give."""

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
from webshop.storefront.pages.drawing import Payments, catalogue_address, draw, entry_page

#: As the front writes it (webshop/frontend/src/i18n/chosenLanguage.ts).
LANGUAGE_COOKIE = "shopnow_language"

#: What the address of a drawn catalogue may ask for.
_DRAWN = ("q", "category")
#: What only the front reads.
_NOT_DRAWN = ("in_stock", "min_price", "max_price", "sort")


def chosen_language() -> Language:
    """The language that the shopper chose, French before that."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    return next((known for known in LANGUAGES if known == chosen), DEFAULT_LANGUAGE)


def payments() -> Payments:
    """What the pages say of paying here."""
    return "test" if shop().gateway.is_test else "live"


def draw_entry_page(front: Path) -> str:
    """The entry page. Raises FileNotFoundError if the front is not built."""
    return entry_page(front, payments())


def draw_product(front: Path, sku: str) -> str:
    """The page of a product. Raises NotFound; FileNotFoundError if the front is not built."""
    language = chosen_language()
    found = {
        "product": _checked(responses.Product, read_product(sku, language)),
        "shipping": shipping_records(HOME),
    }
    path = f"/products/{quote(sku, safe='')}"
    return draw("product.html", front, language, found, {"address": _absolute(path)}, payments())


def draw_catalogue(front: Path, wanted: Mapping[str, str]) -> str | None:
    """The catalogue's page that a query string asks for; None where only the front can draw it.

    Raises FileNotFoundError if the front is not built.
    """
    if any(map(wanted.get, _NOT_DRAWN)):
        return None
    language = chosen_language()
    filters = {name: wanted.get(name, "") for name in _DRAWN}
    try:
        given = {name: value for name, value in filters.items() if value}
        query = CatalogueQuery.model_validate({**given, "lang": language})
    except pydantic.ValidationError:
        return None
    products = _checked(responses.ProductPage, read_page(query))
    if not products["items"]:
        return None
    categories = _checked(responses.Categories, {"items": read_categories(language)})["items"]
    return draw(
        "catalogue.html",
        front,
        language,
        {"products": products, "categories": categories},
        {"address": _absolute(catalogue_address(**filters)), "filters": filters},
        payments(),
    )


def _checked(model: type[responses.ResponseModel], value: Any) -> dict[str, Any]:
    """The JSON values that the API would answer with."""
    return model.model_validate(value).model_dump(mode="json")


def _absolute(path: str) -> str:
    return shop().settings.shop_url + path
