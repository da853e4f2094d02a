"""OpenAPI 3.1 of the API: what a route says of itself, and what is true of every route.

A route declares its models, its refusals and who may call it; `complete` adds the rest: problem
details as the body of every error, and the errors that any call can meet.
"""

import json
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from apiflask import APIFlask

from webshop.api.http.model_adapter import JsonSchema
from webshop.api.http.problems import MIMETYPE, REFUSALS, Problem
from webshop.api.http.revalidation import revalidated
from webshop.domain.errors import ShopError

Spec = dict[str, Any]
View = TypeVar("View", bound=Callable[..., Any])

ORDER_TOKEN = "OrderToken"  # noqa: S105
ORDER_LINK = "OrderLink"
SESSION = "Session"
CSRF = "CsrfToken"

SECURITY_SCHEMES: Spec = {
    ORDER_TOKEN: {
        "type": "apiKey",
        "in": "header",
        "name": "X-Order-Token",
        "description": "`access_token` of the checkout's answer.",
    },
    ORDER_LINK: {
        "type": "apiKey",
        "in": "query",
        "name": "token",
        "description": "The same token, as the links in e-mails carry it.",
    },
    SESSION: {
        "type": "apiKey",
        "in": "cookie",
        "name": "shopnow_session",
        "description": "Set by `POST /session`.",
    },
    CSRF: {
        "type": "apiKey",
        "in": "header",
        "name": "X-CSRF-Token",
        "description": "`csrf_token` of `GET /session`, with every unsafe call that carries the "
        "session cookie.",
    },
}

DESCRIPTION = """Money is a decimal string, a time is ISO 8601 in UTC. Every error is a
problem (RFC 9457, `application/problem+json`); its `type` says what went wrong. A list is paged by
key: pass `next` of one page as `after` of the following one."""

#: What stands between a client and every route.
_ALWAYS = {429: "Too many requests from this address", 503: "The shop is busy: try again"}
_WITH_A_BODY = {
    400: "The body is no JSON",
    413: "The body is too large",
    415: "The body is not said to be JSON",
}
_UNSAFE = frozenset({"post", "put", "patch", "delete"})


def refusals(*refused: type[ShopError]) -> dict[int, str]:
    """What `@blueprint.doc(responses=…)` says of the domain errors that a route may raise."""
    described: dict[int, str] = {}
    for error in refused:
        status, kind = REFUSALS[error]
        line = f"`/problems/{kind}`: {(error.__doc__ or '').strip().splitlines()[0]}"
        described[status] = f"{described[status]} {line}" if status in described else line
    return described


def secured(view: View, *schemes: str) -> View:
    """Note that any one of these security schemes opens a view; the checking is the caller's."""
    spec = getattr(view, "_spec", {})
    view._spec = spec | {"security": [{scheme: []} for scheme in schemes]}  # type: ignore[attr-defined]
    return view


def register_openapi(app: APIFlask) -> None:
    """Configure what `app.spec` and `/openapi.json` say beside the routes."""
    app.config.update(
        DESCRIPTION=DESCRIPTION,
        LICENSE={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        SERVERS=[{"url": "/"}],
        SECURITY_SCHEMES=SECURITY_SCHEMES,
        SPEC_DECORATORS=[revalidated],
        AUTO_OPERATION_ID=True,
        AUTO_AUTH_ERROR_RESPONSE=False,
        AUTO_VALIDATION_ERROR_RESPONSE=False,
        NOT_FOUND_DESCRIPTION="`/problems/not-found`: There is no such thing.",
    )

    @app.spec_processor
    def _complete(spec: Any) -> Spec:
        return complete(spec, _uuid_arguments(app))


def complete(spec: Spec, uuid_arguments: frozenset[str]) -> Spec:
    """The document with what is true of every route; `uuid_arguments` are names in paths."""
    spec = _with_flat_names(spec)
    schemas = spec["components"]["schemas"]
    schemas.pop("HTTPError", None)
    problem = Problem.model_json_schema(
        ref_template="#/components/schemas/{model}", schema_generator=JsonSchema
    )
    schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = problem
    spec["components"]["schemas"] = dict(sorted(schemas.items()))
    for operations in spec["paths"].values():
        for method, operation in operations.items():
            _complete_operation(method, operation, schemas)
            for parameter in operation["parameters"]:
                _complete_parameter(parameter, uuid_arguments)
    return spec


def _complete_parameter(parameter: Spec, uuid_arguments: frozenset[str]) -> None:
    schema = parameter["schema"]
    if parameter["in"] == "path" and parameter["name"] in uuid_arguments:
        schema["format"] = "uuid"
    if parameter["in"] == "header":
        parameter["name"] = parameter["name"].title()
    # What may be left out of a query is null in our models; nobody can send a null.
    if "anyOf" in schema and schema.get("default", "") is None:
        given = next(option for option in schema["anyOf"] if option.get("type") != "null")
        rest = {key: schema[key] for key in ("description", "examples") if key in schema}
        schema = given | rest
    if description := schema.pop("description", ""):
        parameter["description"] = description
    parameter["schema"] = schema


def _complete_operation(method: str, operation: Spec, schemas: Spec) -> None:
    responses = operation["responses"]
    errors = dict(_ALWAYS)
    if "requestBody" in operation:
        errors |= _WITH_A_BODY
        reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        operation["requestBody"]["required"] = "required" in schemas[reference.rsplit("/", 1)[-1]]
    if any(parameter["in"] == "header" for parameter in operation["parameters"]):
        errors[400] = "The body is no JSON, or a header is missing or malformed"
    if "requestBody" in operation or operation["parameters"]:
        errors[422] = "`/problems/invalid-request`: `errors` points at each broken rule."
    for status, description in errors.items():
        known = responses.setdefault(str(status), {"description": description})
        if known["description"] != description and status in (400, 422):
            known["description"] += f" {description}"
    for status, response in responses.items():
        if status == "304":
            response.pop("content", None)
        if status < "300" and "content" in response:
            reference = response["content"]["application/json"]["schema"]["$ref"]
            response["description"] = schemas[reference.rsplit("/", 1)[-1]]["description"]
        if status >= "400":
            response["content"] = {MIMETYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        response.setdefault("description", HTTPStatus(int(status)).phrase)
    operation["responses"] = dict(sorted(responses.items()))
    if method in _UNSAFE:
        for requirement in operation.get("security", []):
            if SESSION in requirement:
                requirement[CSRF] = []


def _with_flat_names(spec: Spec) -> Spec:
    """APIFlask names a nested model `Parent.Child`; our models have one name each."""
    prefix = "#/components/schemas/"
    flat: Spec = json.loads(re.sub(rf'"{prefix}\w+\.(\w+)"', rf'"{prefix}\1"', json.dumps(spec)))
    schemas = flat["components"].setdefault("schemas", {})
    for name in [name for name in schemas if "." in name]:
        child = name.rsplit(".", 1)[-1]
        if schemas.setdefault(child, schemas[name]) != schemas[name]:
            raise ValueError(f"two models of the API are called {child}")
        del schemas[name]
    return flat


def _uuid_arguments(app: APIFlask) -> frozenset[str]:
    return frozenset(
        name for rule in app.url_map.iter_rules() for name in re.findall(r"<uuid:(\w+)>", rule.rule)
    )
