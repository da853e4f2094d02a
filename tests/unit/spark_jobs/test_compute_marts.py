"""Marts on a real Iceberg catalog: dirty days are replaced whole, the others are not touched."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pyspark.sql import DataFrame, SparkSession

from shopnow.lake import CURATED_EVENTS, DAILY_SALES
from spark_jobs.compute_marts import days_to_compute, marts, write_mart
from spark_jobs.lakehouse.progress import last_batch
from spark_jobs.lakehouse.snapshots import Table
from spark_jobs.lakehouse.tables import ensure_tables
from tests.support.event_messages import curated_rows, event
from tests.support.sales_events import DAY_1, DAY_2, at, line, paid, placed

pytestmark = pytest.mark.slow

PLACED_1 = placed(1, 1, at(DAY_1), line(1, "A", 1, "10.00"))
PAID_1 = paid(2, 1, at(DAY_1))
PLACED_2 = placed(3, 2, at(DAY_2), line(1, "A", 1, "20.00"))
PAID_2 = paid(4, 2, at(DAY_2))


@pytest.fixture
def lake(spark: SparkSession) -> Iterator[SparkSession]:
    ensure_tables(spark, CURATED_EVENTS, DAILY_SALES)
    yield spark
    for name in (CURATED_EVENTS, DAILY_SALES):
        spark.sql(f"DROP TABLE {name}")


def publish(spark: SparkSession, *events: dict[str, Any]) -> None:
    curated_rows(spark, *events).writeTo(CURATED_EVENTS).append()


def compute(spark: SparkSession, computed: int | None) -> tuple[list[date] | None, int]:
    """The dirty days, after daily_sales was replaced for them; and the batch now included."""
    curated = Table(spark, CURATED_EVENTS)
    head, batch = curated.head(), last_batch(curated)
    assert head is not None
    days = days_to_compute(spark, head, computed)
    rows: DataFrame = marts(spark.table(CURATED_EVENTS), days, "EUR")[DAILY_SALES]
    write_mart(rows, DAILY_SALES, days, batch)
    return days, batch


def net_sales(spark: SparkSession) -> dict[date, Decimal]:
    return {row.business_date: row.net_sales for row in spark.table(DAILY_SALES).collect()}


def test_only_dirty_days_are_computed_and_a_late_order_dirties_the_day_it_was_paid(
    lake: SparkSession,
) -> None:
    publish(lake, PAID_1, PLACED_2, PAID_2)
    days, computed = compute(lake, None)
    assert days is None, "the first time, all days"
    assert net_sales(lake) == {DAY_2: Decimal("20.0000")}
    before = {row.file_path for row in lake.table(f"{DAILY_SALES}.files").collect()}

    publish(lake, PLACED_1)
    days, computed = compute(lake, computed)
    assert days == [DAY_1]
    assert net_sales(lake) == {DAY_1: Decimal("10.0000"), DAY_2: Decimal("20.0000")}
    after = {row.file_path for row in lake.table(f"{DAILY_SALES}.files").collect()}
    assert before < after, "the files of the other day are the same"

    publish(lake, event("product_viewed"))
    assert compute(lake, computed)[0] == []


def test_a_day_that_an_earlier_payment_empties_is_emptied(lake: SparkSession) -> None:
    publish(lake, PLACED_1, paid(5, 1, at(DAY_2)))
    _, computed = compute(lake, None)
    assert net_sales(lake) == {DAY_2: Decimal("10.0000")}
    publish(lake, PAID_1)
    days, _ = compute(lake, computed)
    assert days == [DAY_1, DAY_2]
    assert net_sales(lake) == {DAY_1: Decimal("10.0000")}
