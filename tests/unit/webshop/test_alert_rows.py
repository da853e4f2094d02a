"""An alert message becomes one row, with the latency that Kafka's own clock measured."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from confluent_kafka import TIMESTAMP_CREATE_TIME

import shopnow.contracts
from webshop.workers.alerts_consumer import NoAlert, _kafka_time, alert_row

EXAMPLES = Path(shopnow.contracts.__file__).parent / "stock_alert_raised"


def envelope(payload: dict[str, object]) -> dict[str, object]:
    return {
        "event_id": "0b6f8f4e-5f6b-4c9e-9d3c-6f0f8b0a1c2d",
        "event_type": "stock_alert_raised",
        "schema_version": 1,
        "occurred_at": "2026-11-22T09:00:00.000000Z",
        "source": "stock-alerts",
        "payload": payload,
    }


@pytest.fixture
def payload() -> dict[str, object]:
    example = json.loads((EXAMPLES / "v1.sold_out.pass.json").read_text())
    found: dict[str, object] = example.get("payload", example)
    return found | {"stock_kafka_timestamp": "2026-11-22T09:00:00.100Z"}


def test_latency_runs_from_kafkas_receipt_of_the_change_to_its_receipt_of_the_alert(
    payload: dict[str, object],
) -> None:
    received = datetime(2026, 11, 22, 9, 0, 0, 112_500, tzinfo=UTC)
    row = alert_row(json.dumps(envelope(payload)).encode(), received)
    assert row["latency_ms"] == pytest.approx(12.5)
    assert row["alert_id"] == payload["alert_id"]
    assert row["alert_kafka_at"] == received


@pytest.mark.parametrize("value", [b"", b"not json", b"[]", b"null", b'{"event_id": 1}', b"\xff"])
def test_what_is_no_alert_is_refused(value: bytes) -> None:
    with pytest.raises(NoAlert):
        alert_row(value, datetime(2026, 11, 22, tzinfo=UTC))


def test_another_event_on_the_topic_is_refused() -> None:
    viewed = EXAMPLES.parent / "product_viewed" / "v1.guest.pass.json"
    example = json.loads(viewed.read_text())
    event = example if "event_id" in example else envelope(example)
    event["event_type"] = "product_viewed"
    with pytest.raises(NoAlert, match="belongs on"):
        alert_row(json.dumps(event).encode(), datetime(2026, 11, 22, tzinfo=UTC))


class FakeMessage:
    """A message that its producer dated so, in milliseconds since 1970."""

    def __init__(self, milliseconds: int) -> None:
        self._milliseconds = milliseconds

    def timestamp(self) -> tuple[int, int]:
        return TIMESTAMP_CREATE_TIME, self._milliseconds


@pytest.mark.parametrize("milliseconds", [2**62, -(2**62), 10**15])
def test_a_kafka_timestamp_beyond_the_calendar_is_refused(milliseconds: int) -> None:
    with pytest.raises(NoAlert, match="Kafka timestamp is no time"):
        _kafka_time(FakeMessage(milliseconds))
