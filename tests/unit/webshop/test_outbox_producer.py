"""Which answers of Kafka set a row aside, and which let it wait; a fake client gives them all.

What a real Kafka answers is in tests/component/test_relay.py.
"""

from collections.abc import Callable
from typing import Any

import pytest
from confluent_kafka import KafkaError, KafkaException

from webshop.adapters.messaging import outbox_producer
from webshop.adapters.messaging.outbox_producer import Delivery, OutboxProducer, OutboxRow

PERMANENT = ["MSG_SIZE_TOO_LARGE", "RECORD_LIST_TOO_LARGE", "INVALID_RECORD"]
PASSING = [
    "BROKER_NOT_AVAILABLE",
    "CLUSTER_AUTHORIZATION_FAILED",
    "INVALID_MSG",
    "INVALID_TIMESTAMP",
    "KAFKA_STORAGE_ERROR",
    "LEADER_NOT_AVAILABLE",
    "NETWORK_EXCEPTION",
    "NOT_ENOUGH_REPLICAS",
    "NOT_ENOUGH_REPLICAS_AFTER_APPEND",
    "NOT_LEADER_FOR_PARTITION",
    "OUT_OF_ORDER_SEQUENCE_NUMBER",
    "POLICY_VIOLATION",
    "REQUEST_TIMED_OUT",
    "TOPIC_AUTHORIZATION_FAILED",
    "UNKNOWN_TOPIC_OR_PART",
    "UNSUPPORTED_FOR_MESSAGE_FORMAT",
    "_ALL_BROKERS_DOWN",
    "_AUTHENTICATION",
    "_FATAL",
    "_MSG_TIMED_OUT",
    "_PURGE_INFLIGHT",
    "_PURGE_QUEUE",
    "_TIMED_OUT",
    "_TRANSPORT",
    "_UNKNOWN_TOPIC",
]


class FakeClient:
    """Sends all rows in one batch; `answer` says what becomes of it, None that Kafka has it."""

    answer: Callable[[list[str]], int | None]
    room = 1000

    def __init__(self, _config: dict[str, Any]) -> None:
        self._held: list[tuple[str, Any]] = []

    def produce(self, _topic: str, *, value: bytes, on_delivery: Any, **_: Any) -> None:
        if value == b'"no"':
            raise KafkaException(KafkaError(KafkaError._UNKNOWN_TOPIC))
        if len(self._held) >= self.room:
            raise BufferError("Local: Queue full")
        self._held.append((value.decode(), on_delivery))

    def flush(self, _seconds: float) -> int:
        batch, self._held = self._held, []
        if not batch:
            return 0
        code = type(self).answer([value for value, _ in batch])
        for _, on_delivery in batch:
            on_delivery(None if code is None else KafkaError(code), None)
        return 0

    def purge(self) -> None:
        self._held = []

    def close(self) -> None:
        assert not self._held


@pytest.fixture
def deliver(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Delivery]:
    """Delivers rows with these payloads to a client that answers so."""

    def run(*payloads: str, answer: Callable[[list[str]], int | None], room: int = 9) -> Delivery:
        client = type("Client", (FakeClient,), {"answer": staticmethod(answer), "room": room})
        monkeypatch.setattr(outbox_producer, "Producer", client)
        rows = [
            OutboxRow(seq, f"id-{seq}", "carts", "cart", "cart_item_added", payload)
            for seq, payload in enumerate(payloads, start=1)
        ]
        return OutboxProducer("nowhere").deliver(rows)

    return run


@pytest.mark.parametrize(
    "cause", [None, KafkaException(KafkaError(KafkaError._FATAL))], ids=["no cause", "its error"]
)
def test_a_client_that_ends_within_a_report_is_waited_for(
    deliver: Any, cause: Exception | None
) -> None:
    def end(_batch: list[str]) -> None:
        raise SystemError("flush returned NULL without setting an exception") from cause

    delivery = deliver("1", "2", answer=end)
    assert (delivery.delivered, delivery.refused) == ([], [])
    assert delivery.failure is not None


@pytest.mark.parametrize("name", PERMANENT)
def test_a_row_that_kafka_refuses_for_good_is_set_aside_with_the_cause(
    deliver: Any, name: str
) -> None:
    code = getattr(KafkaError, name)
    delivery = deliver("1", "bad", "3", answer=lambda batch: code if "bad" in batch else None)
    assert delivery.failure is None
    assert delivery.delivered == [1, 3]
    [(row, cause)] = delivery.refused
    assert (row.seq, cause) == (2, KafkaError(code).str())


@pytest.mark.parametrize("name", PASSING)
def test_whatever_may_pass_is_waited_for(deliver: Any, name: str) -> None:
    code = getattr(KafkaError, name)
    delivery = deliver("1", "2", answer=lambda _: code)
    assert (delivery.delivered, delivery.refused) == ([], [])
    assert "2 of 2 events are not on Kafka, because of seq 1" in str(delivery.failure)
    assert KafkaError(code).str() in str(delivery.failure)


def test_a_broker_that_goes_away_while_rows_are_judged_one_by_one_loses_none(deliver: Any) -> None:
    answers = iter([KafkaError.MSG_SIZE_TOO_LARGE, None, KafkaError._TRANSPORT])
    delivery = deliver("1", "2", "3", answer=lambda _: next(answers, None))
    assert (delivery.delivered, delivery.refused) == ([1], [])
    assert "seq 2" in str(delivery.failure)


def test_a_row_that_cannot_be_encoded_is_set_aside(deliver: Any) -> None:
    delivery = deliver("1", "\ud800", "3", answer=lambda _: None)
    assert (delivery.delivered, delivery.failure) == ([1, 3], None)
    [(row, cause)] = delivery.refused
    assert row.seq == 2
    assert cause.startswith("it cannot be encoded: 'utf-8' codec can't encode")


def test_a_full_buffer_of_the_client_is_waited_for(deliver: Any) -> None:
    delivery = deliver(*map(str, range(50)), answer=lambda _: None, room=9)
    assert delivery == Delivery(delivered=list(range(1, 51)))


def test_a_topic_that_the_client_does_not_know_yet_is_waited_for(deliver: Any) -> None:
    delivery = deliver("1", '"no"', answer=lambda _: None)
    assert (delivery.delivered, delivery.refused) == ([], [])
    assert "2 of 2 events are not on Kafka, the first of them seq 2" in str(delivery.failure)
    assert "Unknown topic" in str(delivery.failure)
