"""Batch jobs survive their worker, the Spark Connect server, its application and its restart."""

import time
from collections.abc import Callable
from typing import Any

import httpx
import psutil
import pytest

from ops.local_stack.airflow_api import AirflowApi
from ops.local_stack.layout import Layout
from ops.local_stack.supervisor import Supervisor
from shopnow.settings import Settings

pytestmark = [pytest.mark.integration, pytest.mark.timeout(1500)]

DAG = "ingest_events"
ENDED_WITHIN_S = 900.0


def wait_for(what: str, probe: Callable[[], Any], within_s: float = ENDED_WITHIN_S) -> Any:
    """Ask until the answer is true; fail with what was waited for."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if answer := probe():
            return answer
        time.sleep(0.1)
    pytest.fail(f"{what}: not within {within_s:.0f} s")


def server(settings: Settings) -> psutil.Process:
    """The Spark Connect server."""
    return psutil.Process(Supervisor(Layout(settings.home)).all_info()["spark-connect"]["pid"])


def clients(settings: Settings) -> list[psutil.Process]:
    """The Airflow tasks that have a session of the server."""
    port = settings.port("spark_connect")
    found = [
        psutil.Process(connection.pid)
        for connection in psutil.net_connections("tcp")
        if connection.raddr and connection.raddr.port == port and connection.pid
    ]
    return [process for process in found if any("airflow" in word for word in process.cmdline())]


def running_task(api: AirflowApi, run_id: str) -> str | None:
    """The task of a run that is running now."""
    tasks = api.task_instances(DAG, run_id)
    return next((task["task_id"] for task in tasks if task["state"] == "running"), None)


def application(settings: Settings) -> None:
    """End the server's application on YARN, as `yarn application -kill` does."""
    apps = f"{settings.yarn_rm_url}/ws/v1/cluster/apps"
    asked = {"applicationTags": "spark-connect", "states": "RUNNING"}
    [found] = httpx.get(apps, params=asked).raise_for_status().json()["apps"]["app"]
    killed = httpx.put(
        f"{apps}/{found['id']}/state", params={"user.name": found["user"]}, json={"state": "KILLED"}
    )
    killed.raise_for_status()


@pytest.mark.parametrize("victim", ["worker", "server", "application"])
def test_a_run_goes_on_after_a_kill_and_everything_adds_up(stack, shopper, new_product, victim):
    settings = stack.settings
    order = shopper.order(new_product(5), 1)
    assert shopper.pay(order).outcome == "succeeded"
    with AirflowApi(settings) as api:
        api.wait_for_dag(DAG)
        run_id = api.trigger(DAG, {})
        wait_for("curation", lambda: running_task(api, run_id) == "curate_events")
        task = wait_for("a session", lambda: clients(settings))[0]
        if victim == "application":
            application(settings)
        else:
            (task if victim == "worker" else server(settings)).kill()

        state = wait_for(
            "the run ends",
            lambda: (now := api.run_state(DAG, run_id)) in ("success", "failed") and now,
        )
        tries = {task["task_id"]: task for task in api.task_instances(DAG, run_id)}
        assert state == "success", api.log_tail(DAG, run_id, tries["curate_events"])
        assert tries["curate_events"]["try_number"] > 1
    stack.run_dag("compute_kpis", {})
    found = stack.shopnow_json("reconcile", "--json")
    assert found["ok"], found["differences"]
    assert found["pending"]["events_to_curate"] == 0


def test_a_run_waits_for_the_nightly_restart_and_does_not_fail(stack, shopper, new_product):
    settings = stack.settings
    before = server(settings).pid
    order = shopper.order(new_product(5), 1)
    assert shopper.pay(order).outcome == "succeeded"
    with AirflowApi(settings) as api:
        api.wait_for_dag("maintain_lake")
        night = api.trigger("maintain_lake", {})

        def tasks() -> dict[str, Any]:
            return {task["task_id"]: task for task in api.task_instances("maintain_lake", night)}

        wait_for("the restart", lambda: tasks()["restart_spark"]["state"] in ("running", "success"))
        run_id = api.trigger(DAG, {})
        wait_for("the run ends", lambda: api.run_state(DAG, run_id) in ("success", "failed"))
        wait_for("the night", lambda: api.run_state("maintain_lake", night) != "running")

        assert {name: task["state"] for name, task in tasks().items()} == {
            "maintain_tables": "success",
            "restart_spark": "success",
            "forget_outbox": "success",
            "forget_runs": "success",
            "forget_logs": "success",
        }
        assert server(settings).pid != before
        tries = [task["try_number"] for task in api.task_instances(DAG, run_id)]
        assert max(tries) == 1, "no task had to be tried again"
        assert api.run_state(DAG, run_id) == "success"
