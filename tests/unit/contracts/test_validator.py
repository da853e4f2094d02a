"""Our validator agrees with the reference one, whatever is done to an event."""

import copy
import json
import random

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from shopnow.contracts import CONTRACTS_DIR, ENVELOPE, EVENT_TYPES, ContractError, validate

FORMATS = FormatChecker(formats=["uuid", "date-time"])
EXAMPLES = [json.loads(path.read_text()) for path in sorted(CONTRACTS_DIR.glob("*/*.json"))
            if path.name.endswith((".pass.json", ".fail.json"))]  # fmt: skip
ODD_VALUES = [None, True, 0, -1, 1, 10**12, "", " ", "x", "1.5", "1.23456", "12.50", [], {}, [{}]]


def spoiled(event: dict, chance: random.Random) -> dict:
    """The event with one field, anywhere in it, changed, added or taken away."""
    event = copy.deepcopy(event)
    place = event
    while True:
        deeper = [item for item in place.values() if isinstance(item, (dict, list)) and item]
        deeper = [item[0] if isinstance(item, list) else item for item in deeper]
        deeper = [item for item in deeper if isinstance(item, dict) and item]
        if not deeper or chance.random() < 0.3:
            break
        place = chance.choice(deeper)
    field = chance.choice([*place, "surprise"])
    if chance.random() < 0.2:
        place.pop(field, None)
    else:
        place[field] = chance.choice(ODD_VALUES)
    return event


def reference(schema: dict) -> Draft202012Validator:
    return Draft202012Validator(schema, format_checker=FORMATS)


def is_valid(event: dict) -> bool:
    try:
        validate(event)
    except ContractError:
        return False
    return True


@pytest.mark.parametrize("seed", range(20))
def test_it_says_what_the_reference_says(seed):
    chance = random.Random(seed)
    for event in (spoiled(chance.choice(EXAMPLES), chance) for _ in range(60)):
        expected = reference(ENVELOPE).is_valid(event)
        if expected:
            kind = EVENT_TYPES.get(event["event_type"])
            expected = (
                kind is not None
                and event["schema_version"] == kind.version
                and reference(kind.schema).is_valid(event["payload"])
            )
        assert is_valid(event) == expected, event


@pytest.mark.parametrize("path", [["source"], ["payload", "sku"]])
def test_half_a_character_is_refused(path):
    event = json.loads((CONTRACTS_DIR / "stock_changed/v1.sold_out.pass.json").read_text())
    place = event
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = "\ud800"
    assert not is_valid(event)
