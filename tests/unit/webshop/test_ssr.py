"""Server-side rendering: from the API's responses, in the chosen language, escaped; where it is not
possible, the entry page is served.
"""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from shopnow.settings import REPO_ROOT, get_settings
from webshop.adapters.catalogue.catalogue import CatalogueProduct, Category
from webshop.api.catalogue import catalogue
from webshop.bootstrap import Shop
from webshop.storefront import storefront
from webshop.storefront.ssr import formats
from webshop.storefront.ssr.texts import text

FRONTEND = REPO_ROOT / "webshop/frontend"
TEMPLATES = REPO_ROOT / "webshop/storefront/ssr/templates"

MUG = CatalogueProduct(
    sku="CUI-001",
    name="Mug en grès",
    name_en="Stoneware mug",
    description="Émaillé à la main.",
    description_en="Glazed by hand.",
    category="Cuisine",
    category_en="Kitchen",
    price=Decimal("1018.00"),
    currency="EUR",
    vat_rate=Decimal("0.2000"),
    image=None,
    available=7,
    reorder_point=2,
    version=1,
)

HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<!--<script>",
    "{{ 7 * 7 }}{% for x in y %}{{name}}",
    "\u202eeoZ <b>&amp;</b> 'é' 日本語 🎁 \u2028",
)


