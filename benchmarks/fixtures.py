"""Benchmark fixtures: products on sale while it runs, carts and checkouts."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine, insert, update

from benchmarks.http_load import drive, post
from benchmarks.servers import Address
from shopnow.settings import Settings
from webshop.adapters.catalogue.stock import lock_levels, open_stock
from webshop.adapters.tables import products
from webshop.bootstrap import database_engine
from webshop.domain.catalogue.stock import restock
from webshop.services.catalogue.stock import record_changes
from webshop.simulation.shop_requests import (
    API,
    BUYER,
    Request,
    add_item,
    check_out,
    open_cart,
)

PRICE = Decimal("12.50")


@contextmanager
def on_sale(settings: Settings, units: Sequence[int]) -> Iterator[list[str]]:
    """New products with this many units each, withdrawn from sale at the end; their skus.

    The skus are one prefix of this run, followed by 1, 2, 3…
    """
    prefix = f"BENCH-{uuid.uuid4().hex[:8]}-"
    skus = [f"{prefix}{number}" for number in range(1, len(units) + 1)]
    engine = database_engine(settings, pool_size=1)
    try:
        _add(engine, dict(zip(skus, units, strict=True)), settings.currency)
        yield skus
        with engine.begin() as connection:
            ours = products.c.sku.in_(skus)
            connection.execute(update(products).where(ours).values(active=False))
    finally:
        engine.dispose()


def fill_carts(address: Address, clients: int, skus: Sequence[str]) -> list[str]:
    """One cart a sku with one unit in it; their ids."""
    opened = drive(address, clients, [encode(open_cart()) for _ in skus])
    carts = [answer.json()["cart_id"] for answer in opened.require(201).answers]
    items = [encode(add_item(cart, sku)) for cart, sku in zip(carts, skus, strict=True)]
    drive(address, clients, items).require(201)
    return carts


def buyer(tag: str) -> dict[str, Any]:
    """What a checkout of the bench says of its buyer, who has its own address."""
    return BUYER | {"email": f"{tag}@bench.example", "name": "Bench"}


def checkout(cart: str) -> bytes:
    """The request that checks a cart out, under its own key."""
    return encode(check_out(cart, **buyer(cart)))


def encode(request: Request) -> bytes:
    """A POST of the API as the load generator sends it."""
    return post(f"{API}{request.path}", request.body, request.headers)


def _add(engine: Engine, units: dict[str, int], currency: str) -> None:
    with engine.begin() as connection:
        connection.execute(
            insert(products),
            [
                {"sku": sku, "name": "Bench", "category": "Bench", "rank": 9_000_000}
                | {"price": PRICE, "currency": currency}
                for sku in units
            ],
        )
        for sku in units:
            open_stock(connection, sku, reorder_point=0)
        levels = lock_levels(connection, list(units))
        changes = [restock(levels[sku], number, "bench") for sku, number in units.items()]
        record_changes(connection, changes, datetime.now(UTC))
