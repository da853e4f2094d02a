"""A sound call of every operation, made from the examples of the OpenAPI document."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

Spec = Mapping[str, Any]


@dataclass
class Call:
    """One call as a client would send it."""

    method: str
    path: str
    tag: str
    query: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None

    def send(self, http: FlaskClient) -> TestResponse:
        """What the API answers."""
        return http.open(
            self.path,
            method=self.method,
            query_string=self.query,
            headers=self.headers,
            json=self.body,
        )


def example_calls(spec: Spec) -> Iterator[Call]:
    """A call of every operation, with what it requires and what has an example."""
    for path, operations in spec["paths"].items():
        for method, operation in operations.items():
            call = Call(method.upper(), path, operation["tags"][0])
            for parameter in operation["parameters"]:
                _add(call, parameter, example(spec, parameter["schema"], parameter["name"]))
            body = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if body:
                call.body = example(spec, body["schema"])
            yield call


def _add(call: Call, parameter: Spec, value: Any) -> None:
    if parameter["in"] == "path":
        call.path = call.path.replace(f"{{{parameter['name']}}}", str(value))
    elif parameter["in"] == "header":
        call.headers[parameter["name"]] = str(uuid.uuid4())
    elif parameter["required"] or parameter["schema"].get("examples"):
        call.query[parameter["name"]] = value


def resolved(spec: Spec, schema: Spec) -> Spec:
    """The schema itself, where there is a reference to it."""
    while "$ref" in schema:
        schema = spec["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    return schema


def example(spec: Spec, schema: Spec, name: str = "") -> Any:
    """A value that the schema takes; of an object, the fields that must be there."""
    schema = resolved(spec, schema)
    if schema.get("examples"):
        return schema["examples"][0]
    if "oneOf" in schema or "anyOf" in schema:
        return example(spec, (schema.get("oneOf") or schema["anyOf"])[0], name)
    if "enum" in schema or "const" in schema:
        return schema.get("enum", [schema.get("const")])[0]
    if schema.get("type") == "object":
        properties = schema.get("properties", {})
        return {key: example(spec, properties[key], key) for key in schema.get("required", [])}
    if schema.get("type") == "array":
        return [example(spec, schema["items"], name)]
    if schema.get("format") == "uuid":
        return str(uuid.uuid4())
    kinds: dict[str, Any] = {"integer": 1, "number": 1, "boolean": True}
    return kinds.get(schema.get("type", ""), "CUI-001" if name == "sku" else "…")
