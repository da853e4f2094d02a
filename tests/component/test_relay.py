"""The relay on a real Kafka: an event that Kafka refuses for good never holds up the others."""

import random
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from io import StringIO
from typing import Any

import psycopg
import pytest
from confluent_kafka.admin import (
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    NewTopic,
)
from psycopg import Connection
from rich.console import Console
from sqlalchemy import Engine
from typer.testing import CliRunner

from ops.cli import app
from ops.cli.status import _print_outbox
from ops.local_stack.status import outbox_status
from reporting.reconciliation.shop_totals import shop_snapshot
from shopnow import topics
from shopnow.settings import Settings
from tests.support.kafka_reading import everything_on
from webshop.adapters.messaging.kafka_messages import MAX_EVENT_BYTES
from webshop.adapters.messaging.outbox import refused_events, write_outbox
from webshop.adapters.messaging.outbox_producer import OutboxProducer, OutboxRow
from webshop.workers.relay import Relay

#: Starts a Kafka of its own.
pytestmark = pytest.mark.slow

TOO_LARGE = "x" * (topics.MAX_MESSAGE_BYTES + 1)


@pytest.fixture
def relay(settings: Settings, kafka: str, database: Any) -> Iterator[Relay]:
    with (
        psycopg.connect(settings.shop_pg_dsn, autocommit=True) as connection,
        closing(OutboxProducer(kafka)) as producer,
    ):
        relay = Relay(connection, producer)
        assert relay.acquire(threading.Event())
        yield relay


@pytest.fixture
def write(engine: Engine) -> Callable[..., str]:
    """Writes an event of a cart with this note into the outbox; returns its id."""

    def add(cart: str, note: str) -> str:
        event_id = str(uuid.uuid4())
        payload = {"cart_id": cart, "note": note}
        event = {"event_id": event_id, "event_type": "cart_item_added", "payload": payload}
        with engine.begin() as connection:
            write_outbox(connection, [event])
        return event_id

    return add


def on_kafka(bootstrap: str, key: str, topic: str = topics.CARTS) -> list[str]:
    """The event ids of a key's messages, in Kafka's order."""
    return [
        dict(message.headers())["event_id"].decode()
        for message in everything_on(bootstrap, topic)
        if message.key() == key.encode()
    ]


@pytest.fixture
def lower_limit(kafka: str) -> Iterator[None]:
    """The topic of carts takes messages of 100 kB only, though the client lets larger ones pass."""
    entry = ConfigEntry("max.message.bytes", "100000", incremental_operation=AlterConfigOpType.SET)
    resource = ConfigResource(ConfigResource.Type.TOPIC, topics.CARTS, incremental_configs=[entry])
    client = AdminClient({"bootstrap.servers": kafka})
    for future in client.incremental_alter_configs([resource]).values():
        future.result(20)
    yield
    topics.create_topics(kafka)  # what `shopnow up` does: all topics have the declared limit again


def empty_queue(relay: Relay, database: Connection[Any]) -> None:
    for _ in range(5):
        relay.publish_batch()
    assert database.execute("SELECT count(*) AS n FROM shop.outbox_pending").fetchone() == {"n": 0}


def test_an_event_that_is_too_large_is_set_aside_and_the_others_go_on_in_order(
    relay: Relay, settings: Settings, kafka: str, database: Any, write: Any, caplog: Any
) -> None:
    cart, other = str(uuid.uuid4()), str(uuid.uuid4())
    first, large = write(cart, "1"), write(cart, TOO_LARGE)
    rest = [write(cart, str(number)) for number in range(20)]
    others = [write(other, str(number)) for number in range(20)]
    empty_queue(relay, database)
    assert on_kafka(kafka, cart) == [first, *rest]
    assert on_kafka(kafka, other) == others
    with psycopg.connect(settings.shop_pg_dsn) as connection:
        [refused] = refused_events(connection)
    assert (refused.event_id, refused.key, refused.topic) == (large, cart, topics.CARTS)
    assert "Message size too large" in refused.cause
    for named in (f"seq {refused.seq}", "cart_item_added", cart, topics.CARTS, refused.cause):
        assert named in caplog.text


