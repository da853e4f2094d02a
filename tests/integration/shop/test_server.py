"""The shop's servers: what is left when the main process of one is killed."""

import os
import signal
from typing import Any

import httpx
import psutil
import pytest

from ops.local_stack.layout import Layout
from ops.local_stack.supervisor import Supervisor
from tests.support.waiting import wait_until

pytestmark = pytest.mark.integration


@pytest.mark.parametrize(
    ("service", "port", "path"),
    [("shop", "shop", "/api/v1/health/ready"), ("payment-gateway", "gateway", "/health")],
)
def test_workers_of_a_killed_server_end_and_the_next_one_serves(
    stack: Any, service: str, port: str, path: str
) -> None:
    settings = stack.settings
    supervisor = Supervisor(Layout(settings.home))
    killed: int = supervisor.info(service)["pid"]
    workers = psutil.Process(killed).children(recursive=True)
    assert workers
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: not any(worker.is_running() for worker in workers))

    def serves() -> bool:
        if supervisor.info(service)["pid"] in {0, killed}:
            return False
        try:
            return httpx.get(f"http://{settings.host}:{settings.port(port)}{path}").is_success
        except httpx.TransportError:
            return False

    wait_until(serves)
