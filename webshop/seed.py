"""The shop's own range, its welcome code and its first administrator: `python -m webshop.seed`.

It runs at every start and adds what is missing: what is there already is left as it is, for people
may have changed it. A product's opening stock is a restock movement with its stock_changed event,
like any other.
"""

import logging
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from shopnow.database.locks import AdvisoryLock
from shopnow.settings import SHOP_ADMIN, Settings, get_settings
from webshop.adapters.accounts.accounts import lock_admins
from webshop.adapters.accounts.passwords import Passwords
from webshop.adapters.catalogue.stock import lock_levels, open_stock
from webshop.adapters.ordering.promotions import add_promotion
from webshop.adapters.tables import categories, products
from webshop.bootstrap import database_engine
from webshop.domain.catalogue.stock import restock
from webshop.domain.ordering.promotions import Promotion
from webshop.services.accounts.accounts import ensure_admin
from webshop.services.catalogue.stock import record_changes
from webshop.storefront.media import seed_catalogue, seed_categories

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
    # Two concurrent seeds would both find a product missing.
    connection.execute(select(func.pg_advisory_xact_lock(int(AdvisoryLock.SEED))))
    _add_categories(connection)
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


def seed_admin(connection: Connection, settings: Settings) -> None:
    """Open the first administrator's account, if the settings hold its password.

    Only in a shop without administrator: one that was deleted or demoted since, as another can be,
    does not come back with its first password.
    """
    if settings.shop_admin_password and not lock_admins(connection):
        password_hash = Passwords(settings.password_hash_memory_kib).hash(
            settings.shop_admin_password
        )
        ensure_admin(connection, SHOP_ADMIN, password_hash, settings.language)


def _add_product(connection: Connection, product: dict[str, Any], rank: int, currency: str) -> bool:
    inserted = connection.execute(
        insert(products)
        .values(
            sku=product["sku"],
            name=product["name"],
            name_en=product["name_en"],
            description=product["description"],
            description_en=product["description_en"],
            category=product["category"],
            price=Decimal(product["price"]),
            currency=currency,
            rank=rank,
        )
        .on_conflict_do_nothing()
        .returning(products.c.sku)
    )
    return inserted.one_or_none() is not None


def _add_categories(connection: Connection) -> None:
    rows = [{"category": name, "label_en": label} for name, label in seed_categories().items()]
    connection.execute(insert(categories).on_conflict_do_nothing(), rows)


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    settings = get_settings()
    engine = database_engine(settings)
    now = datetime.now(UTC)
    with engine.begin() as connection:
        added = seed(connection, settings.currency, now)
        seed_admin(connection, settings)
    engine.dispose()
    log.info("%s products added to the catalogue of %s", added, len(seed_catalogue()))


if __name__ == "__main__":
    main()
