"""How unit and component tests share two processes: those of Spark stay together and begin."""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

#: One folder, one process: its Spark takes longer to start than most tests to run.
TOGETHER = "tests/unit/spark_jobs/"


class _Scheduling(LoadScopeScheduling):
    """By module, as `--dist loadscope` does, and a whole folder where that saves a Spark."""

    def _split_scope(self, nodeid: str) -> str:
        scope: str = super()._split_scope(nodeid)
        return TOGETHER if nodeid.startswith(TOGETHER) else scope


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """In place of what `--dist` names."""
    return _Scheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first."""
    if all(item.nodeid.startswith(("tests/unit/", "tests/component/")) for item in items):
        items.sort(key=lambda item: not item.nodeid.startswith(TOGETHER))
