"""The outbox: events written in the transaction of the change that they tell of."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from shopnow.contracts import EVENT_TYPES, message_key
from webshop.adapters.json_rows import insert_given
from webshop.adapters.tables import outbox

#: NOTIFY channel on which an insert wakes the relay (the trigger of migration 0007).
CHANNEL = "shop_outbox"

# Built once: making a statement takes longer than running it.
_ADD = insert_given(outbox, "rows", ["id", "aggregatetype", "aggregateid", "type", "payload"])


def outbox_row(event: dict[str, Any]) -> dict[str, Any]:
    """The outbox row of an event: columns id, aggregatetype, aggregateid, type, payload."""
    return {
        "id": event["event_id"],
        "aggregatetype": EVENT_TYPES[event["event_type"]].aggregate,
        "aggregateid": message_key(event),
        "type": event["event_type"],
        "payload": event,
    }


def write_outbox(connection: Connection, events: Iterable[dict[str, Any]]) -> None:
    """Insert events in the given order; they are published once the transaction has committed."""
    rows = [outbox_row(event) for event in events]
    if rows:
        connection.execute(_ADD, {"rows": rows})
