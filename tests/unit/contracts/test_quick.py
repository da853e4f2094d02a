"""The quick check agrees with the full validator, whatever is done to an event."""

import copy
import json
import random

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from shopnow.contracts import CONTRACTS_DIR, ENVELOPE, EVENT_TYPES
from shopnow.contracts.quick import UnknownKeyword, compile_schema

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


@pytest.mark.parametrize("seed", range(20))
def test_it_says_what_the_full_validator_says(seed):
    chance = random.Random(seed)
    for event in (spoiled(chance.choice(EXAMPLES), chance) for _ in range(60)):
        for schema, value in (
            (ENVELOPE, event),
            (EVENT_TYPES["order_placed"].schema, event.get("payload")),
            (EVENT_TYPES["stock_changed"].schema, event.get("payload")),
        ):
            full = Draft202012Validator(schema, format_checker=FORMATS).is_valid(value)
            assert compile_schema(schema, FORMATS)(value) == full, value


@pytest.mark.parametrize("name", EVENT_TYPES)
def test_every_contract_can_be_compiled(name):
    assert compile_schema(EVENT_TYPES[name].schema, FORMATS)


def test_a_keyword_that_is_not_known_is_not_passed_over():
    with pytest.raises(UnknownKeyword, match="multipleOf"):
        compile_schema({"type": "integer", "multipleOf": 5}, FORMATS)
