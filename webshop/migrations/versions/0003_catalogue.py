"""The catalogue in two languages, and a search that forgives accents and typos.

Revision: 0003, after 0002.

Descriptions that held both languages ("French · English") are taken apart; the downgrade joins them
again.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# unaccent() is only STABLE, for its dictionary could be altered; ours is named and never is.
FOLD = """
CREATE FUNCTION shop.fold(value text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lower(public.unaccent('public.unaccent'::regdictionary, value))
"""

SEARCH = """
setweight(to_tsvector('french'::regconfig, shop.fold(name)), 'A')
|| setweight(to_tsvector('english'::regconfig, shop.fold(coalesce(name_en, ''))), 'A')
|| setweight(to_tsvector('simple'::regconfig, shop.fold(sku)), 'A')
|| setweight(to_tsvector('french'::regconfig, shop.fold(category)), 'B')
|| setweight(to_tsvector('french'::regconfig, shop.fold(description)), 'C')
|| setweight(to_tsvector('english'::regconfig, shop.fold(coalesce(description_en, ''))), 'C')
"""

SEARCH_TEXT = """
' ' || shop.fold(sku || ' ' || name || ' ' || coalesce(name_en, '') || ' ' || category || ' '
|| description || ' ' || coalesce(description_en, ''))
"""

BOTH_LANGUAGES = " · "


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public")
    op.execute(FOLD)
    op.create_table(
        "categories",
        sa.Column("category", sa.String(length=100), nullable=False),
        sa.Column("label_en", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("category", name=op.f("pk_categories")),
        schema="shop",
    )
    _add("name_en", sa.String(length=300))
    _add("description_en", sa.Text())
    _add("vat_rate", sa.Numeric(5, 4), nullable=False, server_default=sa.text("0.2000"))
    op.create_check_constraint(
        op.f("ck_products_vat_rate_range"), "products", "vat_rate BETWEEN 0 AND 1", schema="shop"
    )
    op.execute(
        sa.text(
            "UPDATE shop.products SET description_en = split_part(description, :mark, 2),"
            " description = split_part(description, :mark, 1)"
            " WHERE description LIKE '%' || :mark || '%'"
        ).bindparams(mark=BOTH_LANGUAGES)
    )
    _add("name_key", sa.Text(), sa.Computed("shop.fold(name)", persisted=True))
    _add(
        "name_en_key",
        sa.Text(),
        sa.Computed("shop.fold(coalesce(name_en, name))", persisted=True),
    )
    _add("search_text", sa.Text(), sa.Computed(SEARCH_TEXT, persisted=True))
    _add("search", postgresql.TSVECTOR(), sa.Computed(SEARCH, persisted=True))
    for name, columns in (
        ("ix_products_price", ["price", "sku"]),
        ("ix_products_name_key", ["name_key", "sku"]),
        ("ix_products_name_en_key", ["name_en_key", "sku"]),
        ("ix_products_category", ["category"]),
    ):
        op.create_index(name, "products", columns, schema="shop")
    op.create_index(
        "ix_products_search", "products", ["search"], schema="shop", postgresql_using="gin"
    )
    op.create_index(
        "ix_products_search_text",
        "products",
        ["search_text"],
        schema="shop",
        postgresql_using="gin",
        postgresql_ops={"search_text": "gin_trgm_ops"},
    )


def _add(name: str, *definition: Any, **options: Any) -> None:
    op.add_column("products", sa.Column(name, *definition, **options), schema="shop")


def downgrade() -> None:
    # Indexes go with their columns.
    for name in ("search", "search_text", "name_key", "name_en_key"):
        op.drop_column("products", name, schema="shop")
    op.drop_index("ix_products_category", "products", schema="shop")
    op.drop_index("ix_products_price", "products", schema="shop")
    op.execute(
        sa.text(
            "UPDATE shop.products SET description = description || :mark || description_en"
            " WHERE description_en IS NOT NULL"
        ).bindparams(mark=BOTH_LANGUAGES)
    )
    for name in ("name_en", "description_en", "vat_rate"):
        op.drop_column("products", name, schema="shop")
    op.drop_table("categories", schema="shop")
    op.execute("DROP FUNCTION shop.fold(text)")
    op.execute("DROP EXTENSION IF EXISTS pg_trgm")
