"""Whatever comes on the topic of stock alerts: what can be stored is, the rest is set aside."""

import hashlib
import json
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from confluent_kafka import Message, Producer
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from shopnow.contracts import format_time, make_event
from shopnow.settings import Settings
from shopnow.topics import DEAD_LETTER, MAX_MESSAGE_BYTES, STOCK_ALERTS
from tests.support.kafka_reading import everything_on
from webshop.adapters.messaging.dead_letters import EXCERPT_BYTES
from webshop.workers.alerts_consumer import AlertsConsumer, is_the_rows_fault

#: Starts a Kafka of its own.
pytestmark = pytest.mark.slow

Event = dict[str, Any]


def alert(sku: str = "SKU") -> Event:
    stock_event = str(uuid.uuid4())
    changed = format_time(datetime.now(UTC))
    payload = {
        "alert_id": hashlib.sha256(stock_event.encode()).hexdigest(),
        "kind": "sold_out",
        "sku": sku,
        "product_name": sku,
        "stock_event_id": stock_event,
        "stock_version": 4,
        "available": 0,
        "reorder_point": 2,
        "stock_changed_at": changed,
        "stock_kafka_timestamp": changed,
    }
    return make_event("stock_alert_raised", payload, source="stock-alerts")


def said(event: Event) -> bytes:
    return json.dumps(event).encode()


def with_payload(**changed: Any) -> bytes:
    event = alert()
    return said(event | {"payload": event["payload"] | changed})


#: Message → what its dead letter's reason says.
FAULTS: dict[str, tuple[bytes | None, str]] = {
    "NUL in a name": (with_payload(product_name="a\0b"), "NUL"),
    "NUL in a sku": (with_payload(sku="a\0b"), "NUL"),
    "half a character": (with_payload(product_name="\ud800"), "half a character"),
    "half a character as a key": (said(alert() | {"\ud800": 1}), "lone surrogate"),
    "year 0": (with_payload(stock_changed_at="0000-01-01T00:00:00.000Z"), "year 0"),
    "leap second": (with_payload(stock_changed_at="2016-12-31T23:59:60.000Z"), "second"),
    "number too large": (with_payload(stock_version=2**31), "maximum"),
    "integer of 5,000 digits": (said(alert())[:-1] + b',"n":' + b"9" * 5000 + b"}", "digits"),
    "integer of 400 digits": (with_payload(available=10**400), "/payload/available"),
    "NaN": (with_payload(available=float("nan")), "NaN is no JSON number"),
    "Infinity": (with_payload(available=float("inf")), "Infinity is no JSON number"),
    "truth for a number": (with_payload(available=True), "integer"),
    "list for a name": (with_payload(product_name=["a"]), "string"),
    "nested beyond the validator": (b'{"a":' * 600 + b"1" + b"}" * 600, "nested more than"),
    "nested beyond Python": (b"[" * 100_000, "nested more than"),
    "no UTF-8": (b'{"a": "\xff"}', "not UTF-8"),
    "no JSON": (b"nonsense", "not JSON"),
    "empty": (b"", "not JSON"),
    "null": (None, "not JSON"),
    "another event": (said({"note": "x"}), "required"),
    "10 MB, compressed": (b"x" * 10_000_000, "10,000,000 bytes"),
    "as large as a message may be": (b"x" * (MAX_MESSAGE_BYTES - 150), "not JSON"),
}


@pytest.fixture
def say(kafka: str) -> Iterator[Callable[[str, bytes | None], None]]:
    producer = Producer(
        {"bootstrap.servers": kafka, "compression.type": "gzip", "message.max.bytes": 20_000_000}
    )
    failures: list[Any] = []

    def produce(key: str, value: bytes | None) -> None:
        report = lambda error, _: failures.append(error) if error else None  # noqa: E731
        producer.produce(STOCK_ALERTS, key=key, value=value, on_delivery=report)
        assert producer.flush(30) == 0
        assert failures == []

    yield produce
    producer.close()


