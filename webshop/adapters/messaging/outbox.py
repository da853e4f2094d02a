"""The outbox: events, written in the transaction of the change."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import psycopg
from sqlalchemy import Connection

from shopnow.contracts import EVENT_TYPES, message_key
from shopnow.topics import topic_name
from webshop.adapters.json_rows import insert_json_rows
from webshop.adapters.tables import outbox

#: NOTIFY channel on which an insert wakes the relay (the trigger of migration 0007).
CHANNEL = "shop_outbox"

# Built once: making a statement takes longer than running it.
_ADD = insert_json_rows(outbox, "rows", ["id", "aggregatetype", "aggregateid", "type", "payload"])


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


class RefusedEvent(NamedTuple):
    """An event that Kafka refused for good."""

    seq: int
    event_id: str
    type: str
    key: str
    topic: str
    cause: str
    refused_at: datetime


def refused_events(connection: psycopg.Connection[Any]) -> list[RefusedEvent]:
    """What is set aside, in the order in which it happened."""
    rows = connection.execute(
        "SELECT seq, id::text, type, aggregateid, aggregatetype, cause,"
        " refused_at FROM shop.outbox_refused JOIN shop.outbox USING (seq) ORDER BY seq"
    )
    return [
        RefusedEvent(seq, event_id, type_, key, topic_name(aggregate), cause, refused_at)
        for seq, event_id, type_, key, aggregate, cause, refused_at in rows
    ]


def unknown_seqs(connection: psycopg.Connection[Any], seqs: Sequence[int]) -> list[int]:
    """The numbers that no event has."""
    rows = connection.execute(
        "SELECT asked.seq FROM unnest(%s::bigint[]) AS asked (seq)"
        " LEFT JOIN shop.outbox USING (seq) WHERE outbox.seq IS NULL ORDER BY 1",
        [list(seqs)],
    )
    return [seq for (seq,) in rows]


def queue_refused(
    connection: psycopg.Connection[Any], seqs: Sequence[int] | None = None
) -> list[int]:
    """Move refused events (None: all) back into the relay's queue; return their numbers."""
    with connection.transaction():
        # One statement: an event is in the queue or set aside, never in both and never in none.
        rows = connection.execute(
            """
            WITH back AS (
                DELETE FROM shop.outbox_refused
                WHERE %(seqs)s::bigint[] IS NULL OR seq = ANY(%(seqs)s::bigint[]) RETURNING seq
            ), queued AS (
                INSERT INTO shop.outbox_pending SELECT seq FROM back ON CONFLICT DO NOTHING
            )
            SELECT seq FROM back ORDER BY seq
            """,
            {"seqs": None if seqs is None else list(seqs)},
        ).fetchall()
        connection.execute(f"NOTIFY {CHANNEL}")
    return [seq for (seq,) in rows]
