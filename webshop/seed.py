"""Put the shop's own range on sale, with its welcome code: `python -m webshop.seed`.

Idempotent: a product that is there already is left as it is, whatever has been sold of it since.
Its opening stock is a restock movement with its stock_changed event, like any other.
"""

import logging
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from shopnow.settings import get_settings
from webshop.adapters.locks import AdvisoryLock
from webshop.adapters.promotions import add_promotion
from webshop.adapters.stock import lock_levels, open_stock
from webshop.adapters.tables import products
from webshop.bootstrap import database_engine
from webshop.domain.promotions import Promotion
from webshop.domain.stock import restock
from webshop.media import seed_catalogue
from webshop.services.stock import record_changes

log = logging.getLogger(__name__)

OPENING_REFERENCE = "opening-stock"
WELCOME = Promotion(
    code="BIENVENUE10",
    label="Bienvenue : −10 %",
    kind="percent",
    value=Decimal(10),
    minimum=Decimal(0),
    starts_at=None,
    ends_at=None,
    max_uses=None,
    uses=0,
    once_per_customer=True,
    active=True,
)


def seed(connection: Connection, currency: str, now: datetime) -> int:
    """Add the products that are missing, in one transaction; return how many were."""
    # Two seeds at once would both find a product missing.
    connection.execute(select(func.pg_advisory_xact_lock(int(AdvisoryLock.SEED))))
    added = [
        product
        for rank, product in enumerate(seed_catalogue(), start=1)
        if _add_product(connection, product, rank, currency)
    ]
    for product in added:
        open_stock(connection, product["sku"], product["reorder_point"])
    levels = lock_levels(connection, [product["sku"] for product in added])
    changes = [
        restock(levels[product["sku"]], product["units"], OPENING_REFERENCE) for product in added
    ]
    record_changes(connection, changes, now)
    add_promotion(connection, WELCOME)
    return len(added)


def _add_product(connection: Connection, product: dict[str, Any], rank: int, currency: str) -> bool:
    inserted = connection.execute(
        insert(products)
        .values(
            sku=product["sku"],
            name=product["name"],
            description=product["description"],
            category=product["category"],
            price=Decimal(product["price"]),
            currency=currency,
            rank=rank,
        )
        .on_conflict_do_nothing()
        .returning(products.c.sku)
    )
    return inserted.one_or_none() is not None


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    settings = get_settings()
    engine = database_engine(settings)
    with engine.begin() as connection:
        added = seed(connection, settings.currency, datetime.now(UTC))
    engine.dispose()
    log.info("%s products added to the catalogue of %s", added, len(seed_catalogue()))


if __name__ == "__main__":
    main()
