"""`shopnow run`: start a DAG through Airflow's REST API, and follow it."""

import json
from typing import Annotated

import typer
from rich.console import Console

from ops.local_stack.dag_run import follow


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
    with AirflowApi(settings) as api:
        api.wait_for_dag(dag)
        run_id = api.trigger(dag, parameters)
        address = f"{settings.airflow_url}/dags/{dag}/runs/{run_id}"
        console.print(f"{dag} started as {run_id}\n  {address}")
        if wait and not follow(api, dag, run_id, console):
            raise typer.Exit(1)
