"""The suites: what a contract says is checked, and every rule says how bad it is."""

import json

import pytest

from shopnow.contracts import EVENT_TYPES
from spark_jobs.contracts.schema import landed_event_types
from spark_jobs.quality.expectations import (
    PROJECT,
    contract_expectations,
    suite_expectations,
    suite_names,
)

FILES = sorted((PROJECT / "expectations").glob("*.json"))


@pytest.mark.parametrize("name", suite_names())
def test_every_suite_has_expectations_that_say_how_bad_they_are(name: str) -> None:
    expectations = suite_expectations(name)
    assert expectations
    assert {expectation["severity"] for expectation in expectations} <= {"critical", "warning"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_written_rule_says_what_it_means_and_its_file_belongs_to_a_suite(path) -> None:
    assert path.stem in {*landed_event_types(), "all_events", "uniqueness", "accounting"}
    for expectation in json.loads(path.read_text())["expectations"]:
        assert expectation["description"].endswith(".")


def test_required_enumerated_and_bounded_fields_are_checked() -> None:
    found = [
        (expectation["type"].removeprefix("expect_column_values_to_"), expectation["kwargs"])
        for expectation in contract_expectations(EVENT_TYPES["order_paid"])
    ]
    assert ("not_be_null", {"column": "order_id"}) in found
    assert ("be_between", {"column": "amount", "min_value": 0}) in found
    methods = EVENT_TYPES["order_paid"].schema["properties"]["method"]["enum"]
    assert ("be_in_set", {"column": "method", "value_set": methods}) in found


def test_a_field_that_may_be_null_is_not_required() -> None:
    required = {
        expectation["kwargs"]["column"]
        for expectation in contract_expectations(EVENT_TYPES["order_placed"])
        if expectation["type"] == "expect_column_values_to_not_be_null"
    }
    assert "customer_id" not in required
    assert "lines" in required


def test_great_expectations_is_a_library_and_a_project_not_a_package() -> None:
    assert not (PROJECT / "__init__.py").exists()
