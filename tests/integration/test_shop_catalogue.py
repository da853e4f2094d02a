"""The catalogue: search that forgives accents and takes wildcards literally, paging by key."""

from typing import Any

import pytest

from webshop.media import seed_catalogue

pytestmark = pytest.mark.integration


def skus(shopper: Any, **query: str | int) -> list[str]:
    """The skus of all pages of a catalogue query, twenty products a page."""
    found: list[str] = []
    after: dict[str, str] = {}
    while True:
        params = {"limit": 20} | query | after
        page = shopper.http.get("/products", params=params).raise_for_status().json()
        found += [item["sku"] for item in page["items"]]
        if page["next"] is None:
            return found
        after = {"after": page["next"]}


def test_paging_shows_every_product_once_and_the_own_range_first(shopper: Any) -> None:
    found = skus(shopper)
    own = [product["sku"] for product in seed_catalogue()]
    assert found[: len(own)] == own
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("words", "sku"),
    [
        ("theiere", "CUI-002"),
        ("THÉIÈRE fonte", "CUI-002"),
        ("stoneware mug", "CUI-001"),
        ("cui-003", "CUI-003"),
        ("  lampe   bureau ", "LUM-001"),
    ],
)
def test_search_forgives_case_accents_and_word_order(shopper: Any, words: str, sku: str) -> None:
    assert sku in skus(shopper, q=words)


@pytest.mark.parametrize("word", ["%", "_", "\\", "'--", "zzzz", "%%%", "g%s"])
def test_wildcards_and_quotes_are_only_letters(shopper: Any, word: str) -> None:
    page = shopper.http.get("/products", params={"q": word, "limit": 100}).raise_for_status()
    for item in page.json()["items"]:
        told = " ".join((item["sku"], item["name"], item["description"], item["category"]))
        assert word in told.lower()


def test_a_category_shows_what_it_counts(shopper: Any) -> None:
    listed = shopper.http.get("/categories").raise_for_status().json()["items"]
    kitchen = next(item for item in listed if item["category"] == "Cuisine")
    found = skus(shopper, category="Cuisine")
    assert len(found) == kitchen["products"] >= 6
    assert "CUI-001" in found


def test_products_show_what_is_left_and_unknown_ones_are_missing(shopper: Any) -> None:
    product = shopper.http.get("/products/CUI-001").raise_for_status().json()
    stock = shopper.http.get("/stock/CUI-001").raise_for_status().json()
    assert product["available"] == stock["available"]
    for path in ("/products/NOPE", "/stock/NOPE", "/products/a%00b"):
        answer = shopper.http.get(path)
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")
