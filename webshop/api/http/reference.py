"""The OpenAPI document in the words of a person: what the docs page and api.md show."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

Spec = Mapping[str, Any]

#: Where an embedded shop answers.
ADDRESS = "http://127.0.0.1:18000"


@dataclass(frozen=True)
class Field:
    """A parameter, or a field of a body or an answer; `items[].sku` is a field of each item."""

    name: str
    where: str
    type: str
    required: bool
    rule: str
    meaning: str


@dataclass(frozen=True)
class Answer:
    """What a status means, and the fields of its body; an error's body is a problem."""

    status: str
    meaning: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Operation:
    """One call: all of it that a person needs to make it."""

    method: str
    path: str
    summary: str
    description: str
    opened_by: tuple[str, ...]
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    answers: tuple[Answer, ...]
    example: str

    @property
    def anchor(self) -> str:
        """Unique within a page."""
        return f"{self.method.lower()}-{self.path.strip('/').translate(_PLAIN)}"


@dataclass(frozen=True)
class Topic:
    """Calls that belong together."""

    name: str
    description: str
    operations: tuple[Operation, ...]


_PLAIN = str.maketrans({"/": "-", "{": "", "}": "", "_": "-"})


def topics(spec: Spec) -> list[Topic]:
    """Every operation of the document, by topic, in the order of its tags."""
    operations: dict[str, list[Operation]] = {tag["name"]: [] for tag in spec["tags"]}
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            operations[operation["tags"][0]].append(_operation(spec, method, path, operation))
    return [
        Topic(
            tag["name"],
            tag.get("description", ""),
            tuple(sorted(operations[tag["name"]], key=lambda found: (found.path, found.method))),
        )
        for tag in spec["tags"]
        if operations[tag["name"]]
    ]


def _operation(spec: Spec, method: str, path: str, operation: Spec) -> Operation:
    body = _json_schema(operation.get("requestBody", {}))
    return Operation(
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=operation.get("description", ""),
        opened_by=_opened_by(spec, operation),
        parameters=tuple(_parameter(spec, parameter) for parameter in operation["parameters"]),
        body=tuple(_fields(spec, body, "body")),
        answers=tuple(
            Answer(
                status,
                response["description"],
                tuple(_fields(spec, _json_schema(response), "answer")),
            )
            for status, response in operation["responses"].items()
        ),
        example=_curl(spec, method.upper(), path, operation, body),
    )


def _json_schema(content: Spec) -> Spec:
    found: Spec = content.get("content", {}).get("application/json", {}).get("schema", {})
    return found


def _opened_by(spec: Spec, operation: Spec) -> tuple[str, ...]:
    schemes = spec["components"]["securitySchemes"]
    return tuple(
        " and ".join(f"{schemes[name]['in']} `{schemes[name]['name']}`" for name in requirement)
        or "nothing"
        for requirement in operation.get("security", [])
    )


def _parameter(spec: Spec, parameter: Spec) -> Field:
    schema = _resolved(spec, parameter["schema"])
    return Field(
        parameter["name"],
        parameter["in"],
        _type(spec, schema),
        parameter["required"],
        _rule(schema),
        parameter.get("description", ""),
    )


def _fields(spec: Spec, schema: Spec, where: str, prefix: str = "") -> Iterator[Field]:
    schema = _resolved(spec, schema)
    required = schema.get("required", [])
    for name, property_ in schema.get("properties", {}).items():
        found = _resolved(spec, property_)
        # What stands beside a reference is about this field, not about its model.
        meaning = property_.get("description", "" if "$ref" in property_ else _meaning(found))
        yield Field(
            prefix + name, where, _type(spec, found), name in required, _rule(found), meaning
        )
        yield from _fields(spec, found, where, f"{prefix}{name}.")
        if found.get("type") == "array":
            yield from _fields(spec, found["items"], where, f"{prefix}{name}[].")


def _meaning(schema: Spec) -> str:
    meaning: str = schema.get("description", "")
    return meaning


