"""The DAGs as Airflow's parser sees them, in their own home and without a network."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from shopnow.settings import REPO_ROOT, get_settings

if TYPE_CHECKING:
    from airflow.dag_processing.dagbag import DagBag

# Airflow reads both when it is first imported.
_airflow_home = tempfile.TemporaryDirectory(prefix="shopnow-airflow-")
os.environ.setdefault("AIRFLOW_HOME", _airflow_home.name)
os.environ.setdefault("AIRFLOW__CORE__LOAD_EXAMPLES", "False")
sys.path.insert(0, str(REPO_ROOT / "plugins"))

#: What a DAG file must not do while it is read: the parser reads it every half minute.
FORBIDDEN = {
    "socket.connect",
    "socket.getaddrinfo",
    "socket.bind",
    "subprocess.Popen",
    "os.system",
    "os.posix_spawn",
    "os.fork",
}


class _Watch:
    def __init__(self) -> None:
        self.on = False
        self.seen: list[str] = []

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.on and event in FORBIDDEN:
            self.seen.append(f"{event} {arguments}"[:200])
            raise RuntimeError(f"a DAG file does {event} while it is read")


_watch = _Watch()
sys.addaudithook(_watch)  # for the life of the process: Python has no way to take a hook off


@contextmanager
def no_input_or_output() -> Iterator[list[str]]:
    """Whatever connects or starts a process inside raises; yields what was tried."""
    _watch.on, _watch.seen = True, []
    try:
        yield _watch.seen
    finally:
        _watch.on = False


@pytest.fixture(scope="session")
def bag() -> "DagBag":
    """All of dags/, read while connections and processes are forbidden."""
    from airflow.dag_processing.dagbag import DagBag

    with pytest.MonkeyPatch.context() as environment:
        # A stack of the tests has no schedule; what is looked at here is the default.
        environment.delenv("SHOPNOW_INGEST_SCHEDULE", raising=False)
        get_settings.cache_clear()
        with no_input_or_output():
            read = DagBag(dag_folder=str(REPO_ROOT / "dags"))
    get_settings.cache_clear()
    return read


@pytest.fixture
def forbid_input_and_output():
    """The context in which DAG files are read."""
    return no_input_or_output