class Reading(HTMLParser):
    """What a browser makes of a page: its elements with their attributes, and each one's text."""

    def __init__(self, answer: TestResponse) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.inside = False
        self.feed(answer.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.texts.append("")
        self.inside = True

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - its caller names it
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[-1] += data

    def text(self, tag: str, **wanted: str) -> str:
        """The text at the start of the first such element."""
        return next(
            found
            for (name, attributes), found in zip(self.elements, self.texts, strict=True)
            if name == tag and wanted.items() <= attributes.items()
        )

    @property
    def answers(self) -> dict[str, object]:
        """The API's answers that came along."""
        found: dict[str, object] = json.loads(self.text("script", id="initial-data"))
        return found


class FakeCatalogue:
    """What is for sale."""

    def __init__(self) -> None:
        self.products = {MUG.sku: MUG}

    def put(self, product: CatalogueProduct) -> None:
        self.products[product.sku] = product


@pytest.fixture
def entry_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A frontend that is built."""
    (tmp_path / "index.html").write_text((FRONTEND / "index.html").read_text())
    monkeypatch.setattr(storefront, "DIST", tmp_path)


@pytest.fixture
def fake_catalogue(entry_page: None, monkeypatch: pytest.MonkeyPatch) -> FakeCatalogue:
    """A fake catalogue in place of the database."""
    fake_catalogue = FakeCatalogue()

    @contextmanager
    def transaction(shop: Shop) -> Iterator[None]:
        yield

    def get_products(connection: None, skus: Sequence[str]) -> dict[str, CatalogueProduct]:
        return fake_catalogue.products

    def find_products(connection: None, wanted: object, **options: object) -> list[object]:
        return [
            (product, (1, product.name, product.sku))
            for product in fake_catalogue.products.values()
        ]

    def count_products(connection: None, wanted: object) -> int:
        return len(fake_catalogue.products)

    def count_categories(connection: None) -> list[Category]:
        return [Category("Cuisine", "Kitchen", 1)]

    def parse_words(connection: None, words: str) -> tuple[()]:
        return ()

    monkeypatch.setattr(Shop, "transaction", transaction)
    for read in (get_products, find_products, count_products, count_categories, parse_words):
        monkeypatch.setattr(catalogue, read.__name__, read)
    return fake_catalogue


def is_entry_page(answer: TestResponse) -> bool:
    return "placeholder-header" in answer.text and "initial-data" not in answer.text


def test_a_product_stands_in_the_first_answer(
    http: FlaskClient, fake_catalogue: FakeCatalogue
) -> None:
    page = Reading(http.get("/products/CUI-001"))
    assert ("html", {"lang": "fr", "data-mantine-color-scheme": "light"}) in page.elements
    assert page.text("h1") == "Mug en grès"
    assert page.text("title") == "Mug en grès – ShopNow+"
    assert page.text("span", **{"class": "ProductPage-price"}) == "1\u202f018,00\xa0€"
    assert page.text("span", **{"class": "ProductPage-vat"}) == "TVA 20\xa0% comprise"
    assert page.text("span", **{"data-state": "in_stock"}) == "En stock"
    images = [attributes["src"] for tag, attributes in page.elements if tag == "img"]
    assert images == ["/media/CUI-001.svg"]
    shop_url = get_settings().shop_url
    links = {each["rel"]: each["href"] for tag, each in page.elements if tag == "link"}
    assert links["canonical"] == f"{shop_url}/products/CUI-001"
    facts = {
        each.get("property"): each.get("content") for tag, each in page.elements if tag == "meta"
    }
    assert facts["og:image"] == f"{shop_url}/media/CUI-001.svg"
    assert facts["og:description"] == "Émaillé à la main."


def test_the_language_is_the_cookies_and_no_browsers(
    http: FlaskClient, fake_catalogue: FakeCatalogue
) -> None:
    def heading(cookie: str | None) -> str:
        if cookie is not None:
            http.set_cookie("shopnow_language", cookie)
        answer = http.get("/products/CUI-001", headers={"Accept-Language": "en"})
        assert "Cookie" in answer.headers["Vary"]
        return Reading(answer).text("h1")

    assert heading(None) == "Mug en grès"
    assert heading("en") == "Stoneware mug"
    assert heading("de") == "Mug en grès"
    http.set_cookie("shopnow_language", "en")
    page = Reading(http.get("/"))
    assert "Stoneware mug" in page.texts
    assert page.text("p", **{"class": "CataloguePage-count"}) == "1 product"


def test_what_comes_along_is_what_the_api_answers(
    http: FlaskClient, fake_catalogue: FakeCatalogue
) -> None:
    def api(path: str) -> dict[str, object]:
        found: dict[str, object] = http.get(f"/api/v1{path}").get_json()
        return found

    for language in ("fr", "en"):
        http.set_cookie("shopnow_language", language)
        assert Reading(http.get("/products/CUI-001")).answers == {
            "language": language,
            "product": api(f"/products/CUI-001?lang={language}"),
            "shipping": api("/shipping-methods?country=FR")["items"],
        }
        assert Reading(http.get("/?q=mug")).answers == {
            "language": language,
            "products": api(f"/products?q=mug&lang={language}"),
            "categories": api(f"/categories?lang={language}")["items"],
        }


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_only_a_name(
    http: FlaskClient, fake_catalogue: FakeCatalogue, name: str
) -> None:
    harmless = [tag for tag, _ in Reading(http.get("/products/CUI-001")).elements]
    fake_catalogue.put(replace(MUG, name=name, description=name, category=name))
    page = Reading(http.get("/products/CUI-001"))
    assert [tag for tag, _ in page.elements] == harmless
    assert page.text("h1") == name
    assert page.answers["product"]["name"] == name  # type: ignore[index]
    assert name in Reading(http.get("/")).texts
    searched = Reading(http.get("/", query_string={"q": name}))
    assert name in searched.text("h1")
    assert [tag for tag, _ in searched.elements].count("script") == 2


def test_a_product_that_is_not_for_sale_is_404(
    http: FlaskClient, fake_catalogue: FakeCatalogue
) -> None:
    fake_catalogue.products.clear()
    answer = http.get("/products/CUI-001")
    assert (answer.status_code, is_entry_page(answer)) == (404, True)
    for tag in ("*", answer.headers.get("ETag", "")):
        again = http.get("/products/CUI-001", headers={"If-None-Match": tag})
        assert (again.status_code, is_entry_page(again)) == (404, True)


@pytest.mark.parametrize("path", ["/", "/products/CUI-001", "/?q=mug"])
def test_without_a_database_the_entry_page_comes(
    http: FlaskClient, entry_page: None, path: str
) -> None:
    answer = http.get(path)
    assert (answer.status_code, is_entry_page(answer)) == (200, True)


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("", "Des objets qui font la maison"),
        ("category=Cuisine&utm_source=mail", "Cuisine"),
        ("q=mug", "Résultats pour «\xa0mug\xa0»"),
        ("sort=price", None),
        ("in_stock=true", None),
        ("category=Cuisine&max_price=5", None),
        ("q=" + "a" * 101, None),
    ],
)
def test_the_catalogue_is_drawn_for_a_search_and_a_category(
    http: FlaskClient, fake_catalogue: FakeCatalogue, query: str, heading: str | None
) -> None:
    answer = http.get(f"/?{query}")
    assert answer.status_code == 200
    assert is_entry_page(answer) is (heading is None)
    if heading:
        assert Reading(answer).text("h1") == heading


def test_an_empty_catalogue_is_the_frontends(
    http: FlaskClient, fake_catalogue: FakeCatalogue
) -> None:
    fake_catalogue.products.clear()
    assert is_entry_page(http.get("/"))


def test_a_page_is_asked_about_again_and_sent_again_when_it_changed(
    http: FlaskClient, fake_catalogue: FakeCatalogue
) -> None:
    wish = {"Accept-Encoding": "br"}
    first = http.get("/products/CUI-001", headers=wish)
    assert first.headers["Cache-Control"] == "no-cache"
    assert first.content_encoding == "br"
    wish["If-None-Match"] = first.headers["ETag"]
    assert http.get("/products/CUI-001", headers=wish).status_code == 304
    fake_catalogue.put(replace(MUG, available=1))
    assert http.get("/products/CUI-001", headers=wish).status_code == 200


@pytest.mark.parametrize(
    ("available", "state"), [(7, "InStock"), (2, "LimitedAvailability"), (0, "OutOfStock")]
)
def test_search_engines_are_told_price_and_stock(
    http: FlaskClient, fake_catalogue: FakeCatalogue, available: int, state: str
) -> None:
    fake_catalogue.put(replace(MUG, available=available))
    metadata = json.loads(
        Reading(http.get("/products/CUI-001")).text("script", type="application/ld+json")
    )
    assert metadata["name"] == "Mug en grès"
    assert metadata["offers"]["price"] == "1018.00"
    assert metadata["offers"]["availability"] == f"https://schema.org/{state}"


def test_every_class_of_the_templates_is_in_the_built_stylesheet() -> None:
    stylesheets = list((FRONTEND / "dist/assets").glob("index-*.css"))
    assert stylesheets, "The frontend is not built: run make setup."
    known = set(re.findall(r"\.(-?[A-Za-z_][\w-]*)", "".join(map(Path.read_text, stylesheets))))
    sources = "".join(each.read_text() for each in TEMPLATES.glob("*.html"))
    used = {name for found in re.findall(r'class="([\w -]+)"', sources) for name in found.split()}
    assert len(used) > 40
    assert used - known == set()


def test_numbers_and_names_are_written_as_the_frontend_writes_them() -> None:
    assert formats.money("1234.5000", "EUR", "fr") == "1\u202f234,50\xa0€"
    assert formats.money("12.345", "EUR", "en") == "€12.35"
    assert formats.percent("0.0550", "fr") == "5,5\xa0%"
    assert formats.percent("0.2000", "en") == "20%"
    assert formats.product_name("WHITE METAL LANTERN") == "White metal lantern"
    assert formats.product_name("Mug en grès") == "Mug en grès"


def test_a_text_has_the_form_of_its_number() -> None:
    assert text("fr", "catalogue.count", count=0) == "0 produit"
    assert text("en", "catalogue.count", count=0) == "0 products"
    assert text("fr", "common.stock.in_stock", count=3) == "En stock"
    for broken in ("catalogue.no_such", "catalogue.product.vat"):
        with pytest.raises(KeyError):
            text("fr", broken)
