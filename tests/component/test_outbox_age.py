"""Old events may leave the outbox: those that Kafka has had for long."""

from typing import Any

import psycopg
import pytest


def test_old_events_leave_the_outbox_by_one_function_and_no_other_way(database: Any) -> None:
    """Those that Kafka has; not one that waits or was refused."""
    for kind, age in (("old", 91), ("waiting", 91), ("refused", 91), ("young", 89)):
        database.execute(
            "INSERT INTO shop.outbox (id, aggregatetype, aggregateid, type, payload, created_at)"
            " VALUES (gen_random_uuid(), 'orders', %s, 'order_paid', '{}',"
            " now() - make_interval(days => %s))",
            (kind, age),
        )
    database.execute(
        "INSERT INTO shop.outbox_refused (seq, cause)"
        " SELECT seq, 'too large' FROM shop.outbox WHERE aggregateid = %s",
        ("refused",),
    )
    database.execute(
        "DELETE FROM shop.outbox_pending"
        " WHERE seq NOT IN (SELECT seq FROM shop.outbox WHERE aggregateid = 'waiting')"
    )

    forgotten = database.execute("SELECT shop.forget_outbox(interval '90 days')").fetchone()

    assert forgotten == {"forget_outbox": 1}
    left = database.execute("SELECT aggregateid FROM shop.outbox ORDER BY 1").fetchall()
    assert [row["aggregateid"] for row in left] == ["refused", "waiting", "young"]
    with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        database.execute("DELETE FROM shop.outbox")