@pytest.fixture
def consuming(settings: Settings, kafka: str, engine: Engine) -> Iterator[None]:
    """A consumer at work; what it raises fails the test."""
    stopping = threading.Event()
    raised: list[Exception] = []

    def run() -> None:
        try:
            AlertsConsumer(settings, engine).run(stopping)
        except Exception as error:  # noqa: BLE001
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    yield
    stopping.set()
    thread.join(30)
    assert raised == []


def wait_until(condition: Callable[[], Any], what: str) -> Any:
    deadline = time.monotonic() + 40
    while not (found := condition()):
        assert time.monotonic() < deadline, what
        time.sleep(0.2)
    return found


def dead_letters(kafka: str, *keys: str) -> dict[str, Message]:
    return {
        key: message
        for message in everything_on(kafka, DEAD_LETTER)
        if (key := (message.key() or b"").decode()) in keys
    }


def stored(database: Any) -> list[str]:
    rows = database.execute("SELECT sku FROM shop.stock_alerts ORDER BY sku").fetchall()
    return [row["sku"] for row in rows]


def test_what_cannot_be_stored_is_set_aside_with_the_cause_and_the_others_are_stored(
    say: Any, kafka: str, database: Any, consuming: None
) -> None:
    keys = {f"{uuid.uuid4()}": name for name in FAULTS}
    say("good", said(alert("A")))
    for key, name in keys.items():
        say(key, FAULTS[name][0])
    say("good", said(alert("B")))
    wait_until(lambda: stored(database) == ["A", "B"], "the good alerts are not stored")
    wait_until(lambda: len(dead_letters(kafka, *keys)) == len(keys), "dead letters are missing")
    for key, letter in dead_letters(kafka, *keys).items():
        name, headers = keys[key], dict(letter.headers())
        value, reason = FAULTS[name]
        assert reason in headers["reason"].decode(), name
        assert headers["origin"].decode().startswith(f"{STOCK_ALERTS}["), name
        if value is not None and len(value) > MAX_MESSAGE_BYTES - 200:
            assert headers["excerpt_of_bytes"] == str(len(value)).encode()
            assert letter.value() == value[:EXCERPT_BYTES]
        else:
            assert letter.value() == value, name


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("SELECT 'x'::integer", True),
        ("SELECT 3000000000::integer", True),
        ("SELECT E'\\xff'::text", True),
        ("INSERT INTO shop.stock_alerts (alert_id) VALUES ('a')", True),
        ("INSERT INTO shop.stock_alerts (alert_id) VALUES (repeat('a', 65))", True),
        ("SET LOCAL statement_timeout = 10; SELECT pg_sleep(5)", False),
        ("SELECT * FROM shop.nothing", False),
        ("SELECT nothing FROM shop.stock_alerts", False),
        ("SELECT pg_terminate_backend(pg_backend_pid())", False),
        ("SET TRANSACTION READ ONLY; CREATE TABLE shop.read_only ()", False),
    ],
)
def test_what_is_the_rows_fault(engine: Engine, statement: str, expected: bool) -> None:
    connection = engine.connect()
    with pytest.raises(DBAPIError) as raised:
        connection.exec_driver_sql(statement)
    assert is_the_rows_fault(raised.value) is expected
    connection.invalidate()


def test_a_database_that_refuses_for_its_own_reasons_is_waited_for(
    say: Any, kafka: str, database: Any, engine: Engine, consuming: None
) -> None:
    key, sku = str(uuid.uuid4()), "WAITED-FOR"
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE shop.stock_alerts RENAME COLUMN kind TO gone"))
    try:
        say(key, said(alert(sku)))
        time.sleep(3)
        assert stored(database) == []
    finally:
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE shop.stock_alerts RENAME COLUMN gone TO kind"))
    wait_until(lambda: stored(database) == [sku], "the alert was lost")
    assert dead_letters(kafka, key) == {}