def test_a_batch_that_the_broker_refuses_loses_only_the_event_that_is_the_cause(
    lower_limit: None, relay: Relay, kafka: str, database: Any, write: Any
) -> None:
    cart = str(uuid.uuid4())
    before = [write(cart, str(number)) for number in range(20)]
    write(cart, random.Random(1).randbytes(150_000).hex())  # compression does not help
    after = [write(cart, str(number)) for number in range(20)]
    empty_queue(relay, database)
    assert on_kafka(kafka, cart) == before + after
    causes = database.execute("SELECT cause FROM shop.outbox_refused").fetchall()
    assert ["too large" in row["cause"] for row in causes] == [True]


def test_an_event_for_no_topic_of_ours_is_set_aside(
    relay: Relay, kafka: str, database: Any, write: Any
) -> None:
    database.execute(
        "INSERT INTO shop.outbox (id, aggregatetype, aggregateid, type, payload)"
        " VALUES (gen_random_uuid(), 'no such/topic', 'k', 'cart_item_added', '{}')"
    )
    cart = str(uuid.uuid4())
    good = write(cart, "1")
    empty_queue(relay, database)
    assert on_kafka(kafka, cart) == [good]
    [row] = database.execute("SELECT cause FROM shop.outbox_refused").fetchall()
    assert row["cause"] == "there is no topic shopnow.no such/topic.v1"


def test_a_topic_that_is_still_to_be_created_is_waited_for(kafka: str) -> None:
    name = f"later{uuid.uuid4().hex[:8]}"
    row = OutboxRow(1, str(uuid.uuid4()), name, "k", "cart_item_added", "{}")
    with closing(OutboxProducer(kafka, topics=[row.topic], timeout_s=2)) as producer:
        missing = producer.deliver([row])
    assert (missing.delivered, missing.refused) == ([], [])
    assert f"seq 1, cart_item_added of 'k' for {row.topic}" in str(missing.failure)
    client = AdminClient({"bootstrap.servers": kafka})
    client.create_topics([NewTopic(row.topic, 1, 1)])[row.topic].result(20)
    with closing(OutboxProducer(kafka, topics=[row.topic], timeout_s=20)) as producer:
        found = producer.deliver([row])
    assert (found.delivered, found.refused, found.failure) == ([1], [], None)


