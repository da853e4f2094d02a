"""The catalogue: search that forgives accents and typos and takes wildcards literally, filters,
orders that are paged by key while products change, both languages, and answers that are asked
about again.
"""

import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from webshop.storefront.media import seed_catalogue

pytestmark = pytest.mark.usefixtures("seeded")

Page = dict[str, Any]


def products(shopper: Any, **query: str | int) -> list[Page]:
    """The products of all pages of a catalogue query, twenty a page."""
    found: list[Page] = []
    after: dict[str, str] = {}
    while True:
        params = {"limit": 20} | query | after
        page = shopper.http.get("/products", params=params).raise_for_status().json()
        found += page["items"]
        if page["next"] is None:
            assert len(found) == page["total"]
            return found
        after = {"after": page["next"]}


def skus(shopper: Any, **query: str | int) -> list[str]:
    return [item["sku"] for item in products(shopper, **query)]


@pytest.fixture
def own_category(database: Any) -> Iterator[str]:
    """A category of its own with 12 products, 2 of each price; its name."""
    category = f"Test {uuid.uuid4().hex[:8]}"
    for number in range(12):
        database.execute(
            "INSERT INTO shop.products (sku, name, name_en, category, price, currency, rank)"
            " VALUES (%s, %s, %s, %s, %s, 'EUR', %s)",
            (
                f"{category[-8:]}-{number:02}",
                ["Écharpe", "Zinc", "abat-jour", "Étagère"][number % 4],
                ["Scarf", "Zinc", "lampshade", "Shelf"][number % 4],
                category,
                Decimal(10 + number // 2),
                2000 - number % 3,
            ),
        )
    yield category
    database.execute("DELETE FROM shop.products WHERE category = %s", (category,))


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
        ("lampe de bureau", "LUM-001"),
        ("lampes", "LUM-001"),
        ("bougi", "LUM-002"),
        ("theire", "CUI-002"),
        ("CAFTIERE à piston", "CUI-005"),
        ("backpak", "EXT-002"),
        ("kitchen mug", "CUI-001"),
        ("thé", "CUI-002"),
    ],
)
def test_search_forgives_case_accents_order_typos_and_language(
    shopper: Any, words: str, sku: str
) -> None:
    for language in ("fr", "en"):
        found = shopper.http.get("/products", params={"q": words, "lang": language}).json()
        assert sku in [item["sku"] for item in found["items"]]


def test_a_word_that_is_spelt_right_finds_no_lookalikes(shopper: Any) -> None:
    # "bougi" is as like to "bound" as a slip may be.
    assert skus(shopper, q="bougi") == ["LUM-002"]


def test_the_best_answer_of_a_search_comes_first(shopper: Any) -> None:
    assert skus(shopper, q="lin")[0] == "CUI-006"  # in its name; elsewhere in a description
    assert skus(shopper, q="coton")[0] == "EXT-003"


@pytest.mark.parametrize(
    "word", ["%", "_", "\\", "'--", "zzzz", "%%%", "g%s", "&", "!a", ":*", "<->"]
)
def test_wildcards_and_quotes_are_only_letters(shopper: Any, word: str) -> None:
    page = shopper.http.get("/products", params={"q": word, "limit": 100}).raise_for_status()
    for item in page.json()["items"]:
        text = " ".join((item["sku"], item["name"], item["description"], item["category"]))
        assert word in text.lower()


@pytest.mark.parametrize(
    "words",
    [
        "'; DROP TABLE shop.products; --",
        "' OR '1'='1",
        "a" * 100,
        "é" * 50,
        "\ufdfa" * 9,  # one sign that unaccent makes eighteen of
        "x " * 50,
        "(((",
        "a & b | !c",
        "1:A",
        "'':*",
        "\u0300",
        "漢字",
        "🛒",
        "de la les",
    ],
)
def test_no_search_breaks_the_shop(shopper: Any, words: str) -> None:
    assert shopper.http.get("/products", params={"q": words}).status_code == 200


