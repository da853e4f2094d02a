"""The recipe of CONTRIBUTING.md for a KPI, followed on a filled lake and database."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any

import psycopg
import pytest
from flask.testing import FlaskClient
from pyspark.sql import SparkSession
from typer.testing import CliRunner

from ops.cli import app
from shopnow.database.daily_kpis import daily_kpis
from shopnow.database.migrate import migrate
from shopnow.kpis import KPIS, Kpi
from shopnow.lake import CURATED_EVENTS, DAILY_SALES
from shopnow.settings import Settings
from spark_jobs.lakehouse.progress import last_batch
from spark_jobs.lakehouse.snapshots import Table
from tests.support.event_messages import curated_rows
from tests.support.kpi_steps import compute_kpis
from tests.support.sales_events import DAY_1, DAY_2, at, line, paid, placed
from webshop.bootstrap import Shop

pytestmark = pytest.mark.slow

DAY_3 = date(2026, 11, 22)
OTHERS = Kpi(
    "other_orders",
    "Autres commandes",
    "Other orders",
    "count",
    "Paid orders but the first of each known customer.",
    "marketing",
    "order_count - customer_count",
    better="up",
    additive=True,
)
SPENDING = Kpi(
    "spending_per_customer",
    "Dépense par client",
    "Spending per customer",
    "money",
    "Gross sales / known customers; empty on a day without them.",
    "marketing",
    "order_gross / nullif(customer_count, 0)",
    better="up",
    additive=False,
    when_empty="null",
)


@pytest.fixture
def kpi_columns(settings: Settings, database: Any) -> Iterator[None]:
    """The columns of the indicators' table as they were, after the test."""
    yield
    for kpi in (OTHERS, SPENDING):
        database.execute(f"ALTER TABLE kpi.daily_sales DROP COLUMN IF EXISTS {kpi.id}")


