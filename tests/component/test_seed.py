"""A start of the shop adds what is missing, and undoes nothing that people have changed."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from shopnow.settings import SHOP_ADMIN, Settings
from webshop.adapters.accounts.accounts import find_account
from webshop.domain.accounts.accounts import Account, Role
from webshop.domain.errors import LastAdmin
from webshop.seed import seed, seed_admin
from webshop.services.accounts.accounts import change_role, delete_account, ensure_admin
from webshop.services.catalogue.inventory import count_product
from webshop.services.catalogue.products import change_product

NOW = datetime(2026, 11, 26, tzinfo=UTC)
OWNER = "owner@shopnow.example"


def account(connection: Connection, email: str) -> Account:
    found = find_account(connection, email)
    assert found is not None
    return found[0]


@pytest.fixture
def start(engine: Engine, settings: Settings) -> Any:
    """What every start of the shop does after the migrations."""

    def run() -> None:
        with engine.begin() as connection:
            seed(connection, settings.currency, NOW)
            seed_admin(connection, settings)

    run()
    return run


def test_a_restart_undoes_nothing_that_staff_have_changed(
    start: Any, engine: Engine, database: Any
) -> None:
    skus = [row["sku"] for row in database.execute("SELECT sku FROM shop.products ORDER BY sku")]
    changes: list[dict[str, Any]] = [
        {"name": "Un autre nom", "name_en": None, "description_en": None},
        {"price": Decimal("99.00"), "category": "Salon"},
        {"active": False},
    ]
    with engine.begin() as connection:
        for sku, fields in zip(skus, changes, strict=False):
            change_product(connection, sku, fields, None, by="account:test", now=NOW)
        change_product(connection, skus[3], {}, 77, by="account:test", now=NOW)
        count_product(connection, skus[4], 1, "inventaire", by="account:test", now=NOW)
    database.execute("UPDATE shop.promotions SET active = false")
    queries = [
        f"SELECT xmin::text AS writer, * FROM shop.{table} ORDER BY 2, 3"  # noqa: S608 - ours
        for table in ("products", "stock", "stock_movements", "promotions", "outbox", "accounts")
    ]
    before = [database.execute(query).fetchall() for query in queries]

    start()

    assert [database.execute(query).fetchall() for query in queries] == before


@pytest.mark.parametrize("way", ["deleted", "demoted", "demoted and deleted"])
def test_the_first_administrator_stays_gone_once_there_is_another(
    way: str, start: Any, engine: Engine, database: Any
) -> None:
    with engine.begin() as connection:
        ensure_admin(connection, OWNER, "hash", "fr")
        first = account(connection, SHOP_ADMIN)
        if "demoted" in way:
            _, first = change_role(connection, first.account_id, Role.CUSTOMER)
        if "deleted" in way:
            delete_account(connection, first, by="account:test", now=NOW)
    accounts = "SELECT email, role FROM shop.accounts ORDER BY email"
    before = database.execute(accounts).fetchall()

    start()

    assert database.execute(accounts).fetchall() == before
    assert {row["email"] for row in before if row["role"] == "admin"} == {OWNER}


def test_a_shop_without_administrator_gets_its_first_one(start: Any, engine: Engine) -> None:
    with engine.begin() as connection:
        first = account(connection, SHOP_ADMIN)
        assert first.role is Role.ADMIN
        with pytest.raises(LastAdmin):
            delete_account(connection, first, by="account:test", now=NOW)
