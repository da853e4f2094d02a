"""A job on YARN survives the worker that started it: the next try goes on with it."""

import time
from typing import Any

import httpx
import psutil
import pytest

from ops.local_stack.airflow_api import AirflowApi

pytestmark = [pytest.mark.integration, pytest.mark.timeout(1500)]

DAG = "compute_kpis"
TASK = "compute_marts"
ENDED_WITHIN_S = 900.0


def wait_for(what: str, probe: Any, within_s: float = ENDED_WITHIN_S) -> Any:
    """Ask until the answer is true; fail with what was waited for."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if answer := probe():
            return answer
        time.sleep(0.3)
    pytest.fail(f"{what}: not within {within_s:.0f} s")


def tag_of(run_id: str) -> str:
    """How the tag of the run's task begins (`shopnow_airflow.hooks.yarn.yarn_tag`)."""
    plain = "".join(c if c in "abcdefghijklmnopqrstuvwxyz0123456789_.-" else "_" for c in run_id)
    return f"{DAG}_{TASK}_{plain}"[:60]


def submitters(tag: str) -> list[psutil.Process]:
    """The spark-submit processes that are at work for a tag."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        if any(word.startswith(f"spark.yarn.tags={tag}") for word in words):
            found.append(process)
    return found


def applications(settings: Any, tag: str) -> list[dict[str, Any]]:
    """The YARN applications of a tag, in every state, oldest first."""
    answer = httpx.get(f"{settings.yarn_rm_url}/ws/v1/cluster/apps", timeout=10)
    apps = (answer.raise_for_status().json()["apps"] or {}).get("app") or []
    ours = [app for app in apps if app["applicationTags"].startswith(tag)]
    return sorted(ours, key=lambda app: app["id"])


def task_process(submitter: psutil.Process) -> psutil.Process:
    """The Airflow task above a spark-submit: the nearest ancestor that is Python."""
    for ancestor in submitter.parents():
        if "python" in ancestor.name() or "airflow" in ancestor.name():
            return ancestor
    raise AssertionError(f"no task above {submitter}")


def test_a_task_whose_worker_is_killed_goes_on_with_its_application(stack):
    settings = stack.settings
    with AirflowApi(settings) as api:
        api.wait_for_dag(DAG)
        run_id = api.trigger(DAG, {})
        tag = tag_of(run_id.lower())

        submitter = wait_for("spark-submit starts", lambda: submitters(tag))[0]
        task_process(submitter).kill()

        state = wait_for(
            "the run ends",
            lambda: (now := api.run_state(DAG, run_id)) in ("success", "failed") and now,
        )
        (task,) = api.task_instances(DAG, run_id)
        assert state == "success", api.log_tail(DAG, run_id, task)
        assert task["try_number"] == 2
    # The killed worker's spark-submit goes on: the next try waits for its application, ends its own
    # if that came second, or does the work once more if the first was through by then. Two never
    # work at the same time.
    first, *later = applications(settings, tag)
    assert first["finalStatus"] == "SUCCEEDED"
    for application in later:
        if application["finalStatus"] != "KILLED":
            assert application["finalStatus"] == "SUCCEEDED"
            assert application["startedTime"] >= first["finishedTime"]
