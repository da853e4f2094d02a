"""A run of a DAG on a terminal: its tasks as they change, and why it failed."""

from __future__ import annotations

import time

from rich.console import Console

from ops.local_stack.airflow_api import AirflowApi
from ops.terminal.progress import waiting

POLL_S = 1.0
_COLOURS = {"success": "green", "failed": "red", "upstream_failed": "red", "running": "cyan"}


def follow(api: AirflowApi, dag: str, run_id: str, console: Console) -> bool:
    """Print each change of a task's state until the run ends; return whether it succeeded."""
    begun = time.monotonic()
    shown: dict[tuple[str, int], str | None] = {}
    with waiting(console, dag) as at_work:
        while True:
            state = api.run_state(dag, run_id)
            tasks = api.task_instances(dag, run_id)
            elapsed = time.monotonic() - begun
            for task in tasks:
                key = (task["task_id"], task["map_index"])
                if task["state"] is not None and shown.get(key) != task["state"]:
                    shown[key] = task["state"]
                    colour = _COLOURS.get(task["state"], "dim")
                    name = task["task_id"] + (f"[{key[1]}]" if key[1] >= 0 else "")
                    console.print(f"  {elapsed:6.1f} s  {name:<28} [{colour}]{task['state']}[/]")
            if state in {"success", "failed"}:
                break
            at_work.waiting(dag, state)
            time.sleep(POLL_S)
    console.print(f"{dag} [{_COLOURS[state]}]{state}[/] after {time.monotonic() - begun:.0f} s")
    for task in tasks:
        if state == "failed" and task["state"] == "failed":
            console.print(f"\nEnd of the log of {task['task_id']}, try {task['try_number']}:")
            console.print(api.log_tail(dag, run_id, task), markup=False)
    return state == "success"
