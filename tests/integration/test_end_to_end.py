"""One purchase, followed from the shop's API to the manager's mailbox on the real engines."""

import json
import uuid
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import httpx
import pytest
from confluent_kafka import Consumer, TopicPartition

from shopnow import lake, topics
from shopnow.contracts import validate

pytestmark = pytest.mark.integration

GOOD_CARD = "4242424242424242"


def idempotent() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid.uuid4())}


def buy(shop_url: str, *, quantity: int = 2) -> dict:
    """Buy `quantity` of the first product in stock, as the front does; return the paid order."""
    with httpx.Client(base_url=f"{shop_url}/api/v1", timeout=30) as shop:
        products = shop.get("/products", params={"limit": 50}).raise_for_status().json()["items"]
        product = next(item for item in products if item["available"] >= 10 * quantity)
        cart = shop.post("/carts", json={}).raise_for_status().json()
        shop.post(
            f"/carts/{cart['cart_id']}/items", json={"sku": product["sku"], "quantity": quantity}
        ).raise_for_status()
        order = (
            shop.post(
                f"/carts/{cart['cart_id']}/checkout",
                json={
                    "email": "camille@example.org",
                    "name": "Camille Durand",
                    "address": {
                        "line1": "1 rue de la Paix",
                        "postal_code": "75002",
                        "city": "Paris",
                    },
                    "country": "FR",
                },
                headers=idempotent(),
            )
            .raise_for_status()
            .json()
        )
        paid = shop.post(
            f"/orders/{order['order_id']}/payments",
            json={"card_number": GOOD_CARD},
            headers=idempotent() | {"X-Order-Token": order["access_token"]},
        ).raise_for_status()
        assert paid.json()["status"] == "paid"
        return order | {"sku": product["sku"], "price": product["price"], "quantity": quantity}


def events_of(bootstrap: str, topic: str) -> list[dict]:
    """Every event of a topic, from its start to its end at the time of the call."""
    consumer = Consumer(
        {"bootstrap.servers": bootstrap, "group.id": "end-to-end-test", "enable.auto.commit": False}
    )
    ends = {}
    for partition in consumer.list_topics(topic, timeout=10).topics[topic].partitions:
        low, high = consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=10)
        if high > low:
            ends[partition] = (low, high)
    consumer.assign([TopicPartition(topic, p, low) for p, (low, _) in ends.items()])
    found, missing = [], sum(high - low for low, high in ends.values())
    while missing:
        message = consumer.poll(10)
        assert message is not None, f"{missing} messages of {topic} did not come"
        assert message.error() is None, message.error()
        if message.offset() < ends[message.partition()][1]:
            found.append(json.loads(message.value()))
            missing -= 1
    consumer.close()
    return found


def query(stack, tmp_path, sql: str) -> list[dict]:
    """Rows of a query on the lake, by a Spark session of its own."""
    from shopnow import spark

    out = tmp_path / f"{uuid.uuid4()}.json"
    job = "tests/integration/lake_query.py"
    done = spark.submit(job, "--sql", sql, "--out", str(out), master="local[2]", capture=True)
    assert done.returncode == 0, done.stdout[-4000:]
    return json.loads(out.read_text())


def kpis_of(stack, day: str) -> dict:
    days = stack.shopnow_json("kpis", "--from", day, "--to", day, "--format", "json")
    return next((row for row in days if row["day"] == day), {})


def newest_mail(inbox_url: str) -> dict:
    mails = httpx.get(f"{inbox_url}/api/email", timeout=10).raise_for_status().json()
    return max(mails, key=lambda mail: mail["time"])


def test_a_purchase_travels_from_the_shop_to_the_managers_mailbox(stack, tmp_path):
    settings = stack.settings
    today = datetime.now(ZoneInfo(settings.timezone)).date().isoformat()
    stack.run_dag("ingest_events")
    stack.run_dag("compute_kpis")
    before = kpis_of(stack, today)

    order = buy(settings.shop_url)
    total = Decimal(order["price"]) * order["quantity"]

    stack.shopnow("reconcile", "--json")  # fresh events are pending, never a difference
    placed = [
        e
        for e in events_of(settings.kafka_bootstrap, topics.ORDERS)
        if e["payload"].get("order_id") == order["order_id"]
    ]
    assert [e["event_type"] for e in placed] == ["order_placed"]
    assert validate(placed[0]).name == "order_placed"
    assert Decimal(placed[0]["payload"]["gross_amount"]) == total

    stack.run_dag("ingest_events")
    stack.run_dag("compute_kpis")

    order_id = placed[0]["payload"]["order_id"]
    raw = query(
        stack,
        tmp_path,
        f"select topic, count(*) as messages from {lake.RAW_EVENTS} "  # noqa: S608
        f"where instr(cast(value as string), '{order_id}') > 0 group by topic",
    )
    found = {row["topic"]: row["messages"] for row in raw}
    assert found[topics.ORDERS] == 1
    assert found[topics.PAYMENTS] == 1
    assert found[topics.STOCK] == 2  # reserved, then sold
    curated = query(
        stack,
        tmp_path,
        f"select event_type, coalesce(order_placed.gross_amount, order_paid.amount) as amount "  # noqa: S608
        f"from {lake.CURATED_EVENTS} where order_placed.order_id = '{order_id}' "
        f"or order_paid.order_id = '{order_id}'",
    )
    assert {row["event_type"]: Decimal(str(row["amount"])) for row in curated} == {
        "order_placed": total,
        "order_paid": total,
    }
    marts = query(
        stack,
        tmp_path,
        f"select orders, net_sales from {lake.DAILY_SALES} "  # noqa: S608
        f"where business_date = date'{today}'",
    )
    after = kpis_of(stack, today)
    assert after["orders"] == before.get("orders", 0) + 1
    assert Decimal(after["gross_sales"]) == Decimal(before.get("gross_sales") or 0) + total
    assert marts == [
        {"orders": after["orders"], "net_sales": pytest.approx(float(after["net_sales"]))}
    ]

    stack.run_dag("send_daily_report", {"day": today})
    mail = newest_mail(settings.inbox_url)
    assert [to["address"] for to in mail["to"]] == settings.managers_email
    text = mail["html"].replace("\u202f", "").replace("\xa0", "").replace(" ", "")
    figure = f"{Decimal(after['net_sales']):.2f}".replace(".", ",")
    assert figure in text, f"{figure} is not in the mail {mail['subject']!r}"

    result = stack.shopnow_json("reconcile", "--json")
    assert result["ok"] is True
    assert result["orders"]["shop"] == result["orders"]["marts"] > 0
    assert result["net_sales"]["shop"] == result["net_sales"]["marts"]
    for topic in result["topics"]:
        assert topic["kafka"] == topic["raw"]
        assert topic["raw"] == topic["curated"] + topic["quarantined"] + topic["duplicates"]
