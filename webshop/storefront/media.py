"""Product pictures, rendered on request: deterministic and small."""

import hashlib
import json
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from flask import Blueprint, Response

from webshop.storefront.pictograms import PICTOGRAMS

blueprint = Blueprint("media", __name__)

CATALOGUE_FILE = Path(__file__).with_name("seed_catalogue.json")

_PICTURE = Template(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="400" height="400">'
    '<rect width="200" height="200" fill="$ground"/><circle cx="100" cy="100" r="86" '
    'fill="$halo"/>$drawing</svg>'
)


@cache
def seed_catalogue() -> list[dict[str, Any]]:
    """The seeded products: sku, category, name and description in French and (`…_en`) English,
    price, units, reorder_point; and how they are drawn: motif, hue (degrees).
    """
    products: list[dict[str, Any]] = json.loads(CATALOGUE_FILE.read_text())["products"]
    return products


@cache
def seed_categories() -> dict[str, str]:
    """The categories of the seeded products, each with its English label."""
    categories: dict[str, str] = json.loads(CATALOGUE_FILE.read_text())["categories"]
    return categories


@cache
def _seed_drawings() -> dict[str, tuple[str, int]]:
    return {product["sku"]: (product["motif"], product["hue"]) for product in seed_catalogue()}


def picture(sku: str) -> str:
    """The SVG of a product: its own drawing, or a parcel in a colour that its sku decides."""
    any_hue = int.from_bytes(hashlib.sha256(sku.encode()).digest()[:2]) % 360
    motif, hue = _seed_drawings().get(sku, ("parcel", any_hue))
    drawing = Template(PICTOGRAMS[motif]).substitute(
        a=f"hsl({hue},46%,54%)", b=f"hsl({hue},40%,33%)", c=f"hsl({(hue + 12) % 360},60%,84%)"
    )
    return _PICTURE.substitute(
        ground=f"hsl({hue},36%,95%)", halo=f"hsl({hue},42%,90%)", drawing=drawing
    )


@blueprint.get("/media/<sku>.svg")
def serve_picture(sku: str) -> Response:
    """The picture of a product, whether or not the product is for sale."""
    response = Response(picture(sku), mimetype="image/svg+xml")
    response.cache_control.public = True
    response.cache_control.max_age = 24 * 60 * 60
    response.add_etag()
    return response
