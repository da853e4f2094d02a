"""Tables gain the columns of their declaration, also when two jobs start concurrently."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from pyspark.sql import SparkSession
from pyspark.sql.types import StructType

from shopnow.lake import CURATED_EVENTS
from spark_jobs.lakehouse.tables import ensure_tables, lake_tables

pytestmark = pytest.mark.slow


@pytest.fixture
def tables(spark: SparkSession) -> Iterator[dict[str, StructType]]:
    """Every table of the lake, empty: its columns by name."""
    ensure_tables(spark)
    yield {table.name: spark.table(table.name).schema for table in lake_tables()}
    for table in lake_tables():
        spark.sql(f"DROP TABLE {table.name}")


def test_every_table_gains_the_columns_that_it_lacks(
    spark: SparkSession, tables: dict[str, StructType]
) -> None:
    for name, schema in tables.items():
        for column in schema.fieldNames()[-2:]:
            spark.sql(f"ALTER TABLE {name} DROP COLUMN {column}")
    spark.sql(f"ALTER TABLE {CURATED_EVENTS} DROP COLUMN order_placed.lines.element.kind")
    spark.sql(f"ALTER TABLE {CURATED_EVENTS} DROP COLUMN order_placed.customer_id")
    ensure_tables(spark)
    for name, schema in tables.items():
        assert set(spark.table(name).schema.fieldNames()) == set(schema.fieldNames()), name
    order = spark.table(CURATED_EVENTS).schema["order_placed"].dataType
    assert "customer_id" in order.fieldNames()
    assert "kind" in order["lines"].dataType.elementType.fieldNames()


def test_two_jobs_that_add_the_same_columns_do_not_fail_each_other(
    spark: SparkSession, tables: dict[str, StructType]
) -> None:
    for column in ("product_viewed", "stock_changed"):
        spark.sql(f"ALTER TABLE {CURATED_EVENTS} DROP COLUMN {column}")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: ensure_tables(spark, CURATED_EVENTS), range(4)))
    found = spark.table(CURATED_EVENTS).schema.fieldNames()
    assert sorted(found) == sorted(tables[CURATED_EVENTS].fieldNames())
