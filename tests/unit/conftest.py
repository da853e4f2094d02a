"""How the tests without servers share two processes: each folder stays whole, Spark's begins."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(HERE).parts[0]


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One process for a folder, whose fixtures are dear; the longest folder first."""
    ours = [item for item in items if HERE in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.xdist_group(_folder(item)))
    if len(ours) == len(items):
        items.sort(key=lambda item: _folder(item) != "spark_jobs")
