"""Products, what is left of them, and the ledger of its changes."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Double,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    String,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR

from webshop.adapters.tables.base import (
    MOMENT,
    MONEY,
    SHOP,
    STOCK_REASONS,
    metadata,
    one_of,
    recorded_at,
)

# What the search reads, French and English alike; shop.fold takes accents and capitals away.
_SEARCH = """
setweight(to_tsvector('french'::regconfig, shop.fold(name)), 'A')
|| setweight(to_tsvector('english'::regconfig, shop.fold(coalesce(name_en, ''))), 'A')
|| setweight(to_tsvector('simple'::regconfig, shop.fold(sku)), 'A')
|| setweight(to_tsvector('french'::regconfig, shop.fold(category)), 'B')
|| setweight(to_tsvector('french'::regconfig, shop.fold(description)), 'C')
|| setweight(to_tsvector('english'::regconfig, shop.fold(coalesce(description_en, ''))), 'C')
"""
# Begins with a space, so that every word in it does.
_SEARCH_TEXT = """
' ' || shop.fold(sku || ' ' || name || ' ' || coalesce(name_en, '') || ' ' || category || ' '
|| description || ' ' || coalesce(description_en, ''))
"""

products = Table(
    "products",
    metadata,
    Column("sku", String(64), primary_key=True),
    Column("name", String(300), nullable=False),
    Column("description", Text, nullable=False, server_default=""),
    Column("category", String(100), nullable=False),
    Column("price", MONEY, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("kind", String(16), nullable=False, server_default="product"),
    Column("image", Text),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    # Where the catalogue shows it: the shop's own range before what an import brought.
    Column("rank", Integer, nullable=False, server_default=text("1000")),
    recorded_at(),
    # Null falls back to the French text. Events always carry the French name.
    Column("name_en", String(300)),
    Column("description_en", Text),
    # Prices include it.
    Column("vat_rate", Numeric(5, 4), nullable=False, server_default=text("0.2000")),
    # What the sort by name goes by.
    Column("name_key", Text, Computed("shop.fold(name)", persisted=True)),
    Column("name_en_key", Text, Computed("shop.fold(coalesce(name_en, name))", persisted=True)),
    Column("search_text", Text, Computed(_SEARCH_TEXT, persisted=True)),
    Column("search", TSVECTOR, Computed(_SEARCH, persisted=True)),
    CheckConstraint("price >= 0", name="price_not_negative"),
    CheckConstraint("vat_rate BETWEEN 0 AND 1", name="vat_rate_range"),
    # What is charged is charged to the cent.
    CheckConstraint("price = round(price, 2)", name="price_in_cents"),
    one_of("kind", ("product", "service"), "kind"),
    Index("ix_products_catalogue", "rank", "name", "sku"),
    Index("ix_products_price", "price", "sku"),
    Index("ix_products_name_key", "name_key", "sku"),
    Index("ix_products_name_en_key", "name_en_key", "sku"),
    Index("ix_products_category", "category"),
    Index("ix_products_search", "search", postgresql_using="gin"),
    Index(
        "ix_products_search_text",
        "search_text",
        postgresql_using="gin",
        postgresql_ops={"search_text": "gin_trgm_ops"},
    ),
    schema=SHOP,
)

stock = Table(
    "stock",
    metadata,
    Column("sku", ForeignKey(products.c.sku), primary_key=True),
    Column("on_hand", Integer, nullable=False, server_default=text("0")),
    Column("reserved", Integer, nullable=False, server_default=text("0")),
    Column("available", Integer, Computed("on_hand - reserved", persisted=True), nullable=False),
    Column("reorder_point", Integer, nullable=False, server_default=text("0")),
    # Number of the last movement of this product; 0 before the first.
    Column("version", Integer, nullable=False, server_default=text("0")),
    CheckConstraint("on_hand >= 0", name="on_hand_not_negative"),
    CheckConstraint("reserved >= 0", name="reserved_not_negative"),
    CheckConstraint("reserved <= on_hand", name="reserved_within_on_hand"),
    CheckConstraint("reorder_point >= 0", name="reorder_point_not_negative"),
    schema=SHOP,
)

# The ledger: append-only (a trigger refuses updates and deletes), one row a version.
stock_movements = Table(
    "stock_movements",
    metadata,
    Column("sku", ForeignKey(stock.c.sku), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("reason", String(16), nullable=False),
    Column("reference", String(64)),
    Column("quantity", Integer, nullable=False),
    Column("available_before", Integer, nullable=False),
    Column("available_after", Integer, nullable=False),
    Column("on_hand_before", Integer, nullable=False),
    Column("on_hand_after", Integer, nullable=False),
    Column("occurred_at", MOMENT, nullable=False),
    # The stock_changed event of this movement.
    Column("event_id", Uuid, nullable=False, unique=True),
    # Who did it: `account:<uuid>`, `guest` or `system`; and why, in their words.
    Column("actor", String(64), nullable=False, server_default="system"),
    Column("note", String(200)),
    CheckConstraint("version >= 1", name="version_from_one"),
    CheckConstraint("available_after = available_before + quantity", name="quantity_is_delta"),
    one_of("reason", STOCK_REASONS, "reason"),
    schema=SHOP,
)

stock_alerts = Table(
    "stock_alerts",
    metadata,
    Column("alert_id", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("sku", String(64), nullable=False),
    Column("product_name", String(300), nullable=False),
    Column("stock_event_id", Uuid, nullable=False),
    Column("stock_version", Integer, nullable=False),
    Column("available", Integer, nullable=False),
    Column("reorder_point", Integer, nullable=False),
    Column("stock_changed_at", MOMENT, nullable=False),
    # When Kafka received the stock change, and when it received the alert.
    Column("stock_kafka_at", MOMENT, nullable=False),
    Column("alert_kafka_at", MOMENT, nullable=False),
    Column("latency_ms", Double, nullable=False),
    recorded_at("received_at"),
    Index("ix_stock_alerts_alert_kafka_at", "alert_kafka_at"),
    schema=SHOP,
)