def test_a_category_shows_what_it_counts_in_both_languages(shopper: Any) -> None:
    for language, label in (("fr", "Cuisine"), ("en", "Kitchen")):
        listed = shopper.http.get("/categories", params={"lang": language}).json()["items"]
        kitchen = next(item for item in listed if item["category"] == "Cuisine")
        assert kitchen["label"] == label
        found = products(shopper, category="Cuisine", lang=language)
        assert len(found) == kitchen["products"] >= 6
        assert {item["category_label"] for item in found} == {label}


def test_a_text_without_a_translation_is_french(shopper: Any, new_product: Any) -> None:
    mug = shopper.http.get("/products/CUI-001", params={"lang": "en"}).json()
    assert (mug["name"], mug["vat_rate"]) == ("Glazed stoneware mug", "0.20")
    sku = new_product(1)
    plain = shopper.http.get(f"/products/{sku}", params={"lang": "en"}).json()
    assert (plain["name"], plain["category_label"]) == (sku, "Tests")


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("price", lambda item: (Decimal(item["price"]), item["sku"])),
        ("name", lambda item: (item["name"].lower().replace("é", "e"), item["sku"])),
    ],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_order_and_its_reverse(
    shopper: Any, own_category: str, sort: str, key: Any, language: str
) -> None:
    there = products(shopper, category=own_category, sort=sort, lang=language, limit=5)
    assert there == sorted(there, key=key)
    back = products(shopper, category=own_category, sort=f"-{sort}", lang=language, limit=5)
    assert back == there[::-1]


@pytest.mark.parametrize("sort", ["featured", "price", "-price", "name", "-name", "relevance"])
def test_pages_stay_whole_while_products_change(
    shopper: Any, database: Any, own_category: str, sort: str
) -> None:
    """What comes and goes between two pages shifts nobody else."""
    query = {"category": own_category, "sort": sort, "limit": 3} | (
        {"q": own_category.split()[1]} if sort == "relevance" else {}
    )
    expected = skus(shopper, **query)
    page = shopper.http.get("/products", params=query).json()
    seen = [item["sku"] for item in page["items"]]
    prefix = own_category[-8:]
    for number in range(3):
        # One before everything that was shown, one after it all.
        for price, name, rank in ((1, "aaa", 1), (999, "zzz", 9999)):
            database.execute(
                "INSERT INTO shop.products (sku, name, category, price, currency, rank)"
                " VALUES (%s, %s, %s, %s, 'EUR', %s)",
                (f"{prefix}-new-{number}-{rank}", name, own_category, price, rank),
            )
        database.execute("UPDATE shop.products SET active = false WHERE sku = %s", (seen[number],))
        page = shopper.http.get("/products", params=query | {"after": page["next"]}).json()
        seen += [item["sku"] for item in page["items"]]
    while page["next"]:
        page = shopper.http.get("/products", params=query | {"after": page["next"]}).json()
        seen += [item["sku"] for item in page["items"]]
    assert len(seen) == len(set(seen))
    assert [sku for sku in seen if "-new-" not in sku] == expected


def test_filters_by_price_and_stock(shopper: Any, own_category: str, new_product: Any) -> None:
    dear = products(shopper, category=own_category, min_price="12", max_price="13.00")
    assert sorted(item["price"] for item in dear) == ["12.00", "12.00", "13.00", "13.00"]
    assert products(shopper, category=own_category, in_stock="true") == []
    last_unit = new_product(1)
    assert skus(shopper, q=last_unit, in_stock="true") == [last_unit]
    shopper.order(last_unit, 1)
    assert skus(shopper, q=last_unit, in_stock="true") == []
    assert skus(shopper, q=last_unit) == [last_unit]


def test_a_cursor_belongs_to_its_order(shopper: Any) -> None:
    after = shopper.http.get("/products", params={"sort": "price", "limit": 1}).json()["next"]
    for other in ({"sort": "name"}, {"sort": "-price"}, {"sort": "price", "lang": "en"}):
        answer = shopper.http.get("/products", params=other | {"after": after})
        assert answer.status_code == 400


