"""The order of the tests on one running stack."""

import pytest

#: Its reconciliation must find nothing pending. Orders that other tests leave unpaid expire after
#: a quarter of an hour, whenever that is, and their events are then on the way.
FIRST = "tests/integration/stack/test_end_to_end.py"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests that need a quiet stack come first."""
    items.sort(key=lambda item: not item.nodeid.startswith(FIRST))
