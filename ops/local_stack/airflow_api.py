"""A client of Airflow's REST API (v2), for starting a run and following it."""

import time
from datetime import datetime
from typing import Any

import httpx

from ops.local_stack.errors import StackError
from shopnow.settings import Settings


class AirflowApi:
    """One login's view of Airflow, as a context that closes its connection.

    Raises StackError when Airflow refuses the login or does not answer.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._client = httpx.Client(base_url=settings.airflow_url, timeout=30, trust_env=False)
        try:
            self._log_in()
        except StackError:
            self._client.close()
            raise

    def __enter__(self) -> "AirflowApi":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def _log_in(self) -> None:
        login = {"username": "admin", "password": self._settings.airflow_admin_password}
        answer = self._request("POST", "/auth/token", json=login)
        if answer.is_error:
            raise StackError(f"Airflow refuses the login ({answer.status_code}): {answer.text}")
        self._client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def _request(self, method: str, path: str, **content: Any) -> httpx.Response:
        try:
            return self._client.request(method, path, **content)
        except httpx.TransportError as error:
            raise StackError(
                f"Airflow does not answer at {self._settings.airflow_url} ({error}). "
                "Is the stack up? See: shopnow status"
            ) from error

    def get(self, path: str, **parameters: Any) -> Any:
        """The JSON at a path below /api/v2; 404 raises `httpx.HTTPStatusError`."""
        answer = self._request("GET", f"/api/v2{path}", params=parameters)
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            self._log_in()  # the token of a long wait has run out
            answer = self._request("GET", f"/api/v2{path}", params=parameters)
        return answer.raise_for_status().json()

    def wait_for_dag(self, dag_id: str, timeout_s: float = 90.0) -> None:
        """Return when Airflow has read the DAG; after a first start that takes a moment."""
        deadline = time.monotonic() + timeout_s
        while True:
            known = sorted(dag["dag_id"] for dag in self.get("/dags", limit=100)["dags"])
            if dag_id in known:
                return
            broken = self.get("/importErrors")["import_errors"]
            if time.monotonic() > deadline or broken:
                reasons = "".join(f"\n{one['filename']}: {one['stack_trace']}" for one in broken)
                names = ", ".join(known) or "none"
                raise StackError(f"Airflow has no DAG {dag_id!r}; it has: {names}.{reasons}")
            time.sleep(1)

    def trigger(self, dag_id: str, conf: dict[str, Any]) -> str:
        """Start a run now and return its id."""
        answer = self._request(
            "POST", f"/api/v2/dags/{dag_id}/dagRuns", json={"logical_date": None, "conf": conf}
        )
        if answer.is_error:
            raise StackError(f"Airflow did not start {dag_id}: {answer.text}")
        return str(answer.json()["dag_run_id"])

    def run_begun_since(self, dag_id: str, moment: datetime) -> str | None:
        """The id of the newest run that started at `moment` or later; None if there is none."""
        runs = self.get(f"/dags/{dag_id}/dagRuns", order_by="-run_after", limit=1)["dag_runs"]
        for run in runs:
            if run["start_date"] and datetime.fromisoformat(run["start_date"]) >= moment:
                return str(run["dag_run_id"])
        return None

    def run_state(self, dag_id: str, run_id: str) -> str:
        """queued, running, success or failed."""
        return str(self.get(f"/dags/{dag_id}/dagRuns/{run_id}")["state"])

    def task_instances(self, dag_id: str, run_id: str) -> list[dict[str, Any]]:
        """The run's tasks: task_id, map_index, state, try_number, duration…"""
        found = self.get(f"/dags/{dag_id}/dagRuns/{run_id}/taskInstances", limit=100)
        return list(found["task_instances"])

    def log_tail(self, dag_id: str, run_id: str, task: dict[str, Any], lines: int = 40) -> str:
        """The last lines of the log of a task's last try."""
        path = f"/dags/{dag_id}/dagRuns/{run_id}/taskInstances/{task['task_id']}"
        content = self.get(
            f"{path}/logs/{task['try_number']}", map_index=task["map_index"], full_content=True
        )["content"]
        texts = [entry["event"] if isinstance(entry, dict) else str(entry) for entry in content]
        for entry in content:
            for error in (entry.get("error_detail") or []) if isinstance(entry, dict) else []:
                texts.append(f"{error['exc_type']}: {error['exc_value']}")
        return "\n".join("\n".join(texts).splitlines()[-lines:])
