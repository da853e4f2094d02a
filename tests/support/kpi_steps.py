"""The steps of the DAG compute_kpis, without Airflow."""

from pyspark.sql import SparkSession

from shopnow.settings import Settings
from spark_jobs.compute_marts import compute
from spark_jobs.lakehouse.session import Summary
from spark_jobs.update_entities import update


def compute_kpis(spark: SparkSession, settings: Settings) -> Summary:
    """Update the entities, compute the marts; the summary of the second."""
    update(spark, settings)
    return compute(spark, settings)
