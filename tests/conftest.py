"""One stack for all integration tests: started once, in a folder and on ports of its own."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ops.local_stack.airflow_api import AirflowApi
from shopnow.settings import BASE_PORTS, REPO_ROOT, Settings, ensure_settings_file, get_settings

#: Fixtures of the shop, for the tests that use the running stack.
pytest_plugins = ["tests.support.shop_fixtures"]

SHOPNOW = Path(sys.executable).with_name("shopnow")


@dataclass(frozen=True)
class Stack:
    """The running stack: its settings, and the command line that works on it."""

    settings: Settings

    def shopnow(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run `shopnow …` on this stack; a failure shows what it printed."""
        done = subprocess.run(
            [str(SHOPNOW), *arguments], cwd=REPO_ROOT, capture_output=True, text=True, check=False
        )
        if check and done.returncode != 0:
            pytest.fail(
                f"shopnow {' '.join(arguments)} exited with {done.returncode}\n"
                f"{done.stdout[-6000:]}\n{done.stderr[-6000:]}"
            )
        return done

    def shopnow_json(self, *arguments: str) -> Any:
        """Run a command that prints JSON and parse it."""
        return json.loads(self.shopnow(*arguments).stdout)

    def run_dag(self, dag_id: str, conf: dict[str, Any] | None = None) -> None:
        """Run a DAG through Airflow and wait for it; a failed run fails the test."""
        options = ["--conf", json.dumps(conf)] if conf else []
        self.shopnow("run", dag_id, "--wait", *options)

    def ingest_and_compute(self) -> None:
        """From Kafka to the indicators: ingest_events, and the compute_kpis that it starts."""
        begun_at = datetime.now(UTC)
        self.run_dag("ingest_events")
        airflow = AirflowApi(self.settings)
        deadline = time.monotonic() + 300
        while time.monotonic() < deadline:
            run = airflow.run_begun_since("compute_kpis", begun_at)
            state = airflow.run_state("compute_kpis", run) if run else "none"
            assert state != "failed", "the run of compute_kpis failed"
            if state == "success":
                return
            time.sleep(1)
        pytest.fail("ingest_events published, and no run of compute_kpis ended within 300 s")


def _free_offset() -> int:
    """An offset at which every port of the stack is free, away from a stack of the user."""
    for offset in range(7000, 12000, 250):
        try:
            for port in BASE_PORTS.values():
                with socket.socket() as probe:
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                    probe.bind(("127.0.0.1", port + offset))
        except OSError:
            continue
        return offset
    raise RuntimeError("no free range of ports between 7000 and 12000 above the base ports")


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """The whole stack, real servers, fresh data; `SHOPNOW_TEST_HOME` reuses one that is up."""
    kept = os.environ.get("SHOPNOW_TEST_HOME")
    home = Path(kept) if kept else Path(tempfile.mkdtemp(prefix="shopnow-test-"))
    home.chmod(0o755)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SHOPNOW_HOME", str(home))
        # The tests are one address.
        environment.setenv("SHOPNOW_RATE_LIMITS", "off")
        if not kept:
            environment.setenv("SHOPNOW_PORT_OFFSET", str(_free_offset()))
            # Scheduled runs would move data under a test's feet: the tests start every run.
            environment.setenv("SHOPNOW_INGEST_SCHEDULE", "")
            # Hundreds of log-ins: what a password hash costs is tested apart.
            environment.setenv("SHOPNOW_PASSWORD_HASH_MEMORY_KIB", "1024")
        ensure_settings_file(home)
        get_settings.cache_clear()
        try:
            subprocess.run([str(SHOPNOW), "up"], cwd=REPO_ROOT, check=True)
            yield Stack(get_settings())
        finally:
            if not kept:
                _take_down(home)
    get_settings.cache_clear()


def _take_down(home: Path) -> None:
    subprocess.run([str(SHOPNOW), "down"], cwd=REPO_ROOT, check=False)
    if logs := os.environ.get("SHOPNOW_TEST_LOGS"):
        shutil.copytree(home / "logs", logs, dirs_exist_ok=True)
    shutil.rmtree(home, ignore_errors=True)
