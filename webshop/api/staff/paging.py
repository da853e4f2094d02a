"""What the lists of staff share: their query strings, and cursors of numbers and texts."""

from typing import Annotated

from pydantic import Field, StringConstraints

from webshop.api.http.cursors import decode_cursor, encode_cursor
from webshop.api.schemas import Body

Next = Annotated[str | None, Field(description="`after` of the next page; null at the end.")]

#: What `@blueprint.doc(responses=…)` says of a list that is paged.
NO_CURSOR = {400: "`after` is no cursor of this list."}


class ListQuery(Body):
    """A page of a list; `after` is `next` of the page before."""

    limit: Annotated[int, Field(ge=1, le=100)] = Field(50, description="Rows a page.")
    after: Annotated[str, StringConstraints(max_length=800)] | None = Field(
        None, description="`next` of the page before."
    )


class SearchQuery(ListQuery):
    """A page of what has `q` in it."""

    q: Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")] = Field(
        "", description="A part of what the list is searched by, accents and case aside."
    )


def number_cursor(order: str, number: int) -> str:
    """The cursor of a list that is numbered."""
    return encode_cursor(order, (number,))


def number_of(cursor: str | None, order: str) -> int | None:
    """The number in a cursor, None without one. Raises BadRequest."""
    if cursor is None:
        return None
    (number,) = decode_cursor(cursor, order, (int,))
    return int(number)


def text_of(cursor: str | None, order: str) -> str | None:
    """The text in a cursor, None without one. Raises BadRequest."""
    if cursor is None:
        return None
    (text,) = decode_cursor(cursor, order, (str,))
    return str(text)
