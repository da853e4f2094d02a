"""Event contracts: one JSON Schema for each event type and version, with examples beside it.

A folder is an event type: `<event_type>/v1.schema.json`, and examples that must pass
(`v1.<case>.pass.json`) and must fail (`v1.<case>.fail.json`). The schema describes the payload;
`envelope.schema.json` describes what is around it. Shop and lake validate with these files, Spark
derives its columns from them, Great Expectations its structural checks.

Versions live side by side: producers write the newest one, and an event is judged by the version
that it names, so that those in flight during a deployment keep their contract.
"""

import json
import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft202012Validator

CONTRACTS_DIR = Path(__file__).parent
_BIGINT = (-(2**63), 2**63 - 1)
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


class ContractError(ValueError):
    """An event breaks its contract: `path` says where (JSON pointer), `message` says how."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path or '/'}: {message}")
        self.path = path or "/"
        self.message = message


@dataclass(frozen=True)
class EventType:
    """One version of an event type; `schema` is the JSON Schema of its payload."""

    name: str
    version: int
    topic: str
    key_field: str
    schema: dict[str, Any]
    label_fr: str
    label_en: str

    @property
    def aggregate(self) -> str:
        """The aggregate in the topic's name: `orders` in `shopnow.orders.v1`."""
        return self.topic.split(".")[1]


def _load(path: Path) -> EventType:
    schema = json.loads(path.read_text())
    return EventType(
        name=path.parent.name,
        version=int(path.name.removeprefix("v").split(".")[0]),
        topic=schema["x-topic"],
        key_field=schema["x-key"],
        schema=schema,
        label_fr=schema["x-label"]["fr"],
        label_en=schema["x-label"]["en"],
    )


def _all_versions() -> dict[str, dict[int, EventType]]:
    found = [_load(path) for path in CONTRACTS_DIR.glob("*/v*.schema.json")]
    versions: dict[str, dict[int, EventType]] = {}
    for event_type in sorted(found, key=lambda each: (each.name, each.version)):
        versions.setdefault(event_type.name, {})[event_type.version] = event_type
    return versions


#: Every version of every event type, by name and number.
VERSIONS: dict[str, dict[int, EventType]] = _all_versions()
#: The newest version of every event type, by name.
EVENT_TYPES: dict[str, EventType] = {
    name: versions[max(versions)] for name, versions in VERSIONS.items()
}
ENVELOPE: dict[str, Any] = json.loads((CONTRACTS_DIR / "envelope.schema.json").read_text())


@cache
def _validator(name: str | None, version: int = 0) -> Draft202012Validator:
    schema = ENVELOPE if name is None else VERSIONS[name][version].schema
    return Draft202012Validator(schema, validate_formats=True)


def _require_valid(validator: Draft202012Validator, value: object, prefix: str) -> None:
    """Check the envelope or the payload of an event type. Raises `ContractError`."""
    try:
        if validator.is_valid(value):
            return
    except UnicodeEncodeError as error:
        raise ContractError(prefix, "a text holds half a character (a lone surrogate)") from error
    found = (
        (list(map(str, error.instance_path)), error.message)
        for error in validator.iter_errors(value)
    )
    path, message = min(found)
    raise ContractError(prefix + "".join(f"/{part}" for part in path), message[:300])


def validate(event: Any) -> EventType:
    """Check an event, envelope and payload, by the version that it names; return its type.

    Raises `ContractError`.
    """
    _require_valid(_validator(None), event, "")
    versions = VERSIONS.get(event["event_type"])
    if versions is None:
        raise ContractError("/event_type", f"unknown event type {event['event_type']!r}")
    event_type = versions.get(event["schema_version"])
    if event_type is None:
        raise ContractError(
            "/schema_version",
            f"{event['event_type']} has no version {event['schema_version']}, only "
            f"{', '.join(map(str, versions))}",
        )
    try:
        datetime.fromisoformat(event["occurred_at"])
    except ValueError as error:
        raise ContractError("/occurred_at", str(error)) from error
    _require_valid(_validator(event_type.name, event_type.version), event["payload"], "/payload")
    _require_exact(event, "")
    return event_type


def _require_exact(value: Any, path: str) -> None:
    """What JSON Schema takes and a column cannot hold as it is. Raises `ContractError`."""
    if isinstance(value, float):
        raise ContractError(path, f"{value!r} is written with a fraction or an exponent")
    if isinstance(value, int) and not _BIGINT[0] <= value <= _BIGINT[1]:
        raise ContractError(path, f"{value} does not fit in 64 bits")
    if isinstance(value, str):
        if "\0" in value:
            raise ContractError(path, "a text holds the character NUL, which databases refuse")
        if _HALF_CHARACTER.search(value):
            raise ContractError(path, "a text holds half a character (a lone surrogate)")
    if isinstance(value, dict):
        for key, inner in value.items():
            _require_exact(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            _require_exact(inner, f"{path}/{index}")


def make_event(
    event_type: str,
    payload: dict[str, Any],
    *,
    source: str,
    occurred_at: datetime | None = None,
    event_id: uuid.UUID | str | None = None,
) -> dict[str, Any]:
    """Build an event and check it against its contract.

    `occurred_at` must know its time zone (default: now); it is written in UTC with microseconds.
    Give `event_id` where a replay must produce the same event. Raises `ContractError`.
    """
    moment = occurred_at or datetime.now(UTC)
    if moment.tzinfo is None:
        raise ContractError("/occurred_at", "the time has no time zone")
    event = {
        "event_id": str(event_id or uuid.uuid4()),
        "event_type": event_type,
        "schema_version": EVENT_TYPES[event_type].version if event_type in EVENT_TYPES else 1,
        "occurred_at": format_time(moment),
        "source": source,
        "payload": payload,
    }
    validate(event)
    return event


def format_time(moment: datetime) -> str:
    """A moment as events write it: UTC, six decimals, `Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def message_key(event: dict[str, Any]) -> str:
    """The Kafka key of an event: the value of its contract's key field."""
    return str(event["payload"][EVENT_TYPES[event["event_type"]].key_field])


def breaking_changes(old: dict[str, Any], new: dict[str, Any], path: str = "") -> list[str]:
    """What in `new` would break a reader or a writer of `old` within one version.

    Within a version, a payload may only gain optional properties, and its wording may change.
    """
    changes = []
    wording_left_out = {
        key: value for key, value in old.items() if not re.match("description|x-label", key)
    }
    for key, value in wording_left_out.items():
        here = f"{path}/{key}"
        if key == "properties":
            for name, schema in value.items():
                if name not in new.get("properties", {}):
                    changes.append(f"{path}/{name} was removed")
                else:
                    changes += breaking_changes(schema, new["properties"][name], f"{path}/{name}")
        elif key == "items":
            changes += breaking_changes(value, new.get("items", {}), f"{path}[]")
        elif key == "required":
            if set(value) != set(new.get("required", [])):
                changes.append(f"{here} changed")
        elif new.get(key) != value:
            changes.append(f"{here} changed from {value!r} to {new.get(key)!r}")
    added_rules = set(new) - set(old) - {"description", "x-label"}
    changes += [f"{path}/{rule} was added" for rule in sorted(added_rules)]
    return changes
