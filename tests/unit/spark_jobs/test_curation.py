"""What curation accepts is what the contracts accept, and every row ends up somewhere."""

import copy
import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from shopnow.contracts import CONTRACTS_DIR, ContractError, validate
from spark_jobs.contracts.schema import landed_event_types
from spark_jobs.transforms.curation import (
    classify,
    curated_events,
    quarantined,
)
from tests.support.event_messages import ID, event, payload_of, raw, sent


def no_ids(spark: SparkSession) -> DataFrame:
    return spark.createDataFrame([], "event_id string")


def mutations(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[str, Any]]:
    """The value with one thing changed: each scalar by many others, each key gone or added."""
    strange = [
        None, True, 0, -1, 1, 1.0, 1.5, 1e400, 2**31, 2**63, 10**30, "", " ", "x", "1", "-1.00",
        "1.00", "1.00000", "12.34\n", "EUR\n", "eur", "\u00a0a", "a\u001c", "\u0664.00", "x" * 301,
        "2026-02-30T00:00:00.000000Z", "2026-11-21T23:30:00.123Z", "2026-11-21T23:30:60.000000Z",
        "0000-01-01T00:00:00.000000Z", "2026-11-21T23:30:00.000000+02:00", "fr",
        "0A1B2C3D-0000-4000-8000-00000000000F", "0a1b2c3d00004000800000000000000f",
        "{0a1b2c3d-0000-4000-8000-00000000000f}", [], {}, [[]], "\u0000",
    ]  # fmt: skip
    for odd in strange:
        yield f"{path} = {odd!r}", odd
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f"{path} without {key}", {k: v for k, v in value.items() if k != key}
            for values, changed in mutations(inner, (*path, key)):
                yield values, {**value, key: changed}
        yield f"{path} with another key", {**value, "zzz": 1}
        yield f"{path} with a key that poses as two", {**value, "a: STRING, b": 1}
    if isinstance(value, list) and value:
        for values, changed in mutations(value[0], (*path, 0)):
            yield values, [changed, *value[1:]]
            yield f"{values}, after a good one", [*value, changed]
        yield f"{path} twice", value + copy.deepcopy(value)


@pytest.mark.slow
def test_accepted_rows_keep_their_contract_and_refused_ones_break_it(spark: SparkSession) -> None:
    values, events, topics = [], [], []
    for name, kind in landed_event_types().items():
        for change, changed in mutations(event(name)):
            values.append(f"{name}: {change}")
            events.append(changed)
            topics.append(kind.topic)
    messages = [json.dumps(changed).encode() for changed in events]
    frame = raw(spark, *zip(topics, messages, strict=True))
    # Every column is computed, but Python has no date for some of the times: as text.
    judged = classify(frame).withColumn("occurred_at", F.col("occurred_at").cast("string"))
    verdicts = {row.offset: (row.reason, row.detail) for row in judged.collect()}
    assert len(verdicts) == len(events)
    for offset, message in enumerate(messages):
        try:
            landed = validate(json.loads(message)).topic == topics[offset]
        except (ContractError, RecursionError, ValueError):
            landed = False
        assert (verdicts[offset][0] is None) == landed, (values[offset], verdicts[offset])
        assert "Spark" not in str(verdicts[offset][1]), values[offset]


def test_contract_examples_pass_and_fail_as_they_say(spark: SparkSession) -> None:
    examples = sorted(
        path
        for name in landed_event_types()
        for path in (CONTRACTS_DIR / name).glob("*.json")
        if "schema" not in path.name
    )
    events = [json.loads(path.read_text()) for path in examples]
    rows = classify(sent(spark, *events)).select("offset", "reason").orderBy("offset").collect()
    expected = [None if ".pass." in path.name else "contract_violation" for path in examples]
    assert [row.reason for row in rows] == expected


