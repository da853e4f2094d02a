"""The fixtures of the running stack, by subject; a folder's own conftest.py may replace some."""

import pytest

pytest_plugins = [
    f"tests.support.fixtures.{subject}"
    for subject in ("stack", "database", "shop", "accounts", "mail", "topics", "browser")
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """PySpark never closes the sockets through which it reads rows from its JVM."""
    for item in items:
        if "spark" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"))
