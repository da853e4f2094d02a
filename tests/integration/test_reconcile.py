"""`shopnow reconcile` on the real servers."""

from decimal import Decimal

import pytest

from shopnow.topics import LANDED_TOPICS

pytestmark = pytest.mark.integration


def test_after_a_full_run_everything_adds_up_and_a_changed_cent_does_not(stack, shopper, database):
    sku = shopper.http.get("/products").json()["items"][0]["sku"]
    order = shopper.order(sku, 1)
    assert shopper.pay(order).outcome == "succeeded"

    fresh = stack.shopnow_json("reconcile", "--json")
    assert fresh["ok"], fresh["differences"]
    assert (
        fresh["orders"]["shop"] == fresh["orders"]["marts"] + fresh["pending"]["orders_to_compute"]
    )
    assert fresh["pending"]["orders_to_compute"] >= 1

    stack.ingest_and_compute()
    done = stack.shopnow_json("reconcile", "--json")
    assert done["ok"], done["differences"]
    assert [topic["topic"] for topic in done["topics"]] == list(LANDED_TOPICS)
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
