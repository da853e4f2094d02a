"""The reference is drawn from the document by this shop's own script, and its examples hold."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from tests.unit.webshop.api_examples import example_calls
from webshop.storefront.storefront import DIST


@pytest.fixture
def spec(http: FlaskClient) -> dict[str, Any]:
    document: dict[str, Any] = http.get("/api/v1/openapi.json").get_json()
    return document


def policy(header: str) -> dict[str, list[str]]:
    parts = (part.split() for part in header.split(";"))
    return {name: sources for name, *sources in parts}


def test_the_page_asks_this_shop_alone(http: FlaskClient) -> None:
    answer = http.get("/api/v1/docs")
    assert answer.status_code == 200
    assert re.findall(r'(?:src|href|spec-url)="(?!/)', answer.text) == []
    assert 'spec-url="/api/v1/openapi.json"' in answer.text
    [script] = re.findall(r'<script src="([^"]+)"', answer.text)
    assert http.get(script, buffered=True).mimetype == "text/javascript"


def test_the_pages_policy_is_the_shops_but_for_its_styles(http: FlaskClient) -> None:
    answer = http.get("/api/v1/docs")
    here = policy(answer.headers["Content-Security-Policy"])
    elsewhere = policy(http.get("/api/v1/openapi.json").headers["Content-Security-Policy"])
    [nonce] = set(re.findall(r'nonce="([^"]+)"', answer.text))
    assert here.pop("style-src") == ["'self'", f"'nonce-{nonce}'"]
    assert here.pop("worker-src") == ["blob:"]
    del elsewhere["style-src"]
    assert here == elsewhere
    assert nonce not in http.get("/api/v1/docs").text
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_script_is_built_with_the_frontend_and_names_no_other_host() -> None:
    """Of the addresses in it, none is one that it fetches: the policy would refuse it."""
    script = (DIST / "reference" / "redoc.js").read_text()
    assert "document.currentScript.nonce" in script
    assert re.findall(r"https?://cdn\.", script) == []
    assert (DIST / "reference" / "redoc.js.br").exists()


def schemas_in(value: Any) -> Iterator[dict[str, Any]]:
    """Everything in the document that has examples."""
    if isinstance(value, dict):
        if isinstance(value.get("examples"), list):
            yield value
        for inner in value.values():
            yield from schemas_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from schemas_in(inner)


def test_every_example_keeps_its_schema(spec: dict[str, Any]) -> None:
    found = list(schemas_in(spec))
    assert len(found) > 50
    for schema in found:
        validator = Draft202012Validator({**schema, "components": spec["components"]})
        for example in schema["examples"]:
            faults = [error.message for error in validator.iter_errors(example)]
            assert faults == [], (schema, example)


def test_every_example_gets_past_the_checks_of_the_api(
    http: FlaskClient, spec: dict[str, Any]
) -> None:
    calls = list(example_calls(spec))
    assert len(calls) > 50
    for call in calls:
        answer = call.send(http)
        # There is no database behind it, and the tokens in it are none.
        refused = answer.get_json(silent=True) or {}
        assert answer.status_code in (200, 202, 204, 404, 503) or refused.get("type") in (
            "/problems/login-required",
            "/problems/link-invalid",
        ), (call, answer.text)
