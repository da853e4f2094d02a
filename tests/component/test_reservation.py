"""An unpaid order keeps its stock for as long as the settings say."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support.shopping import cart_with, check_out
from webshop.api.http.limits import limiter
from webshop.app import create_app
from webshop.bootstrap import Shop
from webshop.services.ordering.orders import expire_orders


@pytest.mark.parametrize("minutes", [2, 90])
def test_the_time_to_pay_is_the_setting(
    minutes: float, shop: Shop, database: Any, new_product: Callable[..., str]
) -> None:
    settings = shop.settings.model_copy(update={"reservation_minutes": minutes})
    http = create_app({"SHOP": replace(shop, settings=settings)}).test_client()
    limiter.reset()
    sku = new_product(1)

    placed = check_out(http, cart_with(http, sku, 1))

    assert placed.status_code == 201
    row = database.execute("SELECT placed_at, expires_at FROM shop.orders").fetchone()
    assert row["expires_at"] - row["placed_at"] == timedelta(minutes=minutes)
    assert datetime.fromisoformat(placed.get_json()["expires_at"]) == row["expires_at"]
    moment = timedelta(seconds=1)
    assert expire_orders(shop.engine, row["expires_at"].astimezone(UTC) - moment) == 0
    assert http.get(f"/api/v1/stock/{sku}").get_json()["available"] == 0
    assert expire_orders(shop.engine, row["expires_at"].astimezone(UTC) + moment) == 1
    assert http.get(f"/api/v1/stock/{sku}").get_json()["available"] == 1
