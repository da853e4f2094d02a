"""Every event type has a contract, and its examples pass and fail as their names say."""

import json
import re
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from shopnow.contracts import (
    CONTRACTS_DIR,
    EVENT_TYPES,
    ContractError,
    breaking_changes,
    make_event,
    message_key,
    validate,
)
from shopnow.settings import REPO_ROOT
from shopnow.topics import LANDED_TOPICS, STOCK_ALERTS, TOPICS, topic_name

PASS = sorted(CONTRACTS_DIR.glob("*/*.pass.json"))
FAIL = sorted(CONTRACTS_DIR.glob("*/*.fail.json"))
PUBLISHED = json.loads((CONTRACTS_DIR / "published.json").read_text())


def case(path: Path) -> str:
    return f"{path.parent.name}-{path.name.split('.')[1]}"


def test_the_event_types_of_the_design_are_all_here():
    assert set(EVENT_TYPES) == {
        "product_viewed",
        "product_searched",
        "cart_item_added",
        "cart_item_removed",
        "checkout_started",
        "order_placed",
        "order_cancelled",
        "order_refunded",
        "order_paid",
        "payment_failed",
        "stock_changed",
        "stock_alert_raised",
    }


@pytest.mark.parametrize("path", PASS, ids=case)
def test_an_example_passes(path):
    assert validate(json.loads(path.read_text())).name == path.parent.name


@pytest.mark.parametrize("path", FAIL, ids=case)
def test_an_example_fails(path):
    with pytest.raises(ContractError):
        validate(json.loads(path.read_text()))


@pytest.mark.parametrize("name", EVENT_TYPES)
def test_a_type_has_both_kinds_of_example_a_topic_and_described_fields(name):
    event_type = EVENT_TYPES[name]
    assert any(path.parent.name == name for path in PASS)
    assert any(path.parent.name == name for path in FAIL)
    assert event_type.topic in (*LANDED_TOPICS, STOCK_ALERTS)
    assert event_type.topic in TOPICS
    assert event_type.topic == topic_name(event_type.aggregate)
    assert event_type.key_field in event_type.schema["required"]
    for field, schema in event_type.schema["properties"].items():
        assert schema["description"], field


def test_topic_names_are_built_in_one_place():
    glued = re.compile(r"""\.v1['"]""")
    packages = ("benchmarks", "dags", "ops", "plugins", "reporting", "shopnow", "spark_jobs")
    found = [
        path.relative_to(REPO_ROOT).as_posix()
        for package in (*packages, "webshop")
        for path in (REPO_ROOT / package).rglob("*.py")
        if "node_modules" not in path.parts and glued.search(path.read_text())
    ]
    assert found == ["shopnow/topics.py"]


@pytest.mark.parametrize("value", ["1.00", "14.9999"])
def test_money_is_a_string_with_two_to_four_decimals(value):
    event = json.loads((CONTRACTS_DIR / "order_paid/v1.card.pass.json").read_text())
    event["payload"]["amount"] = value
    validate(event)
    event["payload"]["amount"] = value + "99999"
    with pytest.raises(ContractError) as error:
        validate(event)
    assert error.value.path == "/payload/amount"


@pytest.mark.parametrize(
    "event", [None, [], 3, "x", {}, {"event_type": "order_paid"}, {"payload": {}}]
)
def test_what_is_no_event_is_a_contract_error(event):
    with pytest.raises(ContractError):
        validate(event)


def test_make_event_writes_utc_and_refuses_a_time_without_zone():
    paris = timezone(timedelta(hours=1))
    payload = json.loads((CONTRACTS_DIR / "order_paid/v1.card.pass.json").read_text())["payload"]
    event = make_event(
        "order_paid", payload, source="shop", occurred_at=datetime(2010, 12, 1, 8, 26, tzinfo=paris)
    )
    assert event["occurred_at"] == "2010-12-01T07:26:00.000000Z"
    assert message_key(event) == payload["order_id"]
    with pytest.raises(ContractError):
        make_event("order_paid", payload, source="shop", occurred_at=datetime(2010, 12, 1))


def test_a_published_contract_has_no_breaking_change():
    """To change a contract: add an optional property, or write the next version beside it."""
    for name, published in PUBLISHED.items():
        path = CONTRACTS_DIR / name
        assert path.exists(), f"{name} was published and is gone"
        assert breaking_changes(published, json.loads(path.read_text())) == [], name
    files = {str(path.relative_to(CONTRACTS_DIR)) for path in CONTRACTS_DIR.glob("*/*.schema.json")}
    assert files <= set(PUBLISHED), "add the new contract to published.json"


def test_breaking_changes_are_found():
    old = EVENT_TYPES["order_placed"].schema
    changed = json.loads(json.dumps(old))
    del changed["properties"]["country"]
    changed["properties"]["lines"]["items"]["properties"]["quantity"]["minimum"] = 5
    changed["properties"]["coupon"] = {"type": "string"}
    changed["required"] = [*changed["required"], "coupon"]
    found = "\n".join(breaking_changes(old, changed))
    assert "/country was removed" in found
    assert "/lines[]/quantity/minimum changed from 1 to 5" in found
    assert "/required changed" in found
    optional = json.loads(json.dumps(old))
    optional["properties"]["coupon"] = {"type": "string"}
    assert breaking_changes(old, optional) == []
