"""What pages read of products and stock. No rule stands between: the adapters answer."""

from webshop.adapters.catalogue.catalogue import (
    CatalogueProduct,
    Category,
    ProductFilter,
    Sort,
    count_categories,
    count_products,
    find_products,
    get_products,
    products_of_cart,
)
from webshop.adapters.catalogue.product_search import parse_words
from webshop.adapters.catalogue.products import find_range
from webshop.adapters.catalogue.stock import find_movements, get_level, level_from_ledger

__all__ = [
    "CatalogueProduct",
    "Category",
    "ProductFilter",
    "Sort",
    "count_categories",
    "count_products",
    "find_movements",
    "find_products",
    "find_range",
    "get_level",
    "get_products",
    "level_from_ledger",
    "parse_words",
    "products_of_cart",
]
