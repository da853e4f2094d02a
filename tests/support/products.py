"""Products for tests."""

import uuid
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine, insert

from webshop.adapters.catalogue.stock import lock_levels, open_stock
from webshop.adapters.tables import products
from webshop.domain.catalogue.stock import restock
from webshop.services.catalogue.stock import record_changes


def put_on_sale(engine: Engine, units: int, **fields: Any) -> str:
    """A new product with this many units, through the shop's own services; its SKU."""
    sku: str = fields.get("sku", f"TEST-{uuid.uuid4().hex[:12]}")
    known = {"name": sku, "category": "Tests", "price": Decimal("12.50"), "currency": "EUR"}
    with engine.begin() as connection:
        connection.execute(insert(products).values(known | fields | {"sku": sku}))
        open_stock(connection, sku, reorder_point=2)
        level = lock_levels(connection, [sku])[sku]
        record_changes(connection, [restock(level, units, None)], datetime.now(UTC))
    return sku
