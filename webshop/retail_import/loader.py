"""Batches of invoices into PostgreSQL, each batch in one transaction.

An invoice is there whole, with its stock and its events, or not at all; `retail_invoices` says
which are there, so that an import that was killed is simply run again. One import runs at a time
(advisory lock). Stock rows are locked in the order of their codes, as the shop's sales do; a
deadlock is retried.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql
from psycopg.errors import DeadlockDetected, SerializationFailure
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from shopnow.database.locks import AdvisoryLock
from webshop.adapters import tables
from webshop.domain.catalogue.stock import StockLevel
from webshop.retail_import.invoices import Invoice
from webshop.retail_import.ledger import REORDER_POINT
from webshop.retail_import.lines import LineKind, Reason, is_service
from webshop.retail_import.products import describe, save_products
from webshop.retail_import.records import EventTooLarge, Product, Records, Row

log = logging.getLogger(__name__)

Connection = psycopg.Connection[Any]

# Parents before children, and the outbox last: its trigger wakes the relay.
_COPY_ORDER = (
    tables.orders,
    tables.order_lines,
    tables.payments,
    tables.refunds,
    tables.refund_lines,
    tables.stock_movements,
    tables.retail_invoices,
    tables.outbox,
)


@dataclass
class Tally:
    """Counts of the rows that were read, by outcome; `rows` is their sum."""

    lines: Counter[LineKind] = field(default_factory=Counter)
    rejected: Counter[Reason] = field(default_factory=Counter)
    already_imported: int = 0
    orders: int = 0
    refunds: int = 0
    events: int = 0

    @property
    def rows(self) -> int:
        """Rows accounted for."""
        return self.lines.total() + self.rejected.total() + self.already_imported

    def __iadd__(self, other: Tally) -> Tally:
        self.lines += other.lines
        self.rejected += other.rejected
        self.already_imported += other.already_imported
        self.orders += other.orders
        self.refunds += other.refunds
        self.events += other.events
        return self


@contextmanager
def one_import_at_a_time(connection: Connection) -> Iterator[None]:
    """Hold the import's advisory lock, waiting for another import to end.

    The server drops the lock with the session, also when the other import was killed.
    """
    connection.execute("SELECT pg_advisory_lock(%s)", (int(AdvisoryLock.RETAIL_IMPORT),))
    connection.commit()
    try:
        yield
    finally:
        connection.execute("SELECT pg_advisory_unlock(%s)", (int(AdvisoryLock.RETAIL_IMPORT),))
        connection.commit()


def another_import_runs(connection: Connection) -> bool:
    """Whether the import's lock is taken, to say so before waiting for it."""
    key = int(AdvisoryLock.RETAIL_IMPORT)
    free = connection.execute("SELECT pg_try_advisory_lock(%s)", (key,)).fetchone()
    if free == (True,):
        connection.execute("SELECT pg_advisory_unlock(%s)", (key,))
    connection.commit()
    return free != (True,)


@retry(
    retry=retry_if_exception_type((DeadlockDetected, SerializationFailure)),
    wait=wait_random_exponential(multiplier=0.05, max=2),
    stop=stop_after_attempt(8),
    reraise=True,
)
def load_batch(connection: Connection, invoices: Sequence[Invoice], currency: str) -> Tally:
    """Import the invoices that are not there yet, all in one transaction.

    An invoice whose event could never be published is rejected, and the others are imported. Raises
    `psycopg.Error` with nothing changed.
    """
    try:
        return _load(connection, invoices, currency)
    except EventTooLarge as error:  # nothing was changed
        log.warning("%s", error)
        others = [
            invoice.without_lines(Reason.LARGE_EVENT)
            if invoice.number == error.invoice
            else invoice
            for invoice in invoices
        ]
        return load_batch(connection, others, currency)


