"""JSON Schema rules as native Spark expressions.

A row that these expressions accept is valid for `shopnow.contracts.validate` too; the tests hold
them to that with every example of every contract and with mutations of them. They are stricter on
purpose: an integer has no fraction and no exponent (`1.0` is no quantity), `$` is the end of the
text (Python's also matches before a last newline), and a UUID is 32 hex digits with four dashes.
An unknown keyword is an error, never a rule that is silently skipped.
"""

from __future__ import annotations

import re
from functools import reduce
from operator import and_

from pyspark.sql import Column
from pyspark.sql import functions as F

from spark_jobs.contracts.schema import JsonSchema, UnsupportedContractError, json_type

UUID_PATTERN = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\z"

_SHAPES = {
    "string": "STRING",
    "integer": "BIGINT",
    "number": r"(?:BIGINT|DOUBLE|DECIMAL\(\d+,\d+\))",
    "boolean": "BOOLEAN",
}
_STRUCTURE = {"type", "properties", "required", "additionalProperties", "items"}
_VALUE_RULES = {
    "enum",
    "const",
    "pattern",
    "format",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
}
_WORDING = {"$schema", "title", "description", "x-topic", "x-key", "x-label", "x-spark-type"}


def shape_pattern(schema: JsonSchema) -> str:
    """Regular expression over `schema_of_variant` of the values that have the contract's shape.

    Decides types, required and unknown properties together. `schema_of_variant` names an object's
    keys in order and quotes what is no plain name, so a key can never pose as two.
    """
    return f"^{_shape(schema)}\\z"


def _shape(schema: JsonSchema, *, merged: bool = False) -> str:
    unknown = set(schema) - _STRUCTURE - _VALUE_RULES - _WORDING
    if unknown:
        raise UnsupportedContractError(f"no Spark rule for {', '.join(sorted(unknown))}")
    name, nullable = json_type(schema)
    if name == "object":
        shape = _object_shape(schema, merged)
    elif name == "array":
        shape = f"ARRAY<(?:VOID|{_shape(schema['items'], merged=True)})>"
    else:
        shape = _SHAPES[name]
    return f"(?:{shape}|VOID)" if nullable or merged else shape


def _object_shape(schema: JsonSchema, merged: bool) -> str:
    if schema.get("additionalProperties") is not False:
        raise UnsupportedContractError("an object must forbid additional properties")
    fields = ""
    for name, inner in sorted(schema["properties"].items()):
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            raise UnsupportedContractError(f"{name!r} is no plain snake_case name")
        # Of an array, Spark tells the union of its elements: there, what an element lacks is
        # found by `value_rules`, as a null.
        optional = "?" if merged or name not in schema.get("required", []) else ""
        fields += f"(?:{name}: {_shape(inner, merged=merged)}(?:, |(?=>))){optional}"
    return f"OBJECT<{fields}>"


def value_rules(schema: JsonSchema, value: Column) -> Column:
    """Boolean: the value, parsed to the type that the text has, keeps every rule of the schema.

    Never null. A null passes where the schema allows it.
    """
    name, nullable = json_type(schema)
    rules = [_rule(keyword, argument, value) for keyword, argument in schema.items()]
    held = [rule for rule in rules if rule is not None]
    if name == "object":
        required = set(schema.get("required", []))
        for field, inner in schema["properties"].items():
            held.append(_field_rule(inner, value[field], optional=field not in required))
    elif name == "array":
        items = schema["items"]
        if json_type(items)[1] or any(
            json_type(inner)[1] for inner in items.get("properties", {}).values()
        ):
            raise UnsupportedContractError(
                "null cannot be distinguished from absent within an array"
            )
        held.append(F.forall(value, lambda item: value_rules(items, item)))
    if "x-spark-type" in schema:
        held.append(value.try_cast(schema["x-spark-type"]).isNotNull())
    together = reduce(and_, held, value.isNotNull())
    return F.coalesce(value.isNull() | together if nullable else together, F.lit(False))


def _field_rule(schema: JsonSchema, value: Column, *, optional: bool) -> Column:
    rule = value_rules(schema, value)
    return value.isNull() | rule if optional else rule


def _rule(keyword: str, argument: object, value: Column) -> Column | None:
    match keyword, argument:
        case "enum", list(choices):
            return value.isin(*[choice for choice in choices if choice is not None])
        case "const", _:
            return value == F.lit(argument)
        case "pattern", str(pattern):
            return value.rlike(java_pattern(pattern))
        case "format", "uuid":
            return value.rlike(UUID_PATTERN)
        case "format", "date-time":
            # Python's calendar starts with year 1.
            return value.try_cast("timestamp").isNotNull() & (value >= F.lit("0001"))
        case "minLength", int(limit):
            return F.length(value) >= limit
        case "maxLength", int(limit):
            return F.length(value) <= limit
        case "minimum", int(limit):
            return value >= limit
        case "maximum", int(limit):
            return value <= limit
        case "minItems", int(limit):
            return F.size(value) >= limit
        case "maxItems", int(limit):
            return F.size(value) <= limit
    if keyword in _VALUE_RULES:
        raise UnsupportedContractError(f"no Spark rule for {keyword}: {argument!r}")
    return None


def java_pattern(pattern: str) -> str:
    """A contract's pattern for Java's engine, which reads classes and line ends as ours does."""
    body = pattern.removesuffix("$")
    end = "\\z" if body != pattern else ""
    if re.search(r"\[[^\]]*\\[sSwWdDbB]|(?<!\\)\$|\\[wWbB]", body):
        raise UnsupportedContractError(f"pattern {pattern!r} has no sure meaning in Java")
    return f"(?Ud){body}{end}"


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
