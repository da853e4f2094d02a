"""docs/generated/events.md: every Kafka topic and every event, from the contracts."""

import json
from collections.abc import Iterator
from typing import Any

from ops.reference_docs.markdown import anchor, generated, table
from shopnow.contracts import CONTRACTS_DIR, ENVELOPE, EVENT_TYPES, EventType
from shopnow.topics import DAY_MS, DEAD_LETTER, LANDED_TOPICS, MAX_MESSAGE_BYTES, TOPICS

_INTRO = """An event is one JSON object: an [envelope](#envelope) and, in it, the payload that its
type and version describe. A type is a folder of `shopnow/contracts`, its contract is the file
`v<version>.schema.json`, with examples beside it that must pass and must fail. The shop validates
with these files, Spark derives its columns from them and Great Expectations its structural checks.

A Kafka message is the event in UTF-8; its key is the value of the contract's key field, so that
the events of one order (or cart, or product) stay in order; `event_id` and `event_type` are also
its headers. Money is a decimal string, a time is ISO 8601 in UTC.

Within a version a contract may only gain optional properties: a test compares it with
`shopnow/contracts/published.json`. Anything else is the next version, a new file beside the old.
"""


def events_page() -> str:
    """The page as Markdown."""
    parts = [
        generated("Events", "shopnow/contracts and shopnow/topics.py", _INTRO),
        "## Topics\n",
        table(
            ["Topic", "Partitions", "Kept for", "Landed in the lake", "Events"],
            (
                [
                    f"`{topic.name}`",
                    str(topic.partitions),
                    f"{topic.retention_ms // DAY_MS} days",
                    "yes" if topic.name in LANDED_TOPICS else "no",
                    ", ".join(
                        f"[{event_type.name}]({anchor(event_type.name)})"
                        for event_type in EVENT_TYPES.values()
                        if event_type.topic == topic.name
                    ),
                ]
                for topic in TOPICS.values()
            ),
        ),
        f"`{DEAD_LETTER}` carries messages that are no JSON, and alerts that cannot be"
        " stored, as they came.\n",
        f"A message may have {MAX_MESSAGE_BYTES:,} bytes: every topic and every producer has this"
        " limit.\n",
        f"## Envelope\n\n{ENVELOPE['description']}\n",
        _fields_table(ENVELOPE),
        *map(_section, EVENT_TYPES.values()),
    ]
    return "\n".join(parts)


def _section(event_type: EventType) -> str:
    example = json.loads(
        min(CONTRACTS_DIR.glob(f"{event_type.name}/v{event_type.version}.*.pass.json")).read_text()
    )
    return "\n".join(
        [
            f"## {event_type.name}\n",
            f"*{event_type.label_fr}* · *{event_type.label_en}* · version {event_type.version} · "
            f"topic `{event_type.topic}` · key `{event_type.key_field}`\n",
            f"{event_type.schema['description']}\n",
            _fields_table(event_type.schema),
            "<details><summary>Example</summary>\n",
            f"```json\n{json.dumps(example, indent=2, ensure_ascii=False)}\n```\n",
            "</details>\n",
        ]
    )


def _fields_table(schema: dict[str, Any]) -> str:
    return table(
        ["Field", "Type", "Null", "Rule", "Meaning"],
        (
            [
                f"`{name}`",
                _type(field),
                "yes" if "null" in _types(field) else "",
                _rule(field),
                field["description"],
            ]
            for name, field in _fields(schema)
        ),
    )


def _fields(schema: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for name, field in schema["properties"].items():
        yield prefix + name, field
        if "properties" in field.get("items", {}):
            yield from _fields(field["items"], f"{prefix}{name}[].")


def _types(field: dict[str, Any]) -> list[str]:
    found = field["type"]
    return found if isinstance(found, list) else [found]


def _type(field: dict[str, Any]) -> str:
    """What the value is, in the words of the data people: the Spark type where it differs."""
    if "x-spark-type" in field:
        return field["x-spark-type"]
    return field.get("format") or next(name for name in _types(field) if name != "null")


def _rule(field: dict[str, Any]) -> str:
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"] if value is not None)
    if "x-spark-type" in field or "format" in field:
        return ""
    rules = []
    for low, high, unit in (
        ("minimum", "maximum", ""),
        ("minLength", "maxLength", " characters"),
        ("minItems", "maxItems", " items"),
    ):
        if low in field or high in field:
            rules.append(f"{field.get(low, '')}…{field.get(high, '')}{unit}")
    if "pattern" in field:
        rules.append(f"`{field['pattern']}`")
    return ", ".join(rules)