def test_products_show_what_is_left_and_unknown_ones_are_missing(shopper: Any) -> None:
    product = shopper.http.get("/products/CUI-001").raise_for_status().json()
    stock = shopper.http.get("/stock/CUI-001").raise_for_status().json()
    assert product["available"] == stock["available"]
    for path in ("/products/NOPE", "/stock/NOPE", "/products/a%00b"):
        answer = shopper.http.get(path)
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


def test_stock_of_several_products_at_once(shopper: Any) -> None:
    answer = shopper.http.get("/stock", params={"skus": "CUI-002,NOPE,CUI-001"}).json()
    assert answer["items"] == [
        shopper.http.get(f"/stock/{sku}").json() for sku in ("CUI-001", "CUI-002")
    ]
    for wrong in ("", ",", "a,", ",".join(["CUI-001"] * 51), "a%00b"):
        assert shopper.http.get("/stock", params={"skus": wrong}).status_code == 422


def test_an_answer_is_sent_again_only_when_it_changed(shopper: Any, new_product: Any) -> None:
    sku = new_product(5)
    for path in (f"/products/{sku}", f"/stock/{sku}", f"/stock?skus={sku}", f"/products?q={sku}"):
        first = shopper.http.get(path)
        tag = {"If-None-Match": first.headers["ETag"]}
        assert first.headers["Cache-Control"] == "no-cache"
        assert not first.headers["ETag"].startswith("W/")
        again = shopper.http.get(path, headers=tag)
        assert (again.status_code, again.content) == (304, b"")
        shopper.order(sku, 1)
        changed = shopper.http.get(path, headers=tag)
        assert changed.status_code == 200
        assert changed.headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_a_page_of_products_travels_compressed_and_only_when_it_changed(
    shopper: Any, coding: str
) -> None:
    path, wish = "/products?limit=100&in_stock=true", {"Accept-Encoding": coding}
    plain = shopper.http.get(path, headers={"Accept-Encoding": "identity"})
    packed = shopper.http.get(path, headers=wish)
    assert packed.headers["Content-Encoding"] == coding
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert packed.json() == plain.json()
    assert int(packed.headers["Content-Length"]) < len(plain.content) / 2
    tag = {"If-None-Match": packed.headers["ETag"]}
    again = shopper.http.get(path, headers=wish | tag)
    assert (again.status_code, again.content) == (304, b"")
    shopper.order(plain.json()["items"][0]["sku"], 1)
    changed = shopper.http.get(path, headers=wish | tag)
    assert (changed.status_code, changed.headers["Content-Encoding"]) == (200, coding)
    small = shopper.http.get("/stock/CUI-001", headers=wish)
    assert "Content-Encoding" not in small.headers
    assert "Accept-Encoding" in small.headers["Vary"]


def test_a_cart_names_its_products_in_the_language_asked_for_and_an_order_as_they_were_bought(
    shopper: Any,
) -> None:
    french, english = (
        shopper.http.get("/products/CUI-001", params={"lang": lang}).json()["name"]
        for lang in ("fr", "en")
    )
    assert french != english
    lang = {"params": {"lang": "en"}}
    opened = shopper.http.post("/carts", json={}, **lang).raise_for_status().json()
    cart = f"/carts/{opened['cart_id']}"
    item = f"{cart}/items/CUI-001"
    for answer in (
        shopper.http.post(f"{cart}/items", json={"sku": "CUI-001"}, **lang),
        shopper.http.put(item, json={"quantity": 2}, **lang),
        shopper.http.get(cart, **lang),
    ):
        assert [line["name"] for line in answer.raise_for_status().json()["items"]] == [english]
    assert shopper.http.get(cart).json()["items"][0]["name"] == french
    assert shopper.http.get(cart, params={"lang": "de"}).status_code == 422
    order = shopper.check_out(opened["cart_id"]).raise_for_status().json()
    assert [line["name"] for line in order["lines"]] == [french]
    assert shopper.http.delete(item, **lang).status_code == 409
