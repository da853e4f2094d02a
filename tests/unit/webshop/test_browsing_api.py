"""The browsing collector takes what keeps its contract, and says 202 only for what Kafka has."""

import uuid
from typing import Any

import pytest
from flask.testing import FlaskClient

from shopnow.contracts import validate

SESSION = str(uuid.uuid4())
VIEW = {
    "event_type": "product_viewed",
    "payload": {"session_id": SESSION, "sku": "CUI-001", "language": "fr"},
}
SEARCH = {
    "event_type": "product_searched",
    "payload": {"session_id": SESSION, "query": "thé", "results_count": 2, "language": "en"},
}


def test_accepted_events_are_whole_and_keep_their_contract(
    http: FlaskClient, browsing: Any
) -> None:
    answer = http.post("/api/v1/events", json={"events": [VIEW, SEARCH]})
    assert answer.status_code == 202
    assert [validate(event).name for event in browsing.events] == [
        "product_viewed",
        "product_searched",
    ]
    assert answer.get_json()["event_ids"] == [event["event_id"] for event in browsing.events]
    assert browsing.events[0]["payload"]["customer_id"] is None


def test_one_event_may_come_alone_and_keeps_the_id_of_the_browser(
    http: FlaskClient, browsing: Any
) -> None:
    event_id = str(uuid.uuid4())
    for _ in range(2):
        assert http.post("/api/v1/events", json=VIEW | {"event_id": event_id}).status_code == 202
    assert [event["event_id"] for event in browsing.events] == [event_id, event_id]


def test_the_browser_is_told_when_kafka_has_not_taken_them(
    http: FlaskClient, browsing: Any
) -> None:
    browsing.away = True
    answer = http.post("/api/v1/events", json=VIEW)
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")


@pytest.mark.parametrize(
    "body",
    [
        {"events": []},
        {"events": [VIEW] * 51},
        {"events": [VIEW, {"event_type": "order_paid", "payload": {}}]},
        VIEW | {"event_type": "order_placed"},
        VIEW | {"occurred_at": "2001-01-01T00:00:00Z"},
        VIEW | {"payload": VIEW["payload"] | {"customer_id": "17850"}},  # type: ignore[operator]
        VIEW | {"payload": VIEW["payload"] | {"session_id": "me"}},  # type: ignore[operator]
        VIEW | {"payload": VIEW["payload"] | {"language": "de"}},  # type: ignore[operator]
        SEARCH | {"payload": SEARCH["payload"] | {"query": ""}},  # type: ignore[operator]
        SEARCH | {"payload": SEARCH["payload"] | {"results_count": -1}},  # type: ignore[operator]
    ],
)
def test_forged_and_broken_events_are_refused_and_none_is_sent(
    http: FlaskClient, browsing: Any, body: Any
) -> None:
    answer = http.post("/api/v1/events", json=body)
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert browsing.events == []
