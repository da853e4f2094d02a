"""What answers about orders and stock are made of: pydantic models filled from rows and objects."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, PlainSerializer, WithJsonSchema

from shopnow.contracts import format_time
from webshop.domain.money import format_amount

#: `format` makes it a number in a string for clients that are generated from the document.
MONEY: Mapping[str, Any] = {
    "type": "string",
    "format": "decimal",
    "pattern": r"^-?\d+\.\d{2,4}$",
    "examples": ["18.00"],
    "description": "A decimal string.",
}
Money = Annotated[
    Decimal, PlainSerializer(format_amount, return_type=str), WithJsonSchema(dict(MONEY))
]
Moment = Annotated[
    datetime,
    PlainSerializer(format_time, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]

Row = TypeVar("Row")


class Record(BaseModel):
    """A part of an answer, made from the attributes of a row or an object."""

    model_config = ConfigDict(from_attributes=True, extra="forbid")

    def as_json(self) -> dict[str, Any]:
        """The JSON values of the answer."""
        return self.model_dump(mode="json")


def page(
    found: Sequence[Row],
    limit: int,
    view: Callable[[Row], Record],
    cursor: Callable[[Row], str],
) -> dict[str, Any]:
    """One page of a list: `items`, and `next` to pass as `after` (null at the end).

    `found` has one row more than `limit` if there is another page.
    """
    shown = found[:limit]
    return {
        "items": [view(row).as_json() for row in shown],
        "next": cursor(shown[-1]) if len(found) > limit else None,
    }
