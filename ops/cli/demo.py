"""`shopnow demo`: runs everything once and prints the results."""

import typer
from rich.console import Console


def demo() -> None:
    """Start the stack, fill it, run the jobs through Airflow and show the results.

    Safe to repeat and to interrupt: run it again and it goes on. Leaves the stack running.
    """
    import httpx
    import psycopg
    from confluent_kafka import KafkaException
    from pyspark.errors import PySparkException

    from ops.demo.results import print_results
    from ops.demo.scenario import run_demo
    from ops.demo.steps import StepFailed
    from ops.local_stack.errors import StackError
    from reporting.reconciliation.run import IndicatorsChanging
    from shopnow.leader_lease import HeartbeatUnreadable

    console = Console(highlight=False)
    try:
        results = run_demo(console)
    except KeyboardInterrupt:
        console.print("\nStopped. The stack goes on running; `make demo` goes on from here.")
        raise typer.Exit(130) from None
    except (
        StepFailed,
        StackError,
        HeartbeatUnreadable,
        IndicatorsChanging,
        PySparkException,
        httpx.HTTPError,
        psycopg.Error,
        KafkaException,
    ) as error:
        console.print(f"\n✗ {error}", style="red", markup=False)
        console.print("What runs: shopnow status; a log: shopnow logs NAME; again: make demo")
        raise typer.Exit(1) from error
    print_results(results, console)
    if not results.reconciliation.ok:
        raise typer.Exit(1)
