"""Indicators and stock alerts, for the staff's screens."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import psycopg
from flask import Blueprint, request
from pydantic import Field, model_validator
from sqlalchemy import Connection, select

from shopnow.contracts import format_time
from shopnow.daily_kpis import daily_kpis
from shopnow.kpis import KPIS
from webshop.adapters.tables import stock_alerts
from webshop.api.current import now, shop
from webshop.api.schemas import Body
from webshop.api.staff.gate import managers_only

blueprint = Blueprint("indicators", __name__)
blueprint.before_request(managers_only)

LONGEST_PERIOD = timedelta(days=3 * 366)


class Period(Body):
    """Business days, both included."""

    first: Annotated[date, Field(alias="from")]
    last: Annotated[date, Field(alias="to")]

    @model_validator(mode="after")
    def _in_order(self) -> "Period":
        if not timedelta() <= self.last - self.first <= LONGEST_PERIOD:
            raise ValueError("`from` must not be after `to`, nor more than three years before it")
        return self


class AlertQuery(Body):
    """How many alerts to show."""

    limit: Annotated[int, Field(ge=1, le=500)] = 50


@blueprint.get("/kpis")
def list_kpis() -> dict[str, Any]:
    """The indicators of each business day, with what they mean; default: the last 30 days."""
    today = now().astimezone(ZoneInfo(shop().settings.timezone)).date()
    given = request.args.to_dict()
    period = Period.model_validate(
        {"from": str(today - timedelta(days=29)), "to": str(today)} | given
    )
    currency = shop().settings.currency
    with shop().transaction() as connection:
        days = daily_kpis(_psycopg(connection), currency, period.first, period.last)
    return {
        "from": str(period.first),
        "to": str(period.last),
        "currency": currency,
        "kpis": [
            {
                "id": kpi.id,
                "label_fr": kpi.label_fr,
                "label_en": kpi.label_en,
                "unit": kpi.unit,
                "description": kpi.description,
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
def list_alerts() -> dict[str, Any]:
    """The latest stock alerts, newest first, each with the milliseconds that it took."""
    query = AlertQuery.model_validate(request.args.to_dict())
    with shop().transaction() as connection:
        rows = connection.execute(
            select(stock_alerts)
            .order_by(stock_alerts.c.alert_kafka_at.desc(), stock_alerts.c.alert_id)
            .limit(query.limit)
        ).all()
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


def _psycopg(connection: Connection) -> psycopg.Connection[Any]:
    driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        raise TypeError(f"the shop's database is reached by psycopg, not by {type(driver)}")
    return driver
