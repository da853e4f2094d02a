"""Stock for staff: restocks, counts, and the ledger that every unit can be traced in."""

import uuid
from typing import Annotated, Any

from apiflask import APIBlueprint
from pydantic import Field
from sqlalchemy import Connection

from webshop.api.http.access import actor
from webshop.api.http.current import now, shop
from webshop.api.http.idempotent_calls import run_once
from webshop.api.http.openapi import refusals
from webshop.api.records import Moment, Record, page
from webshop.api.schemas import Body, IdempotencyKey, Reason
from webshop.api.staff.gate import for_staff, managers_only
from webshop.api.staff.paging import NO_CURSOR, ListQuery, Next, number_cursor, number_of
from webshop.domain.catalogue.stock import Reason as MovementReason
from webshop.domain.catalogue.stock import StockLevel
from webshop.domain.errors import CountTooLow, IdempotencyConflict, NotFound, StockTooLarge
from webshop.services.catalogue.inventory import count_product, restock_product
from webshop.services.catalogue.queries import find_movements, get_level, level_from_ledger

blueprint = APIBlueprint(
    "staff_stock",
    __name__,
    tag={"name": "Staff: stock", "description": "Restocks, counts, and the ledger of every unit."},
)
blueprint.before_request(managers_only)

_NEWEST = "movements by version"


class Restock(Body):
    """New units, and where they come from."""

    quantity: Annotated[int, Field(ge=1, le=1_000_000, strict=True)]
    reason: Reason = Field(examples=["Delivery 4711"])


class Count(Body):
    """Units that were counted in the warehouse, and why the count was made."""

    on_hand: Annotated[int, Field(ge=0, le=2_000_000_000, strict=True)]
    reason: Reason = Field(examples=["Inventory of November"])


class LevelRecord(Record):
    """What is left of a product; `version` numbers the movements of its stock, without a gap."""

    sku: str
    on_hand: int
    reserved: int
    available: int
    reorder_point: int
    version: int


class LedgerRecord(Record):
    """The same, recomputed from the movements alone."""

    on_hand: int
    available: int
    version: int


class MovementRecord(Record):
    """One movement; `quantity` is the signed change of the units for sale."""

    version: int
    reason: MovementReason
    reference: str | None
    quantity: int
    available_before: int
    available_after: int
    on_hand_before: int
    on_hand_after: int
    occurred_at: Moment
    event_id: uuid.UUID
    actor: str
    note: str | None


class Movements(Record):
    """A page of a product's ledger, newest first, and its stock by both accounts."""

    items: list[MovementRecord]
    next: Next
    stock: LevelRecord
    ledger: LedgerRecord


@blueprint.post("/staff/stock/<sku>/restock")
@for_staff
@blueprint.input(IdempotencyKey, location="headers")
@blueprint.input(Restock)
@blueprint.output(LevelRecord, status_code=201)
@blueprint.doc(responses=refusals(NotFound, StockTooLarge, IdempotencyConflict))
def restock(
    sku: str, json_data: Restock, headers_data: IdempotencyKey
) -> tuple[dict[str, Any], int]:
    """Add new units to the stock."""
    _require_sku(sku)

    def work(connection: Connection) -> dict[str, Any]:
        return _view(
            restock_product(
                connection, sku, json_data.quantity, json_data.reason, by=actor(), now=now()
            )
        )

    return run_once(json_data, headers_data, work, status=201)


@blueprint.post("/staff/stock/<sku>/count")
@for_staff
@blueprint.input(IdempotencyKey, location="headers")
@blueprint.input(Count)
@blueprint.output(LevelRecord, status_code=201)
@blueprint.doc(responses=refusals(NotFound, CountTooLow, IdempotencyConflict))
def count(sku: str, json_data: Count, headers_data: IdempotencyKey) -> tuple[dict[str, Any], int]:
    """Correct the units in the warehouse to what was counted."""
    _require_sku(sku)

    def work(connection: Connection) -> dict[str, Any]:
        return _view(
            count_product(
                connection, sku, json_data.on_hand, json_data.reason, by=actor(), now=now()
            )
        )

    return run_once(json_data, headers_data, work, status=201)


@blueprint.get("/staff/stock/<sku>/movements")
@for_staff
@blueprint.input(ListQuery, location="query")
@blueprint.output(Movements)
@blueprint.doc(responses=NO_CURSOR | refusals(NotFound))
def list_movements(sku: str, query_data: ListQuery) -> dict[str, Any]:
    """The ledger of a product, newest first, with its stock and what the ledger says it must be."""
    before = number_of(query_data.after, _NEWEST)
    _require_sku(sku)
    with shop().transaction() as connection:
        # One statement sees level and ledger at one moment only if no sale commits in between.
        level = get_level(connection, sku, lock=True)
        if level is None:
            raise NotFound("stock of product", sku)
        recomputed = level_from_ledger(connection, sku)
        found = find_movements(connection, sku, before=before, limit=query_data.limit + 1)
    listed = page(
        found,
        query_data.limit,
        MovementRecord.model_validate,
        lambda row: number_cursor(_NEWEST, row.version),
    )
    return listed | {
        "stock": LevelRecord.model_validate(level).as_json(),
        "ledger": LedgerRecord.model_validate(recomputed).as_json(),
    }


def _require_sku(sku: str) -> None:
    # PostgreSQL refuses NUL in a text, and no sku holds one.
    if not sku.isprintable():
        raise NotFound("stock of product", sku)


def _view(level: StockLevel) -> dict[str, Any]:
    return LevelRecord.model_validate(level).as_json()
