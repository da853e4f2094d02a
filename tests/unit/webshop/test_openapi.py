"""The OpenAPI document is of version 3.1 and tells of every route, its refusals and its keys."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from webshop.api.http.model_adapter import ModelAdapter
from webshop.api.http.problems import MIMETYPE
from webshop.api.responses import Health

Operations = dict[tuple[str, str], dict[str, Any]]


@pytest.fixture
def spec(http: FlaskClient) -> dict[str, Any]:
    answer = http.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    document: dict[str, Any] = answer.get_json()
    return document


@pytest.fixture
def operations(spec: dict[str, Any]) -> Operations:
    return {
        (path, method): operation
        for path, methods in spec["paths"].items()
        for method, operation in methods.items()
    }


def test_every_route_of_the_api_is_in_it(http: FlaskClient, operations: Operations) -> None:
    about_itself = {"/api/v1/openapi.json", "/api/v1/docs"}
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in http.application.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/") and rule.rule not in about_itself
    }
    assert routes == set(operations)


def test_every_operation_says_what_it_does_and_what_it_answers(operations: Operations) -> None:
    for call, operation in operations.items():
        assert operation["summary"], call
        assert operation["tags"], call
        good = [status for status in operation["responses"] if status < "300"]
        assert len(good) == 1, call
        if good != ["204"]:
            content = operation["responses"][good[0]]["content"]["application/json"]
            assert content["schema"].get("$ref"), f"{call} declares no model of its answer"


def test_every_error_is_a_problem(operations: Operations) -> None:
    for call, operation in operations.items():
        for status, response in operation["responses"].items():
            if status >= "400":
                assert list(response["content"]) == [MIMETYPE], (call, status)
                assert response["description"], (call, status)
        assert {"429", "503"} <= set(operation["responses"]), call


def test_calls_that_are_to_be_repeated_safely_ask_for_a_key(operations: Operations) -> None:
    for action in ("carts/{cart_id}/checkout", "orders/{order_id}/payments"):
        parameters = operations[f"/api/v1/{action}", "post"]["parameters"]
        header = next(parameter for parameter in parameters if parameter["in"] == "header")
        assert (header["name"], header["required"]) == ("Idempotency-Key", True)


def test_an_order_is_opened_by_its_token(spec: dict[str, Any], operations: Operations) -> None:
    opened_by = operations["/api/v1/orders/{order_id}", "get"]["security"]
    assert {"OrderToken": []} in opened_by
    for operation in operations.values():
        for requirement in operation.get("security", []):
            assert set(requirement) <= set(spec["components"]["securitySchemes"])


def test_the_document_is_sound(spec: dict[str, Any]) -> None:
    assert spec["openapi"].startswith("3.1.")
    schemas = spec["components"]["schemas"]
    for name, schema in schemas.items():
        Draft202012Validator.check_schema(schema)
        assert re.fullmatch(r"[A-Za-z]+", name)
    references = re.findall(r"#/components/schemas/([\w.]+)", str(spec))
    assert set(references) <= set(schemas)


def test_every_field_has_a_type(spec: dict[str, Any]) -> None:
    """The frontend's types are made from it: a field without one would be `unknown` there."""
    for name, schema in spec["components"]["schemas"].items():
        for field, property_ in schema.get("properties", {}).items():
            assert {"type", "enum", "const", "anyOf", "oneOf", "$ref"} & set(property_), (
                name,
                field,
            )


def test_what_is_one_of_a_few_words_says_which(spec: dict[str, Any]) -> None:
    schemas = spec["components"]["schemas"]
    few = {"status", "kind", "role", "language", "unit", "stock_state", "refund", "shipping_method"}

    def names_its_words(property_: dict[str, Any]) -> bool:
        if "$ref" in property_:
            property_ = schemas[property_["$ref"].rsplit("/", 1)[-1]]
        options = [option for option in property_.get("anyOf", []) if option != {"type": "null"}]
        if options:
            return all(map(names_its_words, options))
        return "enum" in property_ or "const" in property_

    for name, schema in schemas.items():
        for field in few & set(schema.get("properties", {})):
            if (name, field) != ("Problem", "status"):
                assert names_its_words(schema["properties"][field]), (name, field)


def test_money_is_a_decimal_in_a_string(spec: dict[str, Any]) -> None:
    money = {"price", "amount", "unit_price", "total", "gross", "discount", "shipping", "spent"}
    for name, schema in spec["components"]["schemas"].items():
        if schema.get("additionalProperties") is False and not name.startswith(("New", "Product")):
            for field in money & set(schema.get("properties", {})):
                property_ = schema["properties"][field]
                kinds = property_.get("anyOf", [property_])
                assert kinds[0]["format"] == "decimal", (name, field)
                assert kinds[0]["type"] == "string", (name, field)


def test_an_unchanged_answer_has_no_content(operations: Operations) -> None:
    unchanged = [op["responses"]["304"] for op in operations.values() if "304" in op["responses"]]
    assert unchanged
    assert all("content" not in response for response in unchanged)


def test_a_problem_lists_the_members_that_the_shop_adds(spec: dict[str, Any]) -> None:
    problem = spec["components"]["schemas"]["Problem"]
    assert {"errors", "shortages", "reason"} <= set(problem["properties"])
    assert set(problem["required"]) == {"type", "title", "status", "detail"}


def test_an_answer_that_breaks_its_own_model_is_the_shops_mistake(
    http: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def live() -> Any:
        return ModelAdapter(Health).serialize_output({"status": "fine"})

    monkeypatch.setitem(http.application.view_functions, "health.live", live)
    answer = http.get("/api/v1/health/live")
    assert (answer.status_code, answer.mimetype) == (500, MIMETYPE)
    assert "fine" not in answer.text
