"""A yes-or-no check of the contracts' part of JSON Schema, compiled to closures.

Ten times as fast as walking the schema for each value, which an import of a hundred thousand
events feels. It only says yes or no: what is wrong is for the full validator to tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from jsonschema import FormatChecker

Check = Callable[[Any], bool]

_TYPES: dict[str, Check] = {
    "string": lambda value: isinstance(value, str),
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    # JSON Schema counts 1.0 as an integer; contracts are strict, and the full check is asked.
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
}
_KNOWN = frozenset(
    {"type", "enum", "pattern", "minLength", "maxLength", "minimum", "maximum", "format",
     "required", "properties", "additionalProperties", "items", "minItems", "maxItems",
     "description", "title", "$schema", "$id"}
)  # fmt: skip


class UnknownKeyword(ValueError):
    """A schema uses a keyword that is not compiled here."""


def compile_schema(schema: dict[str, Any], formats: FormatChecker) -> Check:
    """A function that says yes only to values that the schema accepts.

    It may say no to a value that is accepted: ask the full validator then. Raises UnknownKeyword.
    """
    unknown = {key for key in schema if key not in _KNOWN and not key.startswith("x-")}
    if unknown:
        raise UnknownKeyword(", ".join(sorted(unknown)))
    checks = [
        *_of_any(schema),
        *_of_strings(schema, formats),
        *_of_numbers(schema),
        *_of_objects(schema, formats),
        *_of_arrays(schema, formats),
    ]
    return lambda value: all(check(value) for check in checks)


def _of_any(schema: dict[str, Any]) -> list[Check]:
    checks: list[Check] = []
    if "type" in schema:
        named = schema["type"]
        allowed = [_TYPES[name] for name in ([named] if isinstance(named, str) else named)]
        checks.append(lambda value: any(is_type(value) for is_type in allowed))
    if "enum" in schema:
        # Not `in`: True is no 1 here.
        options = [(type(option), option) for option in schema["enum"]]
        checks.append(lambda value: (type(value), value) in options)
    return checks


def _of_strings(schema: dict[str, Any], formats: FormatChecker) -> list[Check]:
    checks: list[Check] = []
    if "pattern" in schema:
        matches = re.compile(schema["pattern"]).search
        checks.append(lambda text: matches(text) is not None)
    if "minLength" in schema:
        checks.append(lambda text: len(text) >= schema["minLength"])
    if "maxLength" in schema:
        checks.append(lambda text: len(text) <= schema["maxLength"])
    if "format" in schema:
        checks.append(lambda text: formats.conforms(text, schema["format"]))
    return [_only(str, check) for check in checks]


def _of_numbers(schema: dict[str, Any]) -> list[Check]:
    checks: list[Check] = []
    if "minimum" in schema:
        checks.append(lambda number: number >= schema["minimum"])
    if "maximum" in schema:
        checks.append(lambda number: number <= schema["maximum"])
    return [_only(int, check) for check in checks]


def _of_objects(schema: dict[str, Any], formats: FormatChecker) -> list[Check]:
    properties = {
        name: compile_schema(part, formats) for name, part in schema.get("properties", {}).items()
    }
    required = frozenset(schema.get("required", ()))
    closed = schema.get("additionalProperties") is False
    if not closed and "additionalProperties" in schema:
        raise UnknownKeyword("additionalProperties other than false")

    def check(value: dict[str, Any]) -> bool:
        return (
            required <= value.keys()
            and (not closed or value.keys() <= properties.keys())
            and all(properties[name](item) for name, item in value.items() if name in properties)
        )

    return [_only(dict, check)] if properties or required or closed else []


def _of_arrays(schema: dict[str, Any], formats: FormatChecker) -> list[Check]:
    checks: list[Check] = []
    if "items" in schema:
        fits = compile_schema(schema["items"], formats)
        checks.append(lambda items: all(fits(item) for item in items))
    if "minItems" in schema:
        checks.append(lambda items: len(items) >= schema["minItems"])
    if "maxItems" in schema:
        checks.append(lambda items: len(items) <= schema["maxItems"])
    return [_only(list, check) for check in checks]


def _only(kind: type, check: Check) -> Check:
    """Apply a check to values of one kind; a keyword says nothing of the others."""
    return lambda value: not isinstance(value, kind) or check(value)
