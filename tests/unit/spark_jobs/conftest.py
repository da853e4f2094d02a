"""Spark for the tests of this folder."""

from tests.support.spark_session import spark

__all__ = ["spark"]
