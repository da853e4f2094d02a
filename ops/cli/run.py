"""`shopnow run`: start a DAG through Airflow's REST API, and follow it."""

import json
import time
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from ops.progress import waiting

if TYPE_CHECKING:
    from ops.local_stack.airflow_api import AirflowApi

POLL_S = 1.0
_COLOURS = {"success": "green", "failed": "red", "upstream_failed": "red", "running": "cyan"}


def run(
    dag: Annotated[str, typer.Argument(help="The id of a DAG, for example ingest_events.")],
    wait: Annotated[
        bool, typer.Option("--wait", help="Wait for its end; exit 1 if it fails.")
    ] = False,
    conf: Annotated[str, typer.Option(help="Parameters of the run, as a JSON object.")] = "{}",
) -> None:
    """Start a run of a DAG."""
    from ops.local_stack.airflow_api import AirflowApi
    from shopnow.settings import get_settings

    try:
        parameters = json.loads(conf)
    except ValueError as error:
        raise typer.BadParameter(f"not JSON: {error}", param_hint="--conf") from error
    if not isinstance(parameters, dict):
        raise typer.BadParameter("not a JSON object", param_hint="--conf")
    console = Console(highlight=False)
    settings = get_settings()
    api = AirflowApi(settings)
    api.wait_for_dag(dag)
    run_id = api.trigger(dag, parameters)
    console.print(f"{dag} started as {run_id}\n  {settings.airflow_url}/dags/{dag}/runs/{run_id}")
    if wait and not follow(api, dag, run_id, console):
        raise typer.Exit(1)


def follow(api: "AirflowApi", dag: str, run_id: str, console: Console) -> bool:
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
