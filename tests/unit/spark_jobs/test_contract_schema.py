"""Columns come from contracts: one struct per landed event type, exact money, real timestamps."""

import pytest
from pyspark.sql.types import DecimalType, LongType, StringType

from shopnow.contracts import EVENT_TYPES
from shopnow.topics import LANDED_TOPICS
from spark_jobs.contracts.schema import (
    UnsupportedContractError,
    json_type,
    landed_event_types,
    payload_type,
    spark_type,
)


@pytest.mark.parametrize("name", sorted(EVENT_TYPES))
def test_every_contract_becomes_a_struct_with_its_properties_in_order(name: str) -> None:
    struct = payload_type(EVENT_TYPES[name])
    assert struct.fieldNames() == list(EVENT_TYPES[name].schema["properties"])


def test_the_types_of_an_order() -> None:
    order = payload_type(EVENT_TYPES["order_placed"])
    assert order["gross_amount"].dataType == DecimalType(18, 4)
    assert order["order_id"].dataType == StringType()
    line = order["lines"].dataType.elementType
    assert line["quantity"].dataType == LongType()
    assert line["amount"].dataType == DecimalType(18, 4)


def test_money_is_text_in_the_message() -> None:
    written = spark_type(EVENT_TYPES["order_paid"].schema, as_written=True)
    assert written["amount"].dataType == StringType()


def test_landed_event_types_are_those_of_the_landed_topics() -> None:
    landed = landed_event_types()
    assert {kind.topic for kind in landed.values()} == set(LANDED_TOPICS)
    assert set(EVENT_TYPES) - set(landed) == {"stock_alert_raised"}


def test_a_union_has_no_column() -> None:
    with pytest.raises(UnsupportedContractError, match="exactly one type"):
        json_type({"type": ["string", "integer"]})
