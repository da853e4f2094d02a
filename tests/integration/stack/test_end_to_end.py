"""A month of sales and one purchase, from the shop to the manager's mailbox on the real engines.

One run of the pipeline carries both; each test looks at what it left behind.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from shopnow import lake, topics
from shopnow.contracts import validate
from shopnow.settings import REPO_ROOT
from tests.support.lake_query import lake_query

pytestmark = pytest.mark.integration

EXAMPLE = REPO_ROOT / "ops/demo/data/2010-12.csv.gz"
GOODS = Decimal("25.00")
TOTAL = GOODS + Decimal("4.90")  # with what its sending costs


@dataclass(frozen=True)
class Carried:
    """What the run of the pipeline carried; `before` is the reconciliation just before it."""

    order: dict[str, Any]
    sku: str
    today: str
    before: dict[str, Any]


@pytest.fixture(scope="module")
def carried(stack, shopper, new_product) -> Carried:
    """December 2010 and a paid order of today, taken from Kafka to the indicators."""
    stack.shopnow("import-retail", str(EXAMPLE))
    sku = new_product(10)
    order = shopper.order(sku, 2)
    assert shopper.pay(order).outcome == "succeeded"
    today = datetime.now(ZoneInfo(stack.settings.timezone)).date().isoformat()
    before = stack.shopnow_json("reconcile", "--json")
    stack.ingest_and_compute()
    return Carried(order, sku, today, before)


def newest_mail(inbox_url: str) -> dict:
    mails = httpx.get(f"{inbox_url}/api/email", timeout=10).raise_for_status().json()
    return max(mails, key=lambda mail: mail["time"])


def test_a_purchase_travels_from_the_shop_to_the_managers_mailbox(stack, carried, read_topic):
    settings, order, sku, today = stack.settings, carried.order, carried.sku, carried.today
    order_id = order["order_id"]
    assert Decimal(order["total"]) == TOTAL

    placed = read_topic(topics.ORDERS, lambda payload: payload.get("order_id") == order_id, 1)
    assert [event["event_type"] for event in placed] == ["order_placed"]
    assert validate(placed[0]).name == "order_placed"
    assert Decimal(placed[0]["payload"]["gross_amount"]) == GOODS

    lake_rows = lake_query(
        settings,
        raw=f"select topic, count(*) as messages from {lake.RAW_EVENTS} "  # noqa: S608
        f"where instr(cast(value as string), '{order_id}') > 0 "
        f"or instr(cast(value as string), '{order['order_number']}') > 0 group by topic",
        curated="select event_type, "  # noqa: S608
        "cast(coalesce(order_placed.gross_amount, order_paid.amount) as string) as amount "
        f"from {lake.CURATED_EVENTS} where order_placed.order_id = '{order_id}' "
        f"or order_paid.order_id = '{order_id}'",
        product="select units, cast(gross_sales as string) as gross_sales "  # noqa: S608
        f"from {lake.DAILY_PRODUCT_SALES} "
        f"where business_date = date'{today}' and sku = '{sku}'",
        day="select orders, cast(net_sales as string) as net_sales "  # noqa: S608
        f"from {lake.DAILY_SALES} where business_date = date'{today}'",
    )
    messages = {row["topic"]: row["messages"] for row in lake_rows["raw"]}
    # The stock is reserved first, and sold when the payment is there.
    assert messages == {topics.ORDERS: 1, topics.PAYMENTS: 1, topics.STOCK: 2}
    amounts = {row["event_type"]: Decimal(row["amount"]) for row in lake_rows["curated"]}
    assert amounts == {"order_placed": GOODS, "order_paid": TOTAL}
    assert lake_rows["product"] == [{"units": 2, "gross_sales": "25.0000"}]
    [day] = stack.shopnow_json("kpis", "--from", today, "--to", today, "--format", "json")
    assert lake_rows["day"] == [{"orders": day["orders"], "net_sales": day["net_sales"]}]

    stack.run_dag("send_daily_report", {"day": today})
    mail = newest_mail(settings.inbox_url)
    assert [to["address"] for to in mail["to"]] == settings.managers_email
    text = "".join(mail["html"].split())  # Python counts the narrow spaces of French as space
    figure = f"{Decimal(day['net_sales']):.2f}".replace(".", ",")
    assert figure in text, f"{figure} is not in the mail {mail['subject']!r}"


def test_december_2010_gives_the_figures_of_the_independent_script(stack, carried):
    script = [sys.executable, "tests/support/independent_kpis.py", str(EXAMPLE)]
    expected = json.loads(
        subprocess.run(script, cwd=REPO_ROOT, capture_output=True, text=True, check=True).stdout
    )

    printed = stack.shopnow_json(
        "kpis", "--from", "2010-12-01", "--to", "2010-12-31", "--format", "json"
    )

    by_day = {day["day"]: day for day in printed}
    assert len(expected) == 20
    for day in expected:
        for kpi, value in day.items():
            found = by_day[day["day"]][kpi]
            same = (
                Decimal(found) == Decimal(value)
                if isinstance(value, str) and kpi != "day"
                else found == value
            )
            assert same, f"{day['day']} {kpi}: {found}, expected {value}"
    closed = [day for name, day in by_day.items() if name not in {day["day"] for day in expected}]
    assert all(Decimal(day["net_sales"]) == 0 and day["orders"] == 0 for day in closed)


def test_after_a_full_run_everything_adds_up_and_a_changed_cent_does_not(stack, carried, database):
    fresh = carried.before
    assert fresh["ok"], fresh["differences"]
    assert (
        fresh["orders"]["shop"] == fresh["orders"]["marts"] + fresh["pending"]["orders_to_compute"]
    )
    assert fresh["pending"]["orders_to_compute"] >= 1

    done = stack.shopnow_json("reconcile", "--json")
    assert done["ok"], done["differences"]
    assert [topic["topic"] for topic in done["topics"]] == list(topics.LANDED_TOPICS)
    for topic in done["topics"]:
        passed_on = topic["curated"] + topic["quarantined"] + topic["duplicates"]
        assert topic["kafka"] == topic["raw"] == passed_on, topic
    assert done["orders"]["shop"] == done["orders"]["marts"] > 0
    assert Decimal(done["net_sales"]["shop"]) == Decimal(done["net_sales"]["marts"])
    assert done["pending"]["days_to_compute"] == []

    day = "SELECT max(business_date) AS day FROM kpi.daily_sales WHERE orders > 0"
    changed = database.execute(day).fetchone()["day"]
    change = "UPDATE kpi.daily_sales SET net_sales = net_sales + %s WHERE business_date = %s"
    database.execute(change, (Decimal("0.01"), changed))
    try:
        wrong = stack.shopnow("reconcile", check=False)
    finally:
        database.execute(change, (Decimal("-0.01"), changed))
    assert wrong.returncode == 1
    assert str(changed) in wrong.stdout
