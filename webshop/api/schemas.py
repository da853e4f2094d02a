"""What the API accepts, checked at the route's boundary: unknown fields are refused."""

import re
import uuid
from typing import Annotated, Any, Literal, TypeVar

from flask import request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator
from werkzeug.exceptions import BadRequest

from webshop.domain.carts import LARGEST_QUANTITY

#: No control characters: PostgreSQL refuses NUL, and nobody's name holds the others.
_PRINTABLE = r"^[^\x00-\x1f\x7f]*$"


def _line(longest: int, shortest: int = 1) -> StringConstraints:
    return StringConstraints(
        strip_whitespace=True, min_length=shortest, max_length=longest, pattern=_PRINTABLE
    )


Sku = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$")]
Quantity = Annotated[int, Field(ge=1, le=LARGEST_QUANTITY, strict=True)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
_EMAIL = re.compile(r"^[^\s@<>\"(),:;\[\]\\]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+$")


class Body(BaseModel):
    """A JSON body without unknown fields."""

    model_config = ConfigDict(extra="forbid")


Model = TypeVar("Model", bound=Body)


class NewCart(Body):
    """`session_id` ties the cart to the browsing session; the browser makes it."""

    session_id: uuid.UUID | None = None


class NewItem(Body):
    """Units to add to a cart."""

    sku: Sku
    quantity: Quantity = 1


class ItemQuantity(Body):
    """Units that a cart is to hold of a product."""

    quantity: Quantity


class Address(Body):
    """Where the order goes."""

    line1: Annotated[str, _line(200)]
    line2: Annotated[str, _line(200, 0)] | None = None
    postal_code: Annotated[str, _line(20)]
    city: Annotated[str, _line(100)]


class Checkout(Body):
    """Who orders. `country` is an ISO 3166-1 alpha-2 code."""

    email: Annotated[str, _line(254)]
    name: Annotated[str, _line(200)]
    address: Address
    country: Country

    @field_validator("email")
    @classmethod
    def _mailbox(cls, value: str) -> str:
        if not _EMAIL.fullmatch(value):
            raise ValueError("this is no e-mail address")
        return value.lower()


class NewPayment(Body):
    """Nothing but the language of the payment page; amount and order are the server's."""

    language: Literal["fr", "en"] | None = None


class CatalogueQuery(Body):
    """Query string of the catalogue; `after` is `next` of the page before."""

    q: Annotated[str, _line(100, 0)] | None = None
    category: Annotated[str, _line(100)] | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 24
    after: Annotated[str, StringConstraints(max_length=800)] | None = None


class Viewed(Body):
    """Payload of product_viewed; guests have no customer."""

    session_id: uuid.UUID
    customer_id: None = None
    sku: Sku
    language: Literal["fr", "en"]


class Searched(Body):
    """Payload of product_searched."""

    session_id: uuid.UUID
    customer_id: None = None
    query: Annotated[str, _line(200)]
    results_count: Annotated[int, Field(ge=0, le=1_000_000, strict=True)]
    language: Literal["fr", "en"]


class ViewedEvent(Body):
    """A product page was opened. `event_id` lets a browser send it again without counting twice."""

    event_id: uuid.UUID | None = None
    event_type: Literal["product_viewed"]
    payload: Viewed


class SearchedEvent(Body):
    """A search was answered."""

    event_id: uuid.UUID | None = None
    event_type: Literal["product_searched"]
    payload: Searched


BrowsingEvent = Annotated[ViewedEvent | SearchedEvent, Field(discriminator="event_type")]


class BrowsingEvents(Body):
    """What a browser collected; a single event may also come without the list around it."""

    events: Annotated[list[BrowsingEvent], Field(min_length=1, max_length=50)]


def read_json() -> Any:
    """The request's JSON body; an empty body counts as an empty object.

    Raises werkzeug's errors for what is not JSON, nested too deep, or too large.
    """
    if not request.get_data(cache=True):
        return {}
    try:
        return request.get_json()
    except RecursionError as error:
        raise BadRequest("The JSON is nested too deep.") from error


def read_body(model: type[Model]) -> Model:
    """The request's JSON body as `model`. Raises pydantic.ValidationError too."""
    return model.model_validate(read_json())


def read_idempotency_key() -> str:
    """The Idempotency-Key header. Raises BadRequest if it is missing or malformed."""
    key = request.headers.get("Idempotency-Key", "")
    if not re.fullmatch(r"[\x21-\x7e]{1,200}", key):
        raise BadRequest(
            "This call needs an Idempotency-Key header: 1 to 200 visible ASCII characters, "
            "a new one for each purchase and the same one for each repetition."
        )
    return key
