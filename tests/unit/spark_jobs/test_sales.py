"""The indicators of a day, from events: what counts, when it counts, and to the fourth decimal."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pyspark.sql import DataFrame, SparkSession

from shopnow.kpis import KPIS
from spark_jobs.entities import declarations
from spark_jobs.transforms.entities import told
from spark_jobs.transforms.sales import (
    daily_product_sales,
    daily_sales,
    paid_orders,
    refunds,
)
from spark_jobs.transforms.stock_levels import daily_stockouts, stock_levels
from tests.support.event_messages import curated_rows, event
from tests.support.sales_events import (
    DAY_1,
    DAY_2,
    ORDER,
    at,
    event_id,
    line,
    paid,
    placed,
    refunded,
    stock,
)


@pytest.fixture
def curated(spark: SparkSession) -> Any:
    """Makes rows of lake.curated.events from events."""
    return lambda *events: curated_rows(spark, *events)


def orders_of(curated: DataFrame, days: list[date] | None = None) -> DataFrame:
    return paid_orders(told(declarations.ORDER, curated, 1), days)


def refunds_of(curated: DataFrame, days: list[date] | None = None) -> DataFrame:
    return refunds(told(declarations.REFUND, curated, 1), days)


def stockouts_of(curated: DataFrame, days: list[date] | None = None) -> DataFrame:
    return daily_stockouts(stock_levels(told(declarations.STOCK_CHANGE, curated, 1), days), days)


def sales_by_day(curated: DataFrame, days: list[date] | None = None) -> dict[date, dict[str, Any]]:
    frame = daily_sales(
        orders_of(curated, days), refunds_of(curated, days), stockouts_of(curated, days), "EUR"
    )
    assert frame.columns == ["business_date", "currency", *KPIS]
    return {row.business_date: row.asDict() for row in frame.collect()}


def test_the_indicators_of_a_day(curated: Any) -> None:
    events = curated(
        placed(1, 1, at(DAY_1), line(1, "A", 3, "2.5500"), line(2, "POST", 1, "18.00", "service")),
        paid(2, 1, at(DAY_1)),
        placed(
            3, 2, at(DAY_1), line(1, "A", 1, "0.3333"), customer_id=None, discount_amount="0.0333"
        ),
        paid(4, 2, at(DAY_1)),
        placed(5, 3, at(DAY_1), line(1, "B", 100, "99.00")),  # never paid
        refunded(6, at(DAY_1), line(1, "A", 2, "2.5500")),
        stock(7, "A", 1, 3, 0, at(DAY_1)),
    )
    assert sales_by_day(events) == {
        DAY_1: {
            "business_date": DAY_1,
            "currency": "EUR",
            "gross_sales": Decimal("25.9833"),
            "discounts": Decimal("0.0333"),
            "returns": Decimal("5.1000"),
            "net_sales": Decimal("20.8500"),
            "orders": 2,
            "units": 5,
            "average_order_value": Decimal("12.9750"),
            "units_per_order": Decimal("2.5000"),
            "customers": 1,
            "stockouts": 1,
        }
    }


def test_an_order_counts_on_the_day_of_its_payment_in_the_shops_time_zone(curated: Any) -> None:
    events = curated(
        placed(1, 1, at(DAY_1), line(1, "A", 1, "10.00")),
        paid(2, 1, at(DAY_1, hour=23)),  # 00:00 the next day in Paris
    )
    assert {day: row["orders"] for day, row in sales_by_day(events).items()} == {DAY_2: 1}


def test_revenue_counts_once_however_often_it_is_told(curated: Any) -> None:
    events = curated(
        placed(1, 1, at(DAY_1), line(1, "A", 1, "10.00")),
        placed(2, 1, at(DAY_2), line(1, "A", 7, "10.00")),
        paid(3, 1, at(DAY_1, hour=14)),
        paid(4, 1, at(DAY_1, hour=13)),
        paid(5, 1, at(DAY_2)),
    )
    days = sales_by_day(events)
    assert {day: row["gross_sales"] for day, row in days.items()} == {DAY_1: Decimal("10.0000")}


def test_large_money_stays_exact(curated: Any) -> None:
    events = curated(
        placed(1, 1, at(DAY_1), line(1, "A", 1, "40000000000000.0001")),
        paid(2, 1, at(DAY_1)),
        placed(3, 2, at(DAY_1), line(1, "A", 1, "50000000000000.0002")),
        paid(4, 2, at(DAY_1)),
    )
    assert sales_by_day(events)[DAY_1]["gross_sales"] == Decimal("90000000000000.0003")


def test_product_sales_of_a_day(curated: Any) -> None:
    events = curated(
        placed(1, 1, at(DAY_1), line(1, "A", 3, "2.00"), line(2, "POST", 1, "18.00", "service")),
        paid(2, 1, at(DAY_1)),
        refunded(3, at(DAY_1), line(1, "A", 1, "2.00"), line(2, "B", 1, "0.5000")),
    )
    frame = daily_product_sales(orders_of(events), refunds_of(events)).orderBy("sku")
    rows = [tuple(row)[2:] for row in frame.collect()]
    amount = Decimal
    assert rows == [
        ("A", "Product A", "product", 3, amount("6.0000"), 1, amount("2.0000"), amount("4.0000")),
        ("B", "Product B", "product", 0, amount("0.0000"), 1, amount("0.5000"), amount("-0.5000")),
        ("POST", "Product POST", "service", 1, amount(18), 0, amount(0), amount(18)),
    ]


def test_a_discounted_order_that_is_cancelled_after_its_payment_leaves_no_sales(
    curated: Any,
) -> None:
    """Day 1: 3 × 10.00 less 1.00, and 4.90 of shipping. Day 2: all of it goes back."""
    bought = line(1, "A", 3, "10.00") | {"discount_amount": "1.00"}
    cancelled = {
        "order_id": ORDER.format(1),
        "order_number": "N1",
        "reason": "customer",
        "currency": "EUR",
        "total_amount": "33.90",
    }
    events = curated(
        placed(
            *(1, 1, at(DAY_1), bought),
            discount_amount="1.00",
            shipping_amount="4.90",
            total_amount="33.90",
        ),
        paid(2, 1, at(DAY_1)),
        event("order_cancelled", cancelled, event_id=event_id(3), occurred_at=at(DAY_2)),
        refunded(
            *(4, at(DAY_2), line(1, "A", 2, "9.67"), line(2, "A", 1, "9.66")),
            order_id=ORDER.format(1),
            shipping_amount="4.90",
        ),
    )
    days = sales_by_day(events)
    first, second = days[DAY_1], days[DAY_2]
    assert (first["orders"], first["gross_sales"], first["discounts"], first["net_sales"]) == (
        1,
        Decimal("30.0000"),
        Decimal("1.0000"),
        Decimal("29.0000"),
    )
    # The order stays one that was paid on day 1; shipping never was sales, so it is no return.
    assert (second["orders"], second["returns"], second["net_sales"]) == (
        0,
        Decimal("29.0000"),
        Decimal("-29.0000"),
    )
    products = daily_product_sales(orders_of(events), refunds_of(events))
    net = {row.business_date: row.net_sales for row in products.collect()}
    assert net == {DAY_1: Decimal("29.0000"), DAY_2: Decimal("-29.0000")}


def test_stockouts_of_a_day_count_crossings_once(curated: Any) -> None:
    events = curated(
        stock(1, "A", 1, 9, 4, at(DAY_1)),
        stock(2, "A", 2, 4, 0, at(DAY_1)),
        stock(3, "A", 2, 4, 0, at(DAY_1)),  # duplicate
        stock(4, "A", 3, 0, 9, at(DAY_1)),
        stock(5, "A", 4, 9, 0, at(DAY_1)),
        stock(6, "B", 1, 9, 8, at(DAY_1)),
    )
    rows = [tuple(row) for row in stockouts_of(events).collect()]
    assert rows == [(DAY_1, "A", "Product A", 2, 1)]


def test_the_days_of_other_days_are_left_alone(curated: Any) -> None:
    events = curated(
        placed(1, 1, at(DAY_1), line(1, "A", 1, "10.00")),
        paid(2, 1, at(DAY_1)),
        placed(3, 2, at(DAY_2), line(1, "A", 1, "20.00")),
        paid(4, 2, at(DAY_2)),
    )
    assert set(sales_by_day(events, [DAY_2])) == {DAY_2}


def test_a_day_without_sales_is_what_each_kpi_says_of_it(spark: SparkSession) -> None:
    """A day with one refund of nothing: every column of the day is zero."""
    nothing = curated_rows(spark, refunded(1, at(DAY_1), line(1, "A", 1, "0.00")))
    [computed] = sales_by_day(nothing).values()
    assert {kpi.id: computed[kpi.id] for kpi in KPIS.values()} == {
        kpi.id: kpi.empty_value for kpi in KPIS.values()
    }


def test_days_of_an_additive_kpi_add_up_and_those_of_another_do_not(curated: Any) -> None:
    events = [
        event
        for number, (day, customer, price) in enumerate(
            [(DAY_1, "C1", "10.00"), (DAY_1, "C2", "20.00"), (DAY_2, "C1", "60.00")], start=1
        )
        for event in (
            placed(2 * number, number, at(day), line(1, "A", number, price), customer_id=customer),
            paid(2 * number + 1, number, at(day)),
        )
    ]
    apart = sales_by_day(curated(*events)).values()
    one_day = curated(*[event | {"occurred_at": at(DAY_1)} for event in events])
    [together] = sales_by_day(one_day).values()
    for kpi in KPIS.values():
        added = sum(day[kpi.id] for day in apart)
        assert (added == together[kpi.id]) or not kpi.additive, kpi.id
        assert kpi.additive or added != together[kpi.id], kpi.id
