"""Local Spark beside the PostgreSQL: the jobs between the lake and the indicators' tables."""

from tests.support.spark_session import spark

__all__ = ["spark"]
