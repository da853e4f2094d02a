"""How APIFlask reads requests and writes answers by pydantic models.

Its own adapter takes any body for JSON and flattens validation errors; here a body must say that it
is JSON, and pydantic's error reaches `webshop.api.http.problems`, which turns it into pointers.
"""

from typing import Any

import pydantic
from apiflask.schema_adapters.pydantic import PydanticAdapter
from flask import Request
from pydantic.json_schema import GenerateJsonSchema
from werkzeug.exceptions import BadRequest


class InvalidResponse(Exception):
    """A response does not match its model: a bug of the shop, not of the caller."""


class JsonSchema(GenerateJsonSchema):
    """JSON Schema without a title for every field that only repeats its name."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002
        return False


class ModelAdapter(PydanticAdapter):
    """Reads `json`, `query` and `headers`; `form` and the like are left to APIFlask."""

    def validate_input(self, request: Request, location: str, **kwargs: Any) -> pydantic.BaseModel:
        """The model of what was sent.

        Raises pydantic.ValidationError, or BadRequest for a header, which no pointer can name.
        """
        if location == "json":
            return self.model_class.model_validate(read_json(request))
        if location == "query":
            return self.model_class.model_validate(request.args.to_dict())
        if location == "headers":
            return self._headers(request)
        return super().validate_input(request, location, **kwargs)

    def _headers(self, request: Request) -> pydantic.BaseModel:
        given = {name: request.headers.get(name.replace("_", "-")) for name in self._fields}
        try:
            return self.model_class.model_validate(
                {k: v for k, v in given.items() if v is not None}
            )
        except pydantic.ValidationError as error:
            name = str(error.errors()[0]["loc"][0])
            header = name.replace("_", "-").title()
            message = f"This call needs a usable {header} header: {self._fields[name].description}"
            raise BadRequest(message) from error

    @property
    def _fields(self) -> dict[str, pydantic.fields.FieldInfo]:
        return self.model_class.model_fields

    def get_openapi_schema(self, **kwargs: Any) -> dict[str, Any]:
        """The model's JSON Schema; a model within it is called `Parent.Child`, as APIFlask asks."""
        template = f"#/components/schemas/{self.get_schema_name()}.{{model}}"
        return self.model_class.model_json_schema(
            ref_template=template,
            schema_generator=JsonSchema,
            mode=kwargs.get("mode", "validation"),
        )

    def serialize_output(self, data: Any, many: bool = False) -> Any:
        """The answer as JSON values. Raises InvalidResponse if it breaks its model."""
        try:
            return super().serialize_output(data, many=many)
        except pydantic.ValidationError as error:
            raise InvalidResponse(f"{self.model_class.__name__}: {error}") from error


def read_json(request: Request) -> Any:
    """The request's JSON body; an empty body counts as an empty object.

    Raises werkzeug's errors for what is not JSON, nested too deep, or too large.
    """
    if not request.get_data(cache=True):
        return {}
    try:
        return request.get_json()
    except RecursionError as error:
        raise BadRequest("The JSON is nested too deep.") from error