def test_a_relay_that_dies_before_it_sets_an_event_aside_loses_nothing(
    relay: Relay, kafka: str, database: Any, write: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cart = str(uuid.uuid4())
    write(cart, TOO_LARGE)
    good = write(cart, "1")
    with monkeypatch.context() as patched:
        patched.setattr(Relay, "_set_aside", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            relay.publish_batch()
    empty_queue(relay, database)
    assert set(on_kafka(kafka, cart)) == {good}
    assert len(database.execute("SELECT 1 FROM shop.outbox_refused").fetchall()) == 1


def shopnow(settings: Settings, monkeypatch: pytest.MonkeyPatch, *words: str) -> tuple[int, str]:
    monkeypatch.setattr("shopnow.settings.get_settings", lambda: settings)
    done = CliRunner().invoke(app, words)
    return done.exit_code, done.output


def test_a_refused_event_is_listed_and_published_once_the_limit_was_raised(
    lower_limit: None,
    relay: Relay,
    kafka: str,
    settings: Settings,
    database: Any,
    write: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cart = str(uuid.uuid4())
    large = write(cart, random.Random(2).randbytes(150_000).hex())
    later = write(cart, "1")
    empty_queue(relay, database)
    [seq] = [row["seq"] for row in database.execute("SELECT seq FROM shop.outbox_refused")]

    code, output = shopnow(settings, monkeypatch, "list-refused")
    assert code == 0
    assert all(named in output for named in (str(seq), cart, topics.CARTS, "too large"))
    state = outbox_status(settings)
    assert state is not None
    assert (state["waiting"], state["refused"], state["oldest_refused"]["seq"]) == (0, 1, seq)
    printed = Console(file=StringIO(), width=40)
    _print_outbox(state, printed)
    shown = printed.file.getvalue()  # type: ignore[attr-defined]
    assert shown.startswith("Events waiting for Kafka: 0\nEvents that Kafka refused: 1")
    assert f"seq {seq}, cart_item_added of {cart} for {topics.CARTS}: Broker: Message" in shown

    # Too early: it is set aside again.
    assert shopnow(settings, monkeypatch, "publish-refused", str(seq))[0] == 0
    assert outbox_status(settings)["oldest_waiting_s"] > 0  # type: ignore[index]
    empty_queue(relay, database)
    assert len(database.execute("SELECT 1 FROM shop.outbox_refused").fetchall()) == 1

    topics.create_topics(kafka)  # the limit is raised
    code, output = shopnow(settings, monkeypatch, "publish-refused", "--all")
    assert (code, output) == (0, "1 events are in the relay's queue again.\n")
    code, output = shopnow(settings, monkeypatch, "publish-refused", str(seq))
    assert (code, "0 events" in output, "Not refused" in output) == (0, True, True)
    empty_queue(relay, database)
    assert on_kafka(kafka, cart) == [later, large]
    assert outbox_status(settings)["refused"] == 0  # type: ignore[index]


def test_publish_refused_needs_numbers_that_exist(
    settings: Settings, database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, output = shopnow(settings, monkeypatch, "publish-refused", "7")
    assert code == 1
    assert "There is no event with seq 7. Nothing was changed." in output
    assert shopnow(settings, monkeypatch, "publish-refused")[0] == 2
    assert shopnow(settings, monkeypatch, "publish-refused", "7", "--all")[0] == 2
    assert shopnow(settings, monkeypatch, "publish-refused", str(10**30))[0] == 2


def test_reconcile_counts_a_refused_event_as_refused_not_as_published(
    relay: Relay, settings: Settings, database: Any, write: Any
) -> None:
    cart = str(uuid.uuid4())
    write(cart, TOO_LARGE)
    write(cart, "1")
    empty_queue(relay, database)
    with shop_snapshot(settings) as shop:
        assert shop.outbox() == {topics.CARTS: (1, 0)}
        [refused] = shop.refused()
    assert (refused.topic, refused.type, refused.key) == (topics.CARTS, "cart_item_added", cart)


def test_an_event_of_the_largest_size_is_published(
    relay: Relay, kafka: str, database: Any, write: Any
) -> None:
    """The limit that the import goes by holds on Kafka, also if nothing can be compressed."""
    cart = "k" * 64
    rng = random.Random(3)
    alphabet = [chr(code) for code in (*range(0x21, 0x7F), *range(0x4E00, 0x9000)) if code != 0x22]
    write(cart, "")
    [[frame]] = [
        row.values()
        for row in database.execute("SELECT octet_length(payload::text) FROM shop.outbox")
    ]
    note = ""
    text = "".join(rng.choices(alphabet, k=400_000)).replace("\\", "/")
    note = text.encode()[: MAX_EVENT_BYTES - frame].decode(errors="ignore")
    note += "x" * (MAX_EVENT_BYTES - frame - len(note.encode()))
    last = write(cart, note)
    sizes = database.execute("SELECT max(octet_length(payload::text)) AS n FROM shop.outbox")
    assert sizes.fetchone()["n"] == MAX_EVENT_BYTES
    empty_queue(relay, database)
    assert database.execute("SELECT cause FROM shop.outbox_refused").fetchall() == []
    assert on_kafka(kafka, cart)[-1] == last


def test_status_says_nothing_of_a_database_that_does_not_answer(settings: Settings) -> None:
    assert outbox_status(settings.model_copy(update={"postgres_port": 1})) is None
