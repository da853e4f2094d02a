"""Spark types derived from the event contracts, so that each column is defined once."""

from __future__ import annotations

import re
from functools import reduce
from typing import Any

from pyspark.sql import Column
from pyspark.sql import functions as F
from pyspark.sql.types import (
    ArrayType,
    BooleanType,
    DataType,
    DecimalType,
    DoubleType,
    LongType,
    StringType,
    StructField,
    StructType,
    TimestampType,
)

from shopnow.contracts import EVENT_TYPES, VERSIONS, EventType
from shopnow.topics import LANDED_TOPICS

JsonSchema = dict[str, Any]

_SCALARS: dict[str, DataType] = {
    "string": StringType(),
    "integer": LongType(),
    "number": DoubleType(),
    "boolean": BooleanType(),
}


class UnsupportedContractError(ValueError):
    """A contract uses a feature that cannot be turned into Spark columns or checks."""


def landed_event_types() -> dict[str, EventType]:
    """The event types that reach the lake, by name: those whose topic is landed."""
    return {name: kind for name, kind in sorted(EVENT_TYPES.items()) if kind.topic in LANDED_TOPICS}


def json_type(schema: JsonSchema) -> tuple[str, bool]:
    """The one JSON type of a schema and whether null is allowed too.

    Raises `UnsupportedContractError` for unions of anything else.
    """
    declared = schema.get("type")
    names = [declared] if isinstance(declared, str) else list(declared or [])
    concrete = [name for name in names if name != "null"]
    if len(concrete) != 1:
        raise UnsupportedContractError(f"a property needs exactly one type, not {declared!r}")
    return concrete[0], "null" in names


def spark_type(schema: JsonSchema, *, as_written: bool = False) -> DataType:
    """The Spark type of the values that a JSON Schema describes.

    `x-spark-type` wins (`decimal(18,4)`, `timestamp`); otherwise string, integer -> bigint,
    number -> double, boolean, array -> array, object -> struct in the order of the contract.
    With `as_written`, the type that the JSON text has: there, money is still a string.
    """
    if "x-spark-type" in schema and not as_written:
        return _declared_type(schema["x-spark-type"])
    name, _ = json_type(schema)
    if name == "object":
        return StructType(
            [
                StructField(field, spark_type(inner, as_written=as_written))
                for field, inner in schema.get("properties", {}).items()
            ]
        )
    if name == "array":
        return ArrayType(spark_type(schema["items"], as_written=as_written))
    if name not in _SCALARS:
        raise UnsupportedContractError(f"no Spark type for JSON type {name!r}")
    return _SCALARS[name]


def _declared_type(type_name: str) -> DataType:
    if type_name == "timestamp":
        return TimestampType()
    decimal = re.fullmatch(r"decimal\((\d+),(\d+)\)", type_name)
    if decimal is None:
        raise UnsupportedContractError(
            f"x-spark-type {type_name!r}: only timestamp and decimal(p,s)"
        )
    return DecimalType(int(decimal[1]), int(decimal[2]))


def merged_schema(name: str) -> JsonSchema:
    """One schema for the payloads of all versions of an event type: what holds in each of them.

    A property of any version is there; required is what every version requires; of rules only those
    that all versions share. Raises `UnsupportedContractError` if two versions give a property
    different types: it would need two columns.
    """
    versions = [version.schema for version in VERSIONS[name].values()]
    return reduce(_merged, versions)


def _merged(one: JsonSchema, other: JsonSchema) -> JsonSchema:
    both = {key: value for key, value in one.items() if other.get(key) == value}
    (kind, null_here), (other_kind, null_there) = json_type(one), json_type(other)
    if kind != other_kind or one.get("x-spark-type") != other.get("x-spark-type"):
        raise UnsupportedContractError(f"two versions give a property the types {one} and {other}")
    both["type"] = [kind, "null"] if null_here or null_there else kind
    if "enum" in one and "enum" in other:
        both["enum"] = [*one["enum"], *(v for v in other["enum"] if v not in one["enum"])]
    if kind == "object":
        ours, theirs = one.get("properties", {}), other.get("properties", {})
        both["properties"] = {
            key: _merged(value, theirs[key]) if key in ours and key in theirs else value
            for key, value in (ours | {k: v for k, v in theirs.items() if k not in ours}).items()
        }
        both["required"] = [
            key for key in one.get("required", []) if key in other.get("required", [])
        ]
    if kind == "array":
        both["items"] = _merged(one["items"], other["items"])
    return both


def payload_type(event_type: EventType) -> StructType:
    """The struct of an event type's payloads, those of all its versions.

    Every field is nullable, as readers of Parquet see.
    """
    struct = spark_type(merged_schema(event_type.name))
    if not isinstance(struct, StructType):
        raise UnsupportedContractError(f"the payload of {event_type.name} is not an object")
    return struct


def typed(schema: JsonSchema, value: Column) -> Column:
    """The value cast from the type that the text has to the one that the lake has."""
    if "x-spark-type" in schema:
        return value.try_cast(schema["x-spark-type"])
    name, _ = json_type(schema)
    if name == "object":
        fields = [
            typed(inner, value[field]).alias(field) for field, inner in schema["properties"].items()
        ]
        return F.when(value.isNotNull(), F.struct(*fields))
    if name == "array":
        return F.transform(value, lambda item: typed(schema["items"], item))
    return value
