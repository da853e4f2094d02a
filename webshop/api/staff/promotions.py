"""Promotion codes for staff."""

from decimal import Decimal
from typing import Annotated, Any

from apiflask import APIBlueprint
from pydantic import AwareDatetime, ConfigDict, Field, StringConstraints, model_validator
from sqlalchemy import Connection

from webshop.api.http.access import actor
from webshop.api.http.current import now, shop
from webshop.api.http.idempotent_calls import run_once
from webshop.api.http.openapi import refusals
from webshop.api.records import Moment, Money, Record
from webshop.api.schemas import Body, IdempotencyKey, PromoCode
from webshop.api.staff.gate import for_staff, managers_only
from webshop.api.staff.paging import Next
from webshop.domain.errors import AlreadyExists, IdempotencyConflict
from webshop.domain.ordering.promotions import Kind, Promotion, normal_code
from webshop.services.ordering.promotions import create_promotion, list_promotions

blueprint = APIBlueprint(
    "staff_promotions",
    __name__,
    tag={"name": "Staff: promotions", "description": "Codes that take something off an order."},
)
blueprint.before_request(managers_only)

_Amount = Annotated[Decimal, Field(ge=0, le=100_000, decimal_places=2)]


class NewPromotion(Body):
    """A code to make. `value` is per cent (up to 90) or an amount (below `minimum`)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"code": "AUTUMN10", "label": "10 % off", "kind": "percent", "value": "10.00"}
            ]
        }
    )

    code: PromoCode
    label: Annotated[
        str,
        StringConstraints(
            strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$"
        ),
    ]
    kind: Kind
    value: _Amount = Decimal(0)
    minimum: _Amount = Decimal(0)
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    max_uses: Annotated[int, Field(ge=1, le=1_000_000, strict=True)] | None = None
    once_per_customer: bool = False
    active: bool = True

    @model_validator(mode="after")
    def _fits(self) -> "NewPromotion":
        # Something is left to pay, whatever the code.
        if self.kind == "percent" and not 0 < self.value <= 90:
            raise ValueError("`value` must be above 0 and at most 90 per cent")
        if self.kind == "amount" and not 0 < self.value < self.minimum:
            raise ValueError("`value` must be above 0 and below `minimum`")
        if self.kind == "free_shipping" and self.value != 0:
            raise ValueError("free shipping has no `value`")
        if self.starts_at and self.ends_at and self.starts_at >= self.ends_at:
            raise ValueError("`starts_at` must be before `ends_at`")
        return self


class PromotionDetails(Record):
    """A code with how often it was used; its amounts are in the shop's currency."""

    code: str
    label: str
    kind: Kind
    value: Money
    minimum: Money
    currency: str
    starts_at: Moment | None
    ends_at: Moment | None
    max_uses: int | None
    uses: int
    once_per_customer: bool
    active: bool


class Promotions(Record):
    """Every promotion, the newest first: `next` is always null."""

    items: list[PromotionDetails]
    next: Next


@blueprint.get("/staff/promotions")
@for_staff
@blueprint.output(Promotions)
def list_codes() -> dict[str, Any]:
    """Every promotion, the newest first."""
    with shop().transaction() as connection:
        found = list_promotions(connection)
    return {
        "items": [_record(promotion).as_json() for promotion in found],
        "next": None,
    }


@blueprint.post("/staff/promotions")
@for_staff
@blueprint.input(IdempotencyKey, location="headers")
@blueprint.input(NewPromotion)
@blueprint.output(PromotionDetails, status_code=201)
@blueprint.doc(responses=refusals(AlreadyExists, IdempotencyConflict))
def add_code(json_data: NewPromotion, headers_data: IdempotencyKey) -> tuple[dict[str, Any], int]:
    """Make a new code."""
    fields = json_data.model_dump() | {"code": normal_code(json_data.code)}
    promotion = Promotion(**fields, uses=0)

    def work(connection: Connection) -> dict[str, Any]:
        create_promotion(connection, promotion, by=actor(), now=now())
        return _record(promotion).as_json()

    return run_once(json_data, headers_data, work, status=201)


def _record(promotion: Promotion) -> PromotionDetails:
    return PromotionDetails(**vars(promotion), currency=shop().settings.currency)
