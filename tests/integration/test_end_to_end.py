"""One purchase, followed from the shop's API to the manager's mailbox on the real engines."""

import json
import uuid
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import httpx
import pytest

from shopnow import lake, spark, topics
from shopnow.contracts import validate

pytestmark = pytest.mark.integration


def query(stack, tmp_path, **statements: str) -> dict[str, list[dict]]:
    """Rows of some queries on the lake, by name, by one Spark session."""
    out = tmp_path / f"{uuid.uuid4()}.json"
    job, asked = "tests/integration/lake_query.py", json.dumps(statements)
    done = spark.submit(job, "--sql", asked, "--out", str(out), master="local[2]", capture=True)
    assert done.returncode == 0, done.stdout[-4000:]
    return json.loads(out.read_text())


def newest_mail(inbox_url: str) -> dict:
    mails = httpx.get(f"{inbox_url}/api/email", timeout=10).raise_for_status().json()
    return max(mails, key=lambda mail: mail["time"])


def test_a_purchase_travels_from_the_shop_to_the_managers_mailbox(
    stack, shopper, new_product, read_topic, tmp_path
):
    settings = stack.settings
    today = datetime.now(ZoneInfo(settings.timezone)).date().isoformat()
    sku = new_product(10)
    order = shopper.order(sku, 2)
    total = Decimal("25.00")
    assert Decimal(order["total"]) == total
    assert shopper.pay(order).outcome == "succeeded"
    order_id = order["order_id"]

    placed = read_topic(topics.ORDERS, lambda payload: payload.get("order_id") == order_id, 1)
    assert [event["event_type"] for event in placed] == ["order_placed"]
    assert validate(placed[0]).name == "order_placed"
    assert Decimal(placed[0]["payload"]["gross_amount"]) == total

    stack.ingest_and_compute()

    lake_rows = query(
        stack,
        tmp_path,
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
    assert amounts == {"order_placed": total, "order_paid": total}
    assert lake_rows["product"] == [{"units": 2, "gross_sales": "25.0000"}]
    [day] = stack.shopnow_json("kpis", "--from", today, "--to", today, "--format", "json")
    assert lake_rows["day"] == [{"orders": day["orders"], "net_sales": day["net_sales"]}]

    result = stack.shopnow_json("reconcile", "--json")
    assert result["ok"] is True
    assert result["orders"]["shop"] == result["orders"]["marts"] >= 1
    assert result["net_sales"]["shop"] == result["net_sales"]["marts"]
    for topic in result["topics"]:
        assert topic["kafka"] == topic["raw"]
        assert topic["raw"] == topic["curated"] + topic["quarantined"] + topic["duplicates"]

    stack.run_dag("send_daily_report", {"day": today})
    mail = newest_mail(settings.inbox_url)
    assert [to["address"] for to in mail["to"]] == settings.managers_email
    text = "".join(mail["html"].split())  # Python counts the narrow spaces of French as space
    figure = f"{Decimal(day['net_sales']):.2f}".replace(".", ",")
    assert figure in text, f"{figure} is not in the mail {mail['subject']!r}"
