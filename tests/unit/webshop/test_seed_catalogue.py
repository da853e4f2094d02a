"""The seeded range is sound, and every product has a picture that the strict CSP shows."""

from decimal import Decimal
from xml.etree import ElementTree

from webshop.api.schemas import NewItem
from webshop.storefront.media import picture, seed_catalogue, seed_categories
from webshop.storefront.pictograms import PICTOGRAMS


def test_the_range_can_be_sold() -> None:
    products = seed_catalogue()
    assert len(products) >= 24
    assert len({product["sku"] for product in products}) == len(products)
    for product in products:
        NewItem(sku=product["sku"], quantity=1)
        assert Decimal(product["price"]) > 0
        assert product["units"] >= 1
        assert product["motif"] in PICTOGRAMS


def test_every_text_is_there_in_both_languages() -> None:
    for product in seed_catalogue():
        for text in ("name", "description"):
            assert product[text]
            assert product[f"{text}_en"]
            assert product[text] != product[f"{text}_en"]
    assert {product["category"] for product in seed_catalogue()} == set(seed_categories())


def test_every_drawing_is_used() -> None:
    used = {product["motif"] for product in seed_catalogue()} | {"parcel"}
    assert used == set(PICTOGRAMS)


def test_pictures_are_well_formed_deterministic_and_free_of_inline_style() -> None:
    skus = [product["sku"] for product in seed_catalogue()] + ["85123A", "<script>"]
    for sku in skus:
        svg = picture(sku)
        assert svg == picture(sku)
        assert "style" not in svg
        assert "script" not in svg
        ElementTree.fromstring(svg)  # noqa: S314
    assert len({picture(sku) for sku in skus}) == len(skus)