@pytest.fixture
def define(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Puts an entry into the registry, as its file would."""
    return lambda kpi: monkeypatch.setitem(KPIS, kpi.id, kpi)


def sell(spark: SparkSession, number: int, day: date, price: str, **order: Any) -> None:
    events = [
        placed(2 * number, number, at(day), line(1, "A", 1, price), **order),
        paid(2 * number + 1, number, at(day)),
    ]
    curated_rows(spark, *events).writeTo(CURATED_EVENTS).append()


def served(settings: Settings, kpi: str) -> dict[date, Any]:
    with psycopg.connect(settings.shop_pg_dsn) as connection:
        days = daily_kpis(connection, "EUR", DAY_1, DAY_3)
    return {day.day: day.values[kpi] for day in days}


def in_the_lake(spark: SparkSession, kpi: str) -> dict[date, Any]:
    return {row.business_date: row[kpi] for row in spark.table(DAILY_SALES).collect()}


def test_one_entry_is_a_new_kpi_on_a_filled_lake_and_database(
    lake: SparkSession,
    settings: Settings,
    kpi_columns: None,
    define: Any,
    shop: Shop,
    http: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compute_kpis(lake, settings)
    sell(lake, 1, DAY_1, "10.00")
    sell(lake, 2, DAY_2, "20.00", customer_id=None)
    assert compute_kpis(lake, settings)["days"] == 2
    assert compute_kpis(lake, settings)["days"] == 0, "nothing is new"

    define(OTHERS)
    define(SPENDING)
    migrate(settings.shop_dsn)  # as every start of the stack does
    assert served(settings, "other_orders") == {DAY_1: None, DAY_2: None}, "until the next run"

    sell(lake, 3, DAY_3, "30.00")
    assert compute_kpis(lake, settings)["days"] == "all", "old days are computed too"
    others = {DAY_1: 0, DAY_2: 1, DAY_3: 0}
    spending = {DAY_1: Decimal("10.0000"), DAY_2: None, DAY_3: Decimal("30.0000")}
    assert served(settings, "other_orders") == in_the_lake(lake, "other_orders") == others
    assert served(settings, "spending_per_customer") == spending
    assert served(settings, "orders") == {DAY_1: 1, DAY_2: 1, DAY_3: 1}
    assert compute_kpis(lake, settings)["days"] == 0

    sell(lake, 4, DAY_2, "5.00")
    assert compute_kpis(lake, settings)["days"] == 1, "only the dirty day from now on"
    assert served(settings, "other_orders") == others
    assert served(settings, "spending_per_customer")[DAY_2] == Decimal("25.0000")

    monkeypatch.setattr(import_module("ops.cli.kpis"), "get_settings", lambda: settings)
    period = ["--from", str(DAY_1), "--to", str(DAY_3)]
    printed = CliRunner().invoke(app, ["kpis", *period, "--format", "json"])
    assert printed.exit_code == 0, printed.output
    assert [day["other_orders"] for day in json.loads(printed.stdout)] == [0, 1, 0]
    table = CliRunner().invoke(app, ["kpis", *period])
    assert table.exit_code == 0, table.output
    assert "Autres" in table.output

    monkeypatch.setattr("webshop.api.staff.gate.require_role", lambda _: None)
    answer = http.get("/api/v1/kpis", query_string={"from": str(DAY_1), "to": str(DAY_3)})
    assert answer.status_code == 200, answer.text
    definitions = {kpi["id"]: kpi for kpi in answer.get_json()["kpis"]}
    assert definitions["other_orders"]["additive"] is True
    assert definitions["spending_per_customer"]["when_empty"] == "null"
    assert [day["other_orders"] for day in answer.get_json()["days"]] == [0, 1, 0]


def test_the_mart_job_needs_no_migration_before_it(
    lake: SparkSession, settings: Settings, kpi_columns: None, define: Any
) -> None:
    """Where jobs are deployed before the shop, and no event is new."""
    compute_kpis(lake, settings)
    sell(lake, 1, DAY_1, "10.00")
    compute_kpis(lake, settings)
    define(OTHERS)
    assert compute_kpis(lake, settings)["days"] == "all"
    assert served(settings, "other_orders") == {DAY_1: 0}


def test_a_run_that_dies_after_the_marts_is_made_up_for(
    lake: SparkSession,
    settings: Settings,
    kpi_columns: None,
    define: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compute_kpis(lake, settings)
    sell(lake, 1, DAY_1, "10.00")
    compute_kpis(lake, settings)
    define(OTHERS)

    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr("spark_jobs.compute_marts.replace_days", die)
        with pytest.raises(KeyboardInterrupt):
            compute_kpis(lake, settings)
    assert compute_kpis(lake, settings)["days"] == "all"
    assert served(settings, "other_orders") == {DAY_1: 0}


def test_another_expression_computes_old_days_again_and_a_kpi_can_be_dropped(
    lake: SparkSession, settings: Settings, kpi_columns: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as registry:
        registry.setitem(KPIS, OTHERS.id, OTHERS)
        compute_kpis(lake, settings)
        sell(lake, 1, DAY_1, "10.00")
        compute_kpis(lake, settings)
    again = Kpi(**{**KPIS["orders"].__dict__, "expression": "order_count * 2"})
    monkeypatch.setitem(KPIS, "orders", again)
    assert compute_kpis(lake, settings)["days"] == "all"
    assert served(settings, "orders") == in_the_lake(lake, "orders") == {DAY_1: 2}
    assert in_the_lake(lake, "other_orders") == {DAY_1: None}, "the column stays, and is empty"


def test_events_from_before_a_column_was_added_are_read_with_it(
    lake: SparkSession, settings: Settings
) -> None:
    """A contract that gained a property: the newest snapshot does not know the column yet."""
    compute_kpis(lake, settings)
    lake.sql(f"ALTER TABLE {CURATED_EVENTS} DROP COLUMN order_placed.lines.element.unit_price")
    lake.sql(f"ALTER TABLE {CURATED_EVENTS} DROP COLUMN order_placed.customer_id")
    lake.sql(f"ALTER TABLE {CURATED_EVENTS} DROP COLUMN stock_changed")
    columns = lake.table(CURATED_EVENTS).schema
    rows = curated_rows(
        lake,
        placed(1, 1, at(DAY_1), line(1, "A", 1, "10.00")),
        paid(2, 1, at(DAY_1)),
    )
    rows.to(columns).writeTo(CURATED_EVENTS).append()
    assert compute_kpis(lake, settings)["batch"] == last_batch(Table(lake, CURATED_EVENTS))
    assert served(settings, "net_sales") == {DAY_1: Decimal("10.0000")}
