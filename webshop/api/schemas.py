"""What the API accepts, checked at the route's boundary: unknown fields are refused."""

import uuid
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from shopnow.email_addresses import LONGEST as LONGEST_EMAIL
from shopnow.email_addresses import normal_address
from shopnow.languages import DEFAULT_LANGUAGE, Language
from webshop.domain.names import LONGEST as LONGEST_NAME
from webshop.domain.names import person_name
from webshop.domain.ordering.carts import LARGEST_QUANTITY
from webshop.domain.ordering.pricing import HOME, ShippingCode
from webshop.services.catalogue.queries import Sort

#: No control characters: PostgreSQL refuses NUL, and nobody's name holds the others.
_PRINTABLE = r"^[^\x00-\x1f\x7f]*$"


def _line(longest: int, shortest: int = 1) -> StringConstraints:
    return StringConstraints(
        strip_whitespace=True, min_length=shortest, max_length=longest, pattern=_PRINTABLE
    )


_SKU = "[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}"
Sku = Annotated[str, StringConstraints(pattern=f"^{_SKU}$"), Field(examples=["CUI-001"])]
PriceLimit = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=4)]
Quantity = Annotated[int, Field(ge=1, le=LARGEST_QUANTITY, strict=True)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$"), Field(examples=["FR"])]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[+0-9 ().-]{5,32}$")]
PromoCode = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9_-]{1,32}$")
]
Reason = Annotated[str, _line(200)]
#: An e-mail address, the same everywhere: lower case, the domain in ASCII.
Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=LONGEST_EMAIL),
    AfterValidator(normal_address),
    Field(json_schema_extra={"format": "email"}, examples=["zoe@example.org"]),
]
PersonName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME),
    AfterValidator(person_name),
    Field(
        description="Letters, spaces, dots, apostrophes, hyphens; no link.",
        examples=["Zoé Martin"],
    ),
]


class Body(BaseModel):
    """A JSON body without unknown fields."""

    model_config = ConfigDict(extra="forbid")


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

    line1: Annotated[str, _line(200)] = Field(examples=["1 rue de la Paix"])
    line2: Annotated[str, _line(200, 0)] | None = None
    postal_code: Annotated[str, _line(20)] = Field(examples=["75002"])
    city: Annotated[str, _line(100)] = Field(examples=["Paris"])


class Checkout(Body):
    """Who orders, and how it is sent. `country` is an ISO 3166-1 alpha-2 code."""

    email: Email
    name: PersonName
    address: Address
    country: Country
    phone: Phone | None = None
    shipping_method: ShippingCode = "standard"
    promo_code: PromoCode | None = None
    language: Language = DEFAULT_LANGUAGE


class ShippingQuery(Body):
    """Where it is sent."""

    country: Country = HOME


class QuoteRequest(Body):
    """What a cart would cost sent there, in this way, with this code."""

    country: Country = HOME
    shipping_method: ShippingCode = "standard"
    promo_code: PromoCode | None = None


class LineUnits(Body):
    """Units of one of an order's lines."""

    line_number: Annotated[int, Field(ge=1, le=1_000_000, strict=True)]
    quantity: Quantity


class SomeUnits(Body):
    """Units of an order's lines, each line once, and why."""

    lines: Annotated[list[LineUnits], Field(min_length=1, max_length=1000)]
    reason: Reason

    @field_validator("lines")
    @classmethod
    def _lines_are_unique(cls, lines: list[LineUnits]) -> list[LineUnits]:
        if len({line.line_number for line in lines}) < len(lines):
            raise ValueError("a line is named twice")
        return lines

    @property
    def units(self) -> dict[int, int]:
        """Units by line number."""
        return {line.line_number: line.quantity for line in self.lines}


class NewPayment(Body):
    """Nothing but the language of the payment page; amount and order are the server's."""

    language: Language | None = None


class LanguageQuery(Body):
    """The language of texts."""

    lang: Language = Field(
        DEFAULT_LANGUAGE, description="Language of names, descriptions and labels."
    )


class CatalogueQuery(LanguageQuery):
    """Query string of the catalogue; `after` is `next` of the page before."""

    q: Annotated[str, _line(100, 0)] | None = Field(
        None, description="Words to search for, in either language.", examples=["théière"]
    )
    category: Annotated[str, _line(100)] | None = Field(
        None, description="`category` as `/categories` lists it."
    )
    in_stock: bool = Field(False, description="Only what can be bought now.")
    min_price: PriceLimit | None = Field(None, description="Lowest price, included.")
    max_price: PriceLimit | None = Field(None, description="Highest price, included.")
    sort: Sort | None = Field(
        None,
        description="By default `relevance` with `q`, else `featured`: the shop's own order. "
        "`-` turns an order round.",
    )
    limit: Annotated[int, Field(ge=1, le=100)] = Field(24, description="Products a page.")
    after: Annotated[str, StringConstraints(max_length=2000)] | None = Field(
        None, description="`next` of the page before."
    )


class StockQuery(Body):
    """Products whose stock is asked for."""

    skus: str = Field(
        pattern=rf"^{_SKU}(,{_SKU}){{0,49}}$",
        description="Up to 50 skus, separated by commas.",
        examples=["CUI-001,CUI-002"],
    )

    @property
    def listed(self) -> list[str]:
        """The skus one by one."""
        return self.skus.split(",")


class Viewed(Body):
    """Payload of product_viewed; guests have no customer."""

    session_id: uuid.UUID
    customer_id: None = None
    sku: Sku
    language: Language


class Searched(Body):
    """Payload of product_searched."""

    session_id: uuid.UUID
    customer_id: None = None
    query: Annotated[str, _line(200)]
    results_count: Annotated[int, Field(ge=0, le=1_000_000, strict=True)]
    language: Language


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

    @model_validator(mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        return value if not isinstance(value, dict) or "events" in value else {"events": [value]}


class IdempotencyKey(BaseModel):
    """The header that makes a repeated call safe."""

    idempotency_key: str = Field(
        pattern=r"^[\x21-\x7e]{1,200}$",
        description="1 to 200 visible ASCII characters, a new one for each purchase and the same "
        "one for each repetition, within 30 days.",
    )


class OptionalIdempotencyKey(BaseModel):
    """The same header for a call that is harmless to repeat: with it, the answer is the first."""

    idempotency_key: str | None = Field(
        None,
        pattern=r"^[\x21-\x7e]{1,200}$",
        description="1 to 200 visible ASCII characters, the same one for each repetition.",
    )
