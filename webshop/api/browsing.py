"""The browsing collector: what a browser saw, on Kafka before it is told so."""

from typing import Any

from flask import Blueprint

from shopnow.contracts import make_event
from webshop.api.current import now, shop
from webshop.api.schemas import BrowsingEvents, read_json
from webshop.domain.events import SOURCE

blueprint = Blueprint("browsing", __name__)


@blueprint.post("/events")
def collect() -> tuple[dict[str, Any], int]:
    """Take one event `{event_type, payload}`, or up to 50 as `{events: […]}`.

    202 once Kafka has acknowledged all of them; 503 if it has not: send them again with the same
    event ids. The time of an event is the shop's, not the browser's.
    """
    body = read_json()
    listed = body if isinstance(body, dict) and "events" in body else {"events": [body]}
    received = now()
    events = [
        make_event(
            event.event_type,
            event.payload.model_dump(mode="json"),
            source=SOURCE,
            occurred_at=received,
            event_id=event.event_id,
        )
        for event in BrowsingEvents.model_validate(listed).events
    ]
    shop().browsing.publish(events)
    return {"accepted": len(events), "event_ids": [event["event_id"] for event in events]}, 202
