"""Indicators and stock alerts, for the staff's screens."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from apiflask import APIBlueprint
from pydantic import ConfigDict, Field, model_validator

from shopnow.contracts import format_time
from shopnow.kpis import KPIS, Unit
from webshop.api.http.current import now, shop
from webshop.api.records import Moment
from webshop.api.responses import Count, Currency, ResponseModel
from webshop.api.schemas import Body
from webshop.api.staff.gate import for_staff, managers_only
from webshop.services.indicators import find_alerts, find_days

blueprint = APIBlueprint(
    "indicators",
    __name__,
    tag={"name": "Staff: indicators", "description": "Figures and stock alerts."},
)
blueprint.before_request(managers_only)

#: Money, or a ratio.
Value = Annotated[str, Field(pattern=r"^-?\d+(\.\d+)?$", json_schema_extra={"format": "decimal"})]

DAY = timedelta(days=1)
LONGEST_PERIOD = 3 * 366 * DAY


class Period(Body):
    """Business days, both included; by default the last 30."""

    first: Annotated[date, Field(alias="from", default_factory=lambda: _today() - 29 * DAY)]
    last: Annotated[date, Field(alias="to", default_factory=lambda: _today())]

    @model_validator(mode="after")
    def _in_order(self) -> "Period":
        if not timedelta() <= self.last - self.first <= LONGEST_PERIOD:
            raise ValueError("`from` must not be after `to`, nor more than three years before it")
        return self


class AlertQuery(Body):
    """How many alerts to show."""

    limit: Annotated[int, Field(ge=1, le=500)] = 50


class Indicator(ResponseModel):
    """What an indicator means, and how to show it.

    `additive`: the values of several days may be added up. `when_empty`: what a day without sales
    has.
    """

    id: str
    label_fr: str
    label_en: str
    unit: Unit
    description: str
    better: Literal["up", "down"]
    additive: bool
    when_empty: Literal["zero", "null"]


class BusinessDay(ResponseModel):
    """A business day, with the value of each indicator by its id: a count, or a decimal string."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Value | int | None]

    day: date


class Indicators(ResponseModel):
    """A period's business days, each with its day and the value of each indicator."""

    first: Annotated[date, Field(alias="from")]
    last: Annotated[date, Field(alias="to")]
    currency: Currency
    kpis: list[Indicator]
    days: list[BusinessDay]


class Alert(ResponseModel):
    """A stock alert."""

    alert_id: str
    kind: Literal["low_stock", "sold_out", "recovered"]
    sku: str
    product_name: str
    available: int
    reorder_point: Count
    stock_version: Count
    stock_changed_at: Moment
    raised_at: Moment
    latency_ms: float


class Alerts(ResponseModel):
    """The latest stock alerts."""

    items: list[Alert]


@blueprint.get("/kpis")
@for_staff
@blueprint.input(Period, location="query")
@blueprint.output(Indicators)
def list_kpis(query_data: Period) -> dict[str, Any]:
    """The indicators of each business day, with what they mean; default: the last 30 days."""
    currency = shop().settings.currency
    with shop().transaction() as connection:
        days = find_days(connection, currency, query_data.first, query_data.last)
    return {
        "from": str(query_data.first),
        "to": str(query_data.last),
        "currency": currency,
        "kpis": [
            {
                "id": kpi.id,
                "label_fr": kpi.label_fr,
                "label_en": kpi.label_en,
                "unit": kpi.unit,
                "description": kpi.description,
                "better": kpi.better,
                "additive": kpi.additive,
                "when_empty": kpi.when_empty,
            }
            for kpi in KPIS.values()
        ],
        "days": [
            {"day": str(day.day)}
            | {
                name: str(value) if isinstance(value, Decimal) else value
                for name, value in day.values.items()
            }
            for day in days
        ],
    }


@blueprint.get("/alerts")
@for_staff
@blueprint.input(AlertQuery, location="query")
@blueprint.output(Alerts)
def list_alerts(query_data: AlertQuery) -> dict[str, Any]:
    """The latest stock alerts, newest first, each with the milliseconds that it took."""
    with shop().transaction() as connection:
        rows = find_alerts(connection, query_data.limit)
    return {
        "items": [
            {
                "alert_id": row.alert_id,
                "kind": row.kind,
                "sku": row.sku,
                "product_name": row.product_name,
                "available": row.available,
                "reorder_point": row.reorder_point,
                "stock_version": row.stock_version,
                "stock_changed_at": format_time(row.stock_changed_at),
                "raised_at": format_time(row.alert_kafka_at),
                "latency_ms": row.latency_ms,
            }
            for row in rows
        ]
    }


def _today() -> date:
    return now().astimezone(ZoneInfo(shop().settings.timezone)).date()
