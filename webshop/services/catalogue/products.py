"""Products: adding and changing them."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from webshop.adapters.audit import Change, write_audit
from webshop.adapters.catalogue.products import add_product, lock_product, save_product
from webshop.adapters.catalogue.stock import lock_levels, open_stock
from webshop.domain.catalogue.products import is_payable
from webshop.domain.catalogue.stock import set_reorder_point
from webshop.domain.errors import AlreadyExists, NotFound, PriceRefused
from webshop.domain.money import format_amount, smallest_amount
from webshop.services.catalogue.stock import record_changes


def create_product(
    connection: Connection,
    sku: str,
    fields: Mapping[str, Any],
    reorder_point: int,
    *,
    by: str,
    now: datetime,
) -> None:
    """Add a product without units; `fields` are its other columns.

    Raises AlreadyExists or PriceRefused.
    """
    if fields["active"]:
        _require_payable(fields["price"], fields["currency"])
    if not add_product(connection, sku, fields):
        raise AlreadyExists("product", sku)
    open_stock(connection, sku, reorder_point)
    after = _audit_values(fields) | {"reorder_point": reorder_point}
    write_audit(connection, Change(by, "product.create", f"product {sku}", after=after), now)


def change_product(
    connection: Connection,
    sku: str,
    fields: Mapping[str, Any],
    reorder_point: int | None,
    *,
    by: str,
    now: datetime,
) -> None:
    """Change columns of a product, and its reorder point unless that is None.

    A new price is for carts and for orders to come; orders keep theirs. Raises
    NotFound, or PriceRefused if it would be for sale at a price that nobody can pay.
    """
    row = lock_product(connection, sku)
    if row is None:
        raise NotFound("product", sku)
    if fields.keys() & {"price", "active"} and fields.get("active", row.active):
        _require_payable(fields.get("price", row.price), row.currency)
    before = {name: getattr(row, name) for name in fields}
    if fields:
        save_product(connection, sku, fields)
    values_before, values_after = _audit_values(before), _audit_values(fields)
    level = lock_levels(connection, [sku]).get(sku) if reorder_point is not None else None
    if reorder_point is not None and level is not None:
        change = set_reorder_point(level, reorder_point)
        note = f"reorder point {level.reorder_point} → {reorder_point}"
        record_changes(connection, [change], now, by=by, note=note)
        values_before["reorder_point"] = level.reorder_point
        values_after["reorder_point"] = reorder_point
    change_line = Change(by, "product.change", f"product {sku}", values_before, values_after)
    write_audit(connection, change_line, now)


def _require_payable(price: Decimal, currency: str) -> None:
    if not is_payable(price, currency):
        least = format_amount(smallest_amount(currency))
        raise PriceRefused(format_amount(price), currency, least)


def _audit_values(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: format_amount(value) if isinstance(value, Decimal) else value
        for name, value in fields.items()
    }
