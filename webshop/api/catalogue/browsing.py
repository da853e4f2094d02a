"""The browsing collector: a view is acknowledged once Kafka has it."""

from typing import Any

from apiflask import APIBlueprint

from shopnow.contracts import make_event
from webshop.api.http.current import now, shop
from webshop.api.http.openapi import refusals
from webshop.api.responses import AcceptedEvents
from webshop.api.schemas import BrowsingEvents
from webshop.domain.errors import KafkaUnavailable
from webshop.domain.messaging.events import SOURCE

blueprint = APIBlueprint(
    "browsing", __name__, tag={"name": "Browsing", "description": "What a browser saw."}
)


@blueprint.post("/events")
@blueprint.input(BrowsingEvents)
@blueprint.output(AcceptedEvents, status_code=202)
@blueprint.doc(responses=refusals(KafkaUnavailable))
def collect(json_data: BrowsingEvents) -> dict[str, Any]:
    """Take one event `{event_type, payload}`, or up to 50 as `{events: […]}`.

    202 once Kafka has acknowledged all of them; 503 if it has not: send them again with the same
    event ids. The time of an event is the shop's, not the browser's.
    """
    received = now()
    events = [
        make_event(
            event.event_type,
            event.payload.model_dump(mode="json"),
            source=SOURCE,
            occurred_at=received,
            event_id=event.event_id,
        )
        for event in json_data.events
    ]
    shop().browsing.publish(events)
    return {"accepted": len(events), "event_ids": [event["event_id"] for event in events]}
