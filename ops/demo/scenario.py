"""The steps of the demonstration, with the public commands and DAGs."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from psycopg.rows import dict_row
from rich.console import Console

from ops.demo.steps import StepFailed, Steps, shopnow
from ops.local_stack.airflow_api import AirflowApi
from ops.local_stack.dag_run import follow
from ops.local_stack.spark import count_lake
from reporting.daily_report import build_report
from reporting.reconciliation import Reconciliation, reconcile
from reporting.reconciliation.lake_counts import partition_offsets
from shopnow.database.daily_kpis import DailyKpis, connect, daily_kpis
from shopnow.database.kpi_load import load_progress
from shopnow.database.lake_progress import published_offsets
from shopnow.leader_lease import STOCK_ALERTS_SERVICE, read_heartbeat
from shopnow.settings import REPO_ROOT, Settings, get_settings

EXAMPLE = REPO_ROOT / "ops/demo/data/2010-12.csv.gz"
#: What the example has: the shop closed for Christmas on the 23rd.
MONTH = (date(2010, 12, 1), date(2010, 12, 23))
#: A full working day, with a day before and a week before to compare it with.
REPORT_DAY = date(2010, 12, 21)
SHOPPERS = 60

STREAM_WAIT_S = 600.0
ALERT_WAIT_S = 300.0
MARTS_WAIT_S = 600.0
#: A slower alert was still waiting behind the import's: the stream was catching up.
CAUGHT_UP_MS = 1_000.0
_POLL_S = 0.5

Alert = dict[str, Any]


@dataclass(frozen=True)
class Results:
    """What the page at the end shows."""

    settings: Settings
    month: list[DailyKpis]
    today: DailyKpis | None
    reconciliation: Reconciliation
    alert: Alert
    report_text: str
    report_path: Path
    seconds: dict[str, float]
    total_s: float


def run_demo(console: Console) -> Results:
    """Run the whole demonstration. Idempotent: existing data is left as it is.

    Raises StepFailed, or the error of a part that does not answer.
    """
    steps = Steps(console, count=7)
    with steps.step("Start the stack"):
        shopnow("up")
    get_settings.cache_clear()  # the first start generates the secrets
    settings = get_settings()
    with steps.step("Import December 2010"):
        shopnow("import-retail", str(EXAMPLE))
    with steps.step("Shoppers, and a stock alert"):
        alert = _trigger_sold_out_alert(settings, steps)
    with AirflowApi(settings) as api:
        begun_at = datetime.now(UTC)
        with steps.step("Kafka to checked tables: ingest_events"):
            _run_dag(api, "ingest_events", {}, console)
        with steps.step("Indicators of the days that changed: compute_kpis"):
            _follow_computation(api, begun_at, steps)
        with steps.step("The managers' e-mail: send_daily_report"):
            _run_dag(api, "send_daily_report", {"day": REPORT_DAY.isoformat()}, console)
    with steps.step("Does everything add up? reconcile"), steps.waiting("counting"):
        reconciliation = reconcile(settings, partial(count_lake, settings))
    today = datetime.now(ZoneInfo(settings.timezone)).date()
    with connect(settings) as connection:
        month = daily_kpis(connection, settings.currency, *MONTH)
        todays = daily_kpis(connection, settings.currency, today, today)
    return Results(
        settings=settings,
        month=month,
        today=todays[0] if todays else None,
        reconciliation=reconciliation,
        alert=alert,
        report_text=build_report(REPORT_DAY, settings).text,
        report_path=settings.home / "reports" / f"report-{REPORT_DAY.isoformat()}.html",
        seconds=steps.seconds,
        total_s=steps.elapsed,
    )


def _trigger_sold_out_alert(settings: Settings, steps: Steps) -> Alert:
    """Send shoppers, the last of whom buys a product out, and return the alert that this raised.

    Should the stream still be busy with the import's stock changes, one more shopper buys out
    another product, so that the latency is that of a stream at rest.
    """
    with steps.waiting("the stock-alert stream starts on YARN"):
        _wait_for_stream(settings)
    shoppers = SHOPPERS
    for _ in range(3):
        sent_at = datetime.now(UTC)
        shopnow("simulate", "--shoppers", str(shoppers))
        with steps.waiting("the alert"):
            alert = _newest_alert(settings, sent_at)
        if alert["latency_ms"] <= CAUGHT_UP_MS:
            break
        shoppers = 1
    steps.console.print(alert_text(alert))
    return alert


def alert_text(alert: Alert) -> str:
    """One alert in a line."""
    return (
        f"{alert['kind']}: {alert['product_name']} ({alert['sku']}), {alert['available']} left,"
        f" raised {alert['latency_ms']:.1f} ms after Kafka had the stock change"
    )


def _wait_for_stream(settings: Settings) -> None:
    deadline = time.monotonic() + STREAM_WAIT_S
    while time.monotonic() < deadline:
        beat = read_heartbeat(settings.shop_pg_dsn, STOCK_ALERTS_SERVICE)
        if beat is not None and beat.age_s < 10:
            return
        time.sleep(_POLL_S)
    raise StepFailed(
        f"The stock-alert stream gave no sign of life for {STREAM_WAIT_S:.0f} s. Look at the DAG"
        f" stock_alerts_service in {settings.airflow_url} and at {settings.yarn_rm_url}."
    )


def _newest_alert(settings: Settings, since: datetime) -> Alert:
    """The first sold-out alert for a stock change since that moment."""
    # From the table: the shop shows its alerts to staff who have logged in.
    query = (
        "SELECT kind, sku, product_name, available, latency_ms FROM shop.stock_alerts"
        " WHERE kind = 'sold_out' AND stock_changed_at >= %s ORDER BY alert_kafka_at LIMIT 1"
    )
    deadline = time.monotonic() + ALERT_WAIT_S
    with psycopg.connect(
        settings.shop_pg_dsn, autocommit=True, row_factory=dict_row, connect_timeout=10
    ) as connection:
        while time.monotonic() < deadline:
            alert = connection.execute(query, [since]).fetchone()
            if alert is not None:
                return alert
            time.sleep(_POLL_S)
    raise StepFailed(
        f"No alert for a sold-out product came within {ALERT_WAIT_S:.0f} s. Is alerts-consumer up?"
        " See: shopnow status"
    )


def _run_dag(api: AirflowApi, dag_id: str, conf: dict[str, Any], console: Console) -> str:
    api.wait_for_dag(dag_id)
    run_id = api.trigger(dag_id, conf)
    if not follow(api, dag_id, run_id, console):
        raise StepFailed(f"The run {run_id} of {dag_id} failed.")
    return run_id


def _follow_computation(api: AirflowApi, begun_at: datetime, steps: Steps) -> None:
    """Follow the runs of compute_kpis until the indicators include all that is published."""
    settings = get_settings()
    deadline = time.monotonic() + MARTS_WAIT_S
    since = begun_at
    while time.monotonic() < deadline:
        run_id = api.run_begun_since("compute_kpis", since)
        if run_id is not None:
            since = datetime.now(UTC)
            if not follow(api, "compute_kpis", run_id, steps.console):
                raise StepFailed(f"The run {run_id} of compute_kpis failed.")
        with connect(settings) as connection:
            computed = load_progress(connection)
        published = published_offsets(settings.shop_pg_dsn)
        if computed and partition_offsets(computed.kafka_end_offsets) == published:
            return
        time.sleep(_POLL_S)
    raise StepFailed(f"The indicators have not followed the publication in {MARTS_WAIT_S:.0f} s.")