def _load(connection: Connection, invoices: Sequence[Invoice], currency: str) -> Tally:
    with connection.transaction():
        tally, fresh = _split_known(connection, invoices)
        if not fresh:
            return tally
        names = save_products(connection, describe(fresh, currency), currency)
        products = _lock_stock(connection, names)
        _add_customers(connection, fresh)
        records = Records(currency, products)
        for invoice in fresh:
            records.add(invoice)
            tally.lines.update(line.kind for line in invoice.lines)
        for table in _COPY_ORDER:
            _copy(connection, table.name, records.rows[table.name])
        _save_levels(connection, products, records.rows["stock_movements"])
        tally.orders = len(records.rows["orders"])
        tally.refunds = len(records.rows["refunds"])
        tally.events = len(records.rows["outbox"])
    return tally


def _split_known(
    connection: Connection, invoices: Sequence[Invoice]
) -> tuple[Tally, list[Invoice]]:
    """Split off invoices that exist already or came with other lines; return the new ones."""
    known: dict[str, str] = dict(
        connection.execute(
            "SELECT invoice_no, content_hash FROM shop.retail_invoices WHERE invoice_no = ANY(%s)",
            ([invoice.number for invoice in invoices],),
        ).fetchall()
    )
    tally, fresh = Tally(), []
    for invoice in invoices:
        tally.rejected += invoice.rejected
        if invoice.number not in known:
            if invoice.lines:
                fresh.append(invoice)
        elif known[invoice.number] == invoice.content_hash:
            tally.already_imported += len(invoice.lines)
        elif invoice.lines:
            tally.rejected[Reason.CHANGED_INVOICE] += len(invoice.lines)
    return tally, fresh


def _lock_stock(connection: Connection, names: dict[str, str]) -> dict[str, Product]:
    """The products by sku, their stock opened on first sight and locked."""
    on_shelf = [sku for sku in sorted(names) if not is_service(sku)]
    connection.execute(
        "INSERT INTO shop.stock (sku, reorder_point)"
        " SELECT sku, %s FROM unnest(%s::text[]) AS new (sku) ORDER BY sku"
        " ON CONFLICT (sku) DO NOTHING",
        (REORDER_POINT, on_shelf),
    )
    levels = {
        sku: StockLevel(sku, names[sku], on_hand, reserved, reorder_point, version)
        for sku, on_hand, reserved, reorder_point, version in connection.execute(
            "SELECT sku, on_hand, reserved, reorder_point, version FROM shop.stock"
            " WHERE sku = ANY(%s) ORDER BY sku FOR UPDATE",
            (on_shelf,),
        )
    }
    return {sku: Product(name, levels.get(sku)) for sku, name in names.items()}


def _add_customers(connection: Connection, invoices: Iterable[Invoice]) -> None:
    countries: dict[str, str | None] = {}
    for line in (line for invoice in invoices for line in invoice.lines):
        if line.customer_id:
            countries.setdefault(line.customer_id, line.country)
    known = sorted(countries)
    connection.execute(
        "INSERT INTO shop.customers (customer_id, country)"
        " SELECT * FROM unnest(%s::text[], %s::text[]) ON CONFLICT (customer_id) DO NOTHING",
        (known, [countries[customer_id] for customer_id in known]),
    )


def _copy(connection: Connection, table: str, rows: Sequence[Row]) -> None:
    if not rows:
        return
    columns = list(rows[0])
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(tables.SHOP, table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([row[column] for column in columns])


def _save_levels(
    connection: Connection, products: dict[str, Product], movements: Iterable[Row]
) -> None:
    moved = sorted({row["sku"] for row in movements})
    levels = [level for sku in moved if (level := products[sku].level) is not None]
    connection.execute(
        "UPDATE shop.stock SET on_hand = new.on_hand, version = new.version"
        " FROM unnest(%s::text[], %s::int[], %s::int[]) AS new (sku, on_hand, version)"
        " WHERE stock.sku = new.sku",
        (moved, [level.on_hand for level in levels], [level.version for level in levels]),
    )
