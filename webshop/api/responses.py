"""What the API answers: the models that check each answer and describe it in OpenAPI.

The views make the values, these models promise their names and types. All fields are always there;
one that can be without a value is null.
"""

import uuid
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from shopnow.languages import Language
from webshop.api.records import Moment, Money
from webshop.domain.accounts.accounts import Role
from webshop.domain.catalogue.stock import StockState
from webshop.domain.ordering.carts import CartStatus
from webshop.domain.ordering.orders import OrderStatus
from webshop.domain.ordering.payments import PaymentStatus

Rate = Annotated[
    str,
    Field(pattern=r"^[01]\.\d{2,4}$", examples=["0.20"], json_schema_extra={"format": "decimal"}),
]
Count = Annotated[int, Field(ge=0)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", examples=["EUR"])]


class ResponseModel(BaseModel):
    """An answer or a part of one, without unknown fields."""

    model_config = ConfigDict(extra="forbid")


class Health(ResponseModel):
    """A health check."""

    status: Literal["ok"]


class AcceptedEvents(ResponseModel):
    """Events that Kafka has acknowledged."""

    accepted: Count
    event_ids: list[uuid.UUID]


class Product(ResponseModel):
    """A product of the catalogue."""

    sku: str
    name: str
    description: str
    price: Money
    currency: Currency
    available: Count
    stock_state: StockState
    category: str = Field(description="To filter by; the same in every language.")
    category_label: str
    image: str
    vat_rate: Rate


class ProductPage(ResponseModel):
    """A page of the catalogue."""

    items: list[Product]
    next: str | None = Field(description="`after` of the next page; null at the end.")
    total: Count


class Category(ResponseModel):
    """A category with the number of its products."""

    category: str
    label: str
    products: Count


class Categories(ResponseModel):
    """All categories."""

    items: list[Category]


class Availability(ResponseModel):
    """What is left of a product; `version` numbers the changes of its stock, without a gap."""

    sku: str
    available: Count
    stock_state: StockState
    reorder_point: Count
    version: Count


class Availabilities(ResponseModel):
    """What is left of several products."""

    items: list[Availability]


class CartItem(ResponseModel):
    """A product in a cart, at today's price."""

    sku: str
    name: str
    image: str
    quantity: Count
    unit_price: Money
    amount: Money
    available: Count
    stock_state: StockState


class Cart(ResponseModel):
    """A cart with what it would cost now."""

    cart_id: uuid.UUID
    status: CartStatus
    currency: Currency
    items: list[CartItem]
    items_count: Count
    total: Money


class StartedPayment(ResponseModel):
    """A payment, and the page of the provider on which to pay it."""

    payment_id: uuid.UUID
    status: PaymentStatus
    redirect_url: str


class Payment(ResponseModel):
    """How a payment stands; `refund` is for money that came too late or twice and is refunded."""

    payment_id: uuid.UUID
    status: PaymentStatus
    reason: str | None
    refund: Literal["due", "done"] | None


class MailSent(ResponseModel):
    """What is answered whether or not the address has an account."""

    detail: str


class Account(ResponseModel):
    """An account, for its owner; `second_factor` says whether a login needs a code as well."""

    account_id: uuid.UUID
    email: str
    name: str
    language: Language
    role: Role
    second_factor: bool


class Session(ResponseModel):
    """Who is logged in, all null for a guest; `csrf_token` goes with every unsafe call."""

    account: Account | None
    csrf_token: str | None
    cart_id: uuid.UUID | None


class OrderSummary(ResponseModel):
    """An order in a list."""

    order_id: uuid.UUID
    order_number: str
    status: OrderStatus
    currency: Currency
    total: Money
    items_count: Count
    placed_at: Moment


class OrderHistory(ResponseModel):
    """One page of an account's orders, newest first."""

    items: list[OrderSummary]
    next: str | None