def _resolved(spec: Spec, schema: Spec) -> Spec:
    """The schema itself: a reference is followed, "or null" is left to the type."""
    while "$ref" in schema:
        schema = spec["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    options = [option for option in schema.get("anyOf", []) if option.get("type") != "null"]
    if len(options) == 1:
        rest = {key: value for key, value in schema.items() if key != "anyOf"}
        return {**_resolved(spec, options[0]), **rest, "x-or-null": True}
    return schema


def _type(spec: Spec, schema: Spec) -> str:
    if schema.get("type") == "array":
        name = f"list of {_type(spec, _resolved(spec, schema['items']))}"
    else:
        name = schema.get("format") or schema.get("type") or "any of several"
    return f"{name} or null" if schema.get("x-or-null") else name


def _rule(schema: Spec) -> str:
    rules = []
    if "enum" in schema or "const" in schema:
        rules.append(", ".join(f"`{value}`" for value in schema.get("enum", [schema.get("const")])))
    for low, high, unit in (
        ("minimum", "maximum", ""),
        ("minLength", "maxLength", " characters"),
        ("minItems", "maxItems", " items"),
    ):
        if low in schema or high in schema:
            rules.append(f"{_bound(schema, low)}…{_bound(schema, high)}{unit}")
    if schema.get("default") is not None:
        rules.append(f"default `{json.dumps(schema['default']).strip(chr(34))}`")
    return ", ".join(rules)


def _bound(schema: Spec, name: str) -> str:
    return f"{schema[name]:g}" if name in schema else ""


def _curl(spec: Spec, method: str, path: str, operation: Spec, body: Spec) -> str:
    """An example that a person can paste; `$NAMES` are what earlier answers gave."""
    url, query = ADDRESS + path, []
    headers = {}
    for parameter in operation["parameters"]:
        name, example = parameter["name"], _example(spec, parameter["schema"], parameter["name"])
        if parameter["in"] == "path":
            url = url.replace(f"{{{name}}}", example if name == "sku" else f"${name.upper()}")
        elif parameter["in"] == "header":
            headers[name] = "$(uuidgen)"
        elif parameter["required"] or parameter["schema"].get("examples"):
            query.append(f"{name}={quote(str(example), safe=',')}")
    for name in next(iter(operation.get("security", [])), {}):
        scheme = spec["components"]["securitySchemes"][name]
        header = "Cookie" if scheme["in"] == "cookie" else scheme["name"]
        value = f"${scheme['name'].removeprefix('X-').upper().replace('-', '_')}"
        # A variable called SHOPNOW_… would look like a setting.
        headers[header] = f"{scheme['name']}=$SESSION" if header == "Cookie" else value
    if body:
        headers["Content-Type"] = "application/json"
    parts = ["curl" if method == "GET" else f"curl -X {method}"]
    parts += [f'-H "{name}: {value}"' for name, value in headers.items()]
    if body:
        content = json.dumps(_example(spec, body), ensure_ascii=False)
        parts.append("-d '" + content.replace("'", "'\\''") + "'")
    parts.append(f'"{url}{"?" + "&".join(query) if query else ""}"')
    return (" " if len(parts) == 2 else " \\\n  ").join(parts)


def _example(spec: Spec, schema: Spec, name: str = "") -> Any:
    """A value that the schema takes; of an object, the fields that must be there."""
    schema = _resolved(spec, schema)
    if schema.get("examples"):
        return schema["examples"][0]
    if "oneOf" in schema or "anyOf" in schema:
        return _example(spec, (schema.get("oneOf") or schema["anyOf"])[0], name)
    if "enum" in schema or "const" in schema:
        return schema.get("enum", [schema.get("const")])[0]
    if schema.get("type") == "object":
        required = schema.get("required", [])
        properties = schema.get("properties", {})
        return {key: _example(spec, properties[key], key) for key in required if key in properties}
    if schema.get("type") == "array":
        return [_example(spec, schema["items"], name)]
    if schema.get("format") == "uuid":
        return "00000000-0000-4000-8000-000000000000"
    kinds: dict[str, Any] = {"integer": 1, "number": 1, "boolean": True}
    return kinds.get(schema.get("type", ""), "CUI-001" if name in ("sku", "skus") else "…")
