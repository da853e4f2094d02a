"""Spark for the tests of this folder; a test that needs it is slow: it waits for a JVM."""

import pytest

from tests.support.spark_session import lake_on_disk, spark

__all__ = ["lake_on_disk", "spark"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses the session."""
    for item in items:
        if "tests/unit/spark_jobs/" in item.nodeid and "spark" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)
