"""Categories of products; their French label is their name."""

from sqlalchemy import Column, String, Table

from webshop.adapters.tables.base import SHOP, metadata

# A product may name a category that has no row here: its label is then its name in each language.
categories = Table(
    "categories",
    metadata,
    Column("category", String(100), primary_key=True),
    Column("label_en", String(100), nullable=False),
    schema=SHOP,
)
