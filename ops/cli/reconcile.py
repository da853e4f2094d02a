"""`shopnow reconcile`: is every event and every cent where it should be?"""

import json as json_format
from functools import partial
from typing import Annotated

import typer
from rich.console import Console

from ops.terminal.progress import waiting
from ops.terminal.reconciliation import print_reconciliation


def reconcile(
    json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Compare Kafka, lake and shop: messages per topic, orders and net sales to the cent.

    Exits with 1 on any difference. What is only on its way (not yet published, landed, curated or
    computed) is shown apart and is no difference.
    """
    import psycopg
    from confluent_kafka import KafkaException
    from pyspark.errors import PySparkException

    from ops.local_stack.spark import count_lake
    from reporting import reconciliation
    from reporting.reconciliation.run import IndicatorsChanging
    from shopnow.settings import get_settings

    settings = get_settings()
    try:
        with waiting(Console(stderr=True), "Counting Kafka, lake and shop"):
            found = reconciliation.reconcile(settings, partial(count_lake, settings))
    except (IndicatorsChanging, KafkaException, PySparkException, psycopg.Error) as error:
        typer.echo(f"Could not reconcile: {error}\nIs the stack up? shopnow status", err=True)
        raise typer.Exit(2) from error
    if json:
        typer.echo(json_format.dumps(found.as_json(), indent=2))
    else:
        print_reconciliation(found, Console(highlight=False))
    raise typer.Exit(0 if found.ok else 1)
