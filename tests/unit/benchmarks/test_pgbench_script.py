"""pgbench scripts from captures: what varies is followed back to where it came from."""

import uuid

import pytest
from psycopg.types.json import Jsonb

from benchmarks.captured_sql import Statement, Transaction
from benchmarks.pgbench_script import ScriptWriter, UnexplainedValue

LEVEL = "SELECT reserved, version FROM stock WHERE sku = %(sku)s FOR UPDATE"
SAVE = "UPDATE stock SET reserved = %(reserved)s WHERE sku = %(sku)s"
ADD_EVENT = "INSERT INTO outbox VALUES (%(id)s::UUID, %(payload)s)"


def capture(sku: str, reserved: int, version: int) -> list[Transaction]:
    """Two reserved units of a product, with the event."""
    event = uuid.uuid4()
    payload = {"event_id": str(event), "version": version + 1, "share": "10 %"}
    row = {"reserved": str(reserved), "version": str(version)}
    return [
        (
            Statement(LEVEL, ({"sku": sku},), row),
            Statement(SAVE, ({"sku": sku, "reserved": reserved + 2},)),
            Statement(ADD_EVENT, ({"id": event, "payload": Jsonb(payload)},)),
        )
    ]


def test_given_answered_and_new_values_are_told_apart() -> None:
    captures = [capture("A", 0, 1), capture("B", 3, 2), capture("C", 7, 3)]
    script = ScriptWriter({("A", "B", "C"): ":sku"}).write(captures, before=["\\set n :n + 1"])
    lines = script.text.splitlines()
    assert lines[:2] == ["\\set n :n + 1", "BEGIN;"]
    assert lines[2] == (
        "SELECT reserved, version FROM stock WHERE sku = (:sku) FOR UPDATE \\gset r0_"
    )
    assert lines[3] == "UPDATE stock SET reserved = (:r0_reserved::int + (2)) WHERE sku = (:sku);"
    new = "md5(:tag::text || '.' || :client_id::text || '.' || :n::text || '.0')::uuid::text"
    assert f"VALUES (({new}::uuid)::UUID, " in lines[4]
    assert lines[4].endswith(f"format(:k0::text, ({new}), (:r0_version::int + (1)))::jsonb);")
    assert list(script.constants) == ['{"event_id": "%s", "version": %s, "share": "10 %%"}']


def test_the_items_of_an_array_are_followed_each_by_itself() -> None:
    sql = "SELECT 1 FROM stock WHERE sku = ANY (%(skus)s::VARCHAR[])"
    captures = [[(Statement(sql, ({"skus": [sku, "SAME"]},)),)] for sku in "AB"]
    script = ScriptWriter({("A", "B"): ":sku"}).write(captures, before=[])
    assert "sku = ANY (ARRAY[(:sku), :k0]::VARCHAR[]);" in script.text


def test_a_number_that_nothing_explains_is_an_error() -> None:
    captures = [[(Statement("SELECT %(n)s", ({"n": n},)),)] for n in (4, 8, 15)]
    with pytest.raises(UnexplainedValue, match="4, 8, 15"):
        ScriptWriter({}).write(captures, before=[])
