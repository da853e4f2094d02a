"""The products of an import: created on first sight, then kept up where nobody changed them.

`retail_products` remembers the name, the price and whether it is on sale as an import last gave
them to each product that it created, and the order line that they are from. What differs from that
was changed by somebody and stays as it is; what somebody sets back follows the files again. All
else of a product, such as its category or its reorder point, is never touched once it is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import psycopg

from webshop.domain.money import ZERO, to_price
from webshop.retail_import.invoices import Invoice
from webshop.retail_import.lines import LineKind, is_service

Connection = psycopg.Connection[Any]

CATEGORY = "Online Retail"

#: Where an order line stands in time, whatever the order in which files are imported.
Position = tuple[datetime, str, int]


@dataclass
class Description:
    """What some invoices say of one product."""

    #: Of its latest order line that has a price; None if there is none.
    position: Position | None = None
    name: str = ""
    price: Decimal = ZERO
    #: The first name and price of any line, for a product that is not there yet.
    first_name: str = ""
    first_price: Decimal = ZERO


def describe(invoices: Sequence[Invoice], currency: str) -> dict[str, Description]:
    """What the invoices say of their products, by sku.

    A price that rounds to nothing in the shop's currency is none.
    """
    found: dict[str, Description] = {}
    for invoice in invoices:
        for line in invoice.lines:
            product = found.setdefault(line.sku, Description())
            product.first_name = product.first_name or line.name
            price = to_price(line.price, currency)
            product.first_price = product.first_price or max(price, ZERO)
        for sku, name, price, position in _order_lines(invoice, currency):
            product = found[sku]
            if product.position is None or position > product.position:
                product.position, product.name, product.price = position, name, price
    return found


def _order_lines(invoice: Invoice, currency: str) -> Iterator[tuple[str, str, Decimal, Position]]:
    ordered = invoice.of_kind(LineKind.ORDER)
    placed_at = min((line.at for line in ordered), default=None)
    for number, line in enumerate(ordered, start=1):
        price = to_price(line.price, currency)
        if placed_at is not None and price > 0:
            yield line.sku, line.name, price, (placed_at, invoice.number, number)


def save_products(
    connection: Connection, described: dict[str, Description], currency: str
) -> dict[str, str]:
    """Create the products that are missing, keep up the others; return their names by sku."""
    _follow(connection, described)
    _create(connection, described, currency)
    return dict(
        connection.execute(
            "SELECT sku, name FROM shop.products WHERE sku = ANY(%s)", (sorted(described),)
        ).fetchall()
    )


def _follow(connection: Connection, described: dict[str, Description]) -> None:
    """Give products what a later order line says of them, but for what somebody has changed."""
    sold = [
        (sku, product.name, product.price, *product.position)
        for sku, product in described.items()
        if product.position is not None
    ]
    # Products are locked before stock, as by staff's changes, and in one order.
    connection.execute(
        """
        WITH newer AS (
            SELECT sku, said.price, product.kind = 'product' AS active,
                   coalesce(nullif(said.name, ''), given.name) AS name,
                   said.placed_at, said.order_number, said.line_number,
                   product.name = given.name AS name_follows,
                   product.price = given.price AS price_follows,
                   product.active = given.active AS active_follows
              FROM unnest(%s::text[], %s::text[], %s::numeric[],
                          %s::timestamptz[], %s::text[], %s::int[])
                AS said (sku, name, price, placed_at, order_number, line_number)
              JOIN shop.retail_products AS given USING (sku)
              JOIN shop.products AS product USING (sku)
             WHERE given.line_number IS NULL
                OR (said.placed_at, said.order_number COLLATE "C", said.line_number)
                 > (given.placed_at, given.order_number, given.line_number)
             ORDER BY sku
               FOR NO KEY UPDATE OF product
        ), kept_up AS (
            UPDATE shop.products AS product
               SET name = CASE WHEN name_follows THEN newer.name ELSE product.name END,
                   price = CASE WHEN price_follows THEN newer.price ELSE product.price END,
                   active = CASE WHEN active_follows THEN newer.active ELSE product.active END
              FROM newer
             WHERE product.sku = newer.sku
               AND (name_follows AND product.name <> newer.name
                    OR price_follows AND product.price <> newer.price
                    OR active_follows AND product.active <> newer.active)
        )
        UPDATE shop.retail_products AS given
           SET name = CASE WHEN name_follows THEN newer.name ELSE given.name END,
               price = CASE WHEN price_follows THEN newer.price ELSE given.price END,
               active = CASE WHEN active_follows THEN newer.active ELSE given.active END,
               placed_at = newer.placed_at,
               order_number = newer.order_number,
               line_number = newer.line_number
          FROM newer
         WHERE given.sku = newer.sku
        """,
        _columns(sold, 6),
    )


def _create(connection: Connection, described: dict[str, Description], currency: str) -> None:
    rows = []
    for sku, product in sorted(described.items()):
        price = product.price or product.first_price
        name = product.name or product.first_name or sku
        kind = "service" if is_service(sku) else "product"
        active = kind == "product" and price > 0
        line = product.position or (None, None, None)
        rows.append((sku, name, CATEGORY, price, currency, kind, active, *line))
    connection.execute(
        """
        WITH new AS (
            SELECT *
              FROM unnest(%s::text[], %s::text[], %s::text[], %s::numeric[], %s::text[],
                          %s::text[], %s::boolean[], %s::timestamptz[], %s::text[], %s::int[])
                AS new (sku, name, category, price, currency, kind, active,
                        placed_at, order_number, line_number)
        ), created AS (
            INSERT INTO shop.products (sku, name, category, price, currency, kind, active)
            SELECT sku, name, category, price, currency, kind, active FROM new ORDER BY sku
            ON CONFLICT (sku) DO NOTHING
            RETURNING sku
        )
        INSERT INTO shop.retail_products
               (sku, name, price, active, placed_at, order_number, line_number)
        SELECT sku, name, price, active, placed_at, order_number, line_number
          FROM new JOIN created USING (sku)
        """,
        _columns(rows, 10),
    )


def _columns(rows: list[tuple[Any, ...]], width: int) -> list[list[Any]]:
    """The columns of the rows, for unnest()."""
    return [[row[column] for row in rows] for column in range(width)]
