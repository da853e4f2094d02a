"""The tables of lake.entities, declared: orders, refunds, stock, carts, sessions, customers.

An entity has a key and facts. A fact is told by events of some types; if it is told more than once,
the earliest event counts (of a latest fact: the latest), whichever comes first. So a row depends on
the events alone, not on their order, and telling one again changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

from shopnow import lake
from shopnow.contracts import EVENT_TYPES
from spark_jobs.contracts.schema import merged_schema, payload_type

#: Part of the digest: raise it when rows become other rows though no declaration has changed.
REVISION = 1


@dataclass(frozen=True)
class Fact:
    """Something that happens to an entity, and what its events tell of it.

    Gives the columns `<name>_at`, `<name>_event_id`, `<name>_date` (business day) and those of
    `columns`: payload fields by column.
    """

    name: str
    event_types: tuple[str, ...]
    meaning: str
    columns: dict[str, str] = field(default_factory=dict)
    latest: bool = False

    @property
    def own_columns(self) -> list[str]:
        """Its columns in the table, in order."""
        return [f"{self.name}_{part}" for part in ("at", "event_id", "date")] + list(self.columns)


@dataclass(frozen=True)
class Entity:
    """A table of entities: its key (fields of every payload that tells of it) and its facts.

    `counts_on` is the fact on whose day the entity counts in the marts, if it does.
    """

    table: str
    comment: str
    key: tuple[str, ...]
    facts: tuple[Fact, ...]
    counts_on: str | None = None

    @cached_property
    def event_types(self) -> list[str]:
        """The types of all its facts."""
        return sorted({name for fact in self.facts for name in fact.event_types})

    @property
    def partitioned_by(self) -> str:
        """By the month of its first fact."""
        return f"months({self.facts[0].name}_at)"

    def columns(self) -> Iterator[tuple[str, str, str]]:
        """Name, type and meaning of each column."""
        for name in self.key:
            yield name, *_described(self.event_types[0], name)
        for fact in self.facts:
            yield f"{fact.name}_at", "timestamp", f"{fact.meaning}: when."
            yield f"{fact.name}_event_id", "string", f"{fact.meaning}: the event that says so."
            yield f"{fact.name}_date", "date", f"{fact.meaning}: business day."
            for column, payload_field in fact.columns.items():
                yield column, *_described(fact.event_types[0], payload_field)
        if self.counts_on:
            yield (
                "former_dates",
                "array<date>",
                "Business days on which it counted before an earlier event was told.",
            )
        yield "batch", "bigint", "The newest curated batch that has changed the row."


def _described(event_type: str, name: str) -> tuple[str, str]:
    """Type and description of a payload field."""
    kind = payload_type(EVENT_TYPES[event_type])[name].dataType.simpleString()
    described = merged_schema(event_type)["properties"][name].get("description", "")
    return kind, described


ORDER = Entity(
    lake.ORDERS,
    "Orders: one row an order, from its placing to its payment or cancellation.",
    ("order_id",),
    (
        Fact(
            "placed",
            ("order_placed",),
            "The order was placed",
            {
                name: name
                for name in (
                    *("order_number", "cart_id", "session_id", "customer_id", "channel"),
                    *("country", "currency", "lines", "gross_amount", "discount_amount"),
                    *("shipping_amount", "tax_amount", "total_amount"),
                )
            },
        ),
        Fact(
            "paid",
            ("order_paid",),
            "The order was paid",
            {"payment_id": "payment_id", "paid_amount": "amount", "payment_method": "method"},
        ),
        Fact(
            "cancelled",
            ("order_cancelled",),
            "The order was cancelled",
            {"cancellation_reason": "reason"},
        ),
    ),
    counts_on="paid",
)

REFUND = Entity(
    lake.REFUNDS,
    "Refunds: one row a refund.",
    ("refund_id",),
    (
        Fact(
            "refunded",
            ("order_refunded",),
            "The money was paid back",
            {
                name: name
                for name in (
                    *("refund_number", "order_id", "customer_id", "country", "currency"),
                    *("lines", "amount", "shipping_amount", "reason"),
                )
            },
        ),
    ),
    counts_on="refunded",
)

STOCK_CHANGE = Entity(
    lake.STOCK_CHANGES,
    "The stock ledger: one row a change of a product's stock.",
    ("sku", "version"),
    (
        Fact(
            "changed",
            ("stock_changed",),
            "The stock changed",
            {
                name: name
                for name in (
                    *("product_name", "reason", "reference", "quantity", "available_before"),
                    *("available_after", "on_hand_before", "on_hand_after", "reorder_point"),
                )
            },
        ),
    ),
    counts_on="changed",
)

CART = Entity(
    lake.CARTS,
    "Carts into which something was put, to their checkout and order.",
    ("cart_id",),
    (
        Fact(
            "filled",
            ("cart_item_added",),
            "The first product was put into the cart",
            {"session_id": "session_id", "customer_id": "customer_id", "currency": "currency"},
        ),
        Fact("checked_out", ("checkout_started",), "The checkout was begun"),
        Fact("ordered", ("order_placed",), "The cart was ordered", {"order_id": "order_id"}),
    ),
)

_IN_SESSIONS = (
    *("product_viewed", "product_searched", "cart_item_added", "cart_item_removed"),
    *("checkout_started", "order_placed"),
)

SESSION = Entity(
    lake.SESSIONS,
    "Browsing sessions, and how far down the funnel each came.",
    ("session_id",),
    (
        Fact("started", _IN_SESSIONS, "The first event of the session"),
        Fact(
            "last_seen",
            _IN_SESSIONS,
            "The last event of the session",
            {"customer_id": "customer_id"},
            latest=True,
        ),
        Fact("viewed", ("product_viewed",), "The first product was viewed"),
        Fact("searched", ("product_searched",), "The first search"),
        Fact("carted", ("cart_item_added",), "The first product was put into the cart"),
        Fact("checked_out", ("checkout_started",), "The checkout was begun"),
        Fact("ordered", ("order_placed",), "The first order", {"order_id": "order_id"}),
    ),
)

ENTITIES = (ORDER, REFUND, STOCK_CHANGE, CART, SESSION)

#: What `stock_levels` gives: name, type and meaning of each column.
STOCK_LEVEL_COLUMNS = [
    ("business_date", "date", "Business day on which the stock changed."),
    ("sku", "string", "Stock keeping unit: the shop's code of the product."),
    ("product_name", "string", "Name of the product."),
    ("first_version", "bigint", "Number of the day's first change."),
    ("last_version", "bigint", "Number of the day's last change."),
    ("opening_available", "bigint", "Units for sale before the day's first change."),
    ("closing_available", "bigint", "Units for sale after the day's last change."),
    ("lowest_available", "bigint", "Fewest units for sale after a change of the day."),
    ("opening_on_hand", "bigint", "Units in the warehouse before the day's first change."),
    ("closing_on_hand", "bigint", "Units in the warehouse after the day's last change."),
    ("received", "bigint", "Units that were restocked on the day."),
    ("reorder_point", "bigint", "Reorder when available falls to this, as of the last change."),
    ("stockouts", "bigint", "How often the units for sale fell to 0."),
    ("low_stock_crossings", "bigint", "How often they fell to the reorder point, or below it."),
]

#: What `customers` gives: name, type and meaning of each column.
CUSTOMER_COLUMNS = [
    ("customer_id", "string", "Customer."),
    ("orders_placed", "bigint", "Orders placed."),
    ("orders_paid", "bigint", "Orders paid; from 2 on, the customer has come back."),
    ("first_placed_at", "timestamp", "When the first order was placed."),
    ("first_paid_at", "timestamp", "When an order was paid for the first time."),
    ("first_paid_date", "date", "Business day on which an order was paid for the first time."),
    ("last_paid_at", "timestamp", "When an order was paid for the last time."),
    ("last_paid_date", "date", "Business day on which an order was paid for the last time."),
    ("country", "string", "Country of the order placed last, null if unknown."),
    ("batch", "bigint", "The newest curated batch that has changed the row."),
]


def definitions_digest() -> str:
    """Changes with what the tables hold: they are then built anew, from all events."""
    declared: list[Any] = [REVISION]
    declared += [[asdict(entity), list(entity.columns())] for entity in ENTITIES]
    return hashlib.sha256(json.dumps(declared, sort_keys=True).encode()).hexdigest()