HOSTILE: list[tuple[str, bytes | None, str]] = [
    ("no value", None, "undecodable"),
    ("empty", b"", "undecodable"),
    ("not UTF-8", b'{"a":"\xff\xfe"}', "undecodable"),
    ("not JSON", b"hello", "undecodable"),
    ("cut off", b'{"event_id": "0a', "undecodable"),
    ("two documents", json.dumps(event("order_paid")).encode() * 2, "undecodable"),
    ("something after", json.dumps(event("order_paid")).encode() + b" x", "undecodable"),
    ("a second element", json.dumps(event("order_paid")).encode() + b', "x"', "undecodable"),
    ("closing early", json.dumps(event("order_paid")).encode() + b'] {"a": 1}', "undecodable"),
    ("NaN", b'{"event_type": "order_paid", "payload": NaN}', "undecodable"),
    ("deep", b'{"a":' * 5000 + b"1" + b"}" * 5000, "undecodable"),
    ("deep, and JSON", b'{"a":' * 990 + b"1" + b"}" * 990, "undecodable"),
    ("deep brackets in a text", b'{"a":"' + b"[" * 990 + b'"}', "contract_violation"),
    ("version that is no int", json.dumps(event("order_paid", schema_version=2**31)).encode(),
     "contract_violation"),
    ("a duplicate key", b'{"a": 1, "a": 2}', "undecodable"),
    ("endless number", b'{"a":' + b"9" * 6000 + b"}", "undecodable"),
    ("an array", b"[1, 2]", "contract_violation"),
    ("a string", b'"order_paid"', "contract_violation"),
    ("null", b"null", "contract_violation"),
    ("no type", b'{"event_id": "x"}', "contract_violation"),
    ("type is a number", b'{"event_type": 5}', "contract_violation"),
    ("unknown type", json.dumps(event("order_paid", event_type="order_eaten")).encode(),
     "unknown_event_type"),
    ("not a landed type", json.dumps(event("stock_alert_raised")).encode(), "unknown_event_type"),
    ("other version", json.dumps(event("order_paid", schema_version=2)).encode(),
     "contract_violation"),
    ("wrong topic", json.dumps(event("product_viewed")).encode(), "contract_violation"),
]  # fmt: skip


@pytest.mark.slow
def test_hostile_messages_go_to_quarantine_with_a_reason_and_all_their_bytes(
    spark: SparkSession,
) -> None:
    good = ("shopnow.payments.v1", json.dumps(event("order_paid")).encode())
    frame = raw(spark, good, *[("shopnow.payments.v1", value) for _, value, _ in HOSTILE])
    curated = curated_events(classify(frame), no_ids(spark), 1, "Europe/Paris")
    assert [row.offset for row in curated.collect()] == [0]
    rows = (
        quarantined(classify(frame), curated, frame.limit(0), "run-1").orderBy("offset").collect()
    )
    assert [(HOSTILE[row.offset - 1][0], row.reason) for row in rows] == [
        (values, reason) for values, _, reason in HOSTILE
    ]
    assert all(row.detail for row in rows)
    by_name = {HOSTILE[row.offset - 1][0]: row for row in rows}
    assert by_name["not UTF-8"].payload == "eyJhIjoi//4ifQ=="
    assert by_name["not JSON"].payload == "hello"
    assert by_name["no value"].payload is None
    assert by_name["other version"].detail == (
        "/schema_version: order_paid has no version 2, only 1"
    )
    assert "belongs on shopnow.browsing.v1" in by_name["wrong topic"].detail
    assert by_name["unknown type"].detail == "/event_type: unknown event type 'order_eaten'"
    assert {row.run_id for row in rows} == {"run-1"}


@pytest.mark.slow
def test_an_event_sent_again_is_curated_once_and_counted_as_a_duplicate(
    spark: SparkSession,
) -> None:
    once = event("order_paid")
    again = {**once, "event_id": once["event_id"].upper()}
    other = event("order_paid", event_id=ID.format(2))
    known = event("order_paid", event_id=ID.format(3))
    frame = sent(spark, once, other, again, known)
    ids = spark.createDataFrame([(ID.format(3),)], "event_id string")
    curated = curated_events(classify(frame), ids, 1, "Europe/Paris")
    assert {row.offset for row in curated.collect()} == {0, 1}
    rest = quarantined(classify(frame), curated, frame.limit(0), "run").orderBy("offset").collect()
    assert [(row.offset, row.reason) for row in rest] == [
        (2, "duplicate_event_id"),
        (3, "duplicate_event_id"),
    ]
    assert rest[0].detail == f"event {ID.format(1)} was there before"


@pytest.mark.slow
def test_rows_in_quarantine_already_are_not_quarantined_again(spark: SparkSession) -> None:
    frame = raw(spark, ("shopnow.orders.v1", b"x"), ("shopnow.orders.v1", b"y"))
    nothing = curated_events(classify(frame), no_ids(spark), 1, "Europe/Paris")
    rest = quarantined(classify(frame), nothing, frame.filter("offset = 0"), "run").collect()
    assert [row.offset for row in rest] == [1]


@pytest.mark.slow
def test_a_curated_order_keeps_every_decimal_and_falls_on_the_shops_day(
    spark: SparkSession,
) -> None:
    payload = payload_of("order_placed")
    payload["lines"][0]["unit_price"] = "99999999999999.1234"
    placed = event("order_placed", payload)
    [row] = curated_events(
        classify(sent(spark, placed)), no_ids(spark), 1, "Europe/Paris"
    ).collect()
    assert row.occurred_at == datetime(2026, 11, 21, 23, 30, 0, 123456)
    assert row.business_date == date(2026, 11, 22), "00:30 in Paris is the next day"
    assert row.order_placed.lines[0].unit_price == Decimal("99999999999999.1234")
    assert row.order_placed.order_id == payload["order_id"]
    assert row.order_paid is None and row.product_viewed is None
