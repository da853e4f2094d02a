"""Local Spark beside the PostgreSQL: the jobs between the lake and the indicators' tables."""

from collections.abc import Iterator

import pytest
from pyspark.sql import SparkSession

from shopnow.lake import CURATED_EVENTS, DAILY_PRODUCT_SALES, DAILY_SALES, DAILY_STOCKOUTS
from spark_jobs.lakehouse.tables import entity_tables
from tests.support.spark_session import spark

__all__ = ["lake", "spark"]


@pytest.fixture
def lake(spark: SparkSession) -> Iterator[SparkSession]:
    """No tables; what the tests write is gone after them."""
    yield spark
    entities = [table.name for table in entity_tables()]
    for name in (CURATED_EVENTS, *entities, DAILY_SALES, DAILY_PRODUCT_SALES, DAILY_STOCKOUTS):
        spark.sql(f"DROP TABLE IF EXISTS {name}")
