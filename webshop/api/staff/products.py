"""The range for staff: every product, for sale or not, with its stock."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from apiflask import APIBlueprint
from pydantic import AfterValidator, Field, StringConstraints
from sqlalchemy import Connection

from webshop.api.http.access import actor
from webshop.api.http.current import now, shop
from webshop.api.http.cursors import encode_cursor
from webshop.api.http.idempotent_calls import run_once
from webshop.api.http.openapi import refusals
from webshop.api.records import Money, Record, page
from webshop.api.schemas import Body, IdempotencyKey, Sku
from webshop.api.staff.gate import for_staff, managers_only
from webshop.api.staff.paging import NO_CURSOR, Next, SearchQuery, text_of
from webshop.api.views import picture_path
from webshop.domain.catalogue.products import NotForSaleReason, why_not_for_sale
from webshop.domain.catalogue.stock import StockState, stock_state
from webshop.domain.errors import AlreadyExists, IdempotencyConflict, NotFound, PriceRefused
from webshop.services.catalogue.products import change_product, create_product
from webshop.services.catalogue.queries import find_range

blueprint = APIBlueprint(
    "staff_products",
    __name__,
    tag={"name": "Staff: products", "description": "The whole range, for sale or not."},
)
blueprint.before_request(managers_only)

_BY_SKU = "products by sku"

_Name = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$"
    ),
    Field(examples=["Théière en fonte"]),
]
# Of the control characters, a description may hold line ends and tabs.
_Description = Annotated[
    str, StringConstraints(max_length=5000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")
]
# An empty text is none: the French one is shown instead of it.
_EnglishName = Annotated[
    Annotated[
        str,
        StringConstraints(strip_whitespace=True, max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$"),
    ]
    | None,
    AfterValidator(lambda text: text or None),
    Field(description="Null or empty: the French one is shown."),
]
_EnglishDescription = Annotated[
    _Description | None,
    AfterValidator(lambda text: text or None),
    Field(description="Null or empty: the French one is shown."),
]
_Category = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$"
    ),
    Field(examples=["Cuisine"]),
]
_Price = Annotated[
    Decimal,
    Field(
        ge=0,
        le=1_000_000,
        decimal_places=2,
        description="For sale: a whole number of the currency's smallest unit, one at least.",
        examples=["29.90"],
    ),
]
_ReorderPoint = Annotated[int, Field(ge=0, le=1_000_000, strict=True)]


class NewProduct(Body):
    """A product to add; it has no units until it is restocked."""

    sku: Sku
    name: _Name
    name_en: _EnglishName = None
    description: _Description = ""
    description_en: _EnglishDescription = None
    category: _Category
    price: _Price
    reorder_point: _ReorderPoint = 0
    active: bool = True


class ProductChange(Body):
    """What to change of a product; the rest stays. A null takes an English text away."""

    name: _Name | None = None
    name_en: _EnglishName = None
    description: _Description | None = None
    description_en: _EnglishDescription = None
    category: _Category | None = None
    price: _Price | None = None
    reorder_point: _ReorderPoint | None = None
    active: bool | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """The product's columns that change."""
        given = self.model_dump(exclude={"reorder_point"}, exclude_unset=True)
        return {
            name: value
            for name, value in given.items()
            if value is not None or name in ("name_en", "description_en")
        }


class ProductRecord(Record):
    """A product of the range with its stock."""

    sku: str
    name: str
    name_en: str | None
    description: str
    description_en: str | None
    category: str
    price: Money
    currency: str
    kind: Literal["product", "service"]
    image: str
    active: bool
    not_for_sale: NotForSaleReason | None = Field(
        description="Why shoppers neither see nor buy it: a service, a price that cannot be paid, "
        "or withdrawn; null: they do."
    )
    on_hand: int
    reserved: int
    available: int
    reorder_point: int
    version: int
    stock_state: StockState


class StaffProducts(Record):
    """A page of the range by sku."""

    items: list[ProductRecord]
    next: Next


@blueprint.get("/staff/products")
@for_staff
@blueprint.input(SearchQuery, location="query")
@blueprint.output(StaffProducts)
@blueprint.doc(responses=NO_CURSOR)
def list_products(query_data: SearchQuery) -> dict[str, Any]:
    """Every product by sku."""
    with shop().transaction() as connection:
        found = find_range(
            connection,
            query=query_data.q.strip(),
            after=text_of(query_data.after, _BY_SKU),
            limit=query_data.limit + 1,
        )
    return page(found, query_data.limit, _record, lambda row: encode_cursor(_BY_SKU, (row.sku,)))


@blueprint.post("/staff/products")
@for_staff
@blueprint.input(IdempotencyKey, location="headers")
@blueprint.input(NewProduct)
@blueprint.output(ProductRecord, status_code=201)
@blueprint.doc(responses=refusals(AlreadyExists, PriceRefused, IdempotencyConflict))
def add_product(json_data: NewProduct, headers_data: IdempotencyKey) -> tuple[dict[str, Any], int]:
    """Put a product into the range."""
    fields = json_data.model_dump(exclude={"sku", "reorder_point"})
    fields["currency"] = shop().settings.currency

    def work(connection: Connection) -> dict[str, Any]:
        create_product(
            connection,
            json_data.sku,
            fields,
            json_data.reorder_point,
            by=actor(),
            now=now(),
        )
        return _view(connection, json_data.sku)

    return run_once(json_data, headers_data, work, status=201)


@blueprint.get("/staff/products/<sku>")
@for_staff
@blueprint.output(ProductRecord)
@blueprint.doc(responses=refusals(NotFound))
def get_product(sku: str) -> dict[str, Any]:
    """A product of the range, for sale or not."""
    _require_sku(sku)
    with shop().transaction() as connection:
        return _view(connection, sku)


@blueprint.patch("/staff/products/<sku>")
@for_staff
@blueprint.input(ProductChange)
@blueprint.output(ProductRecord)
@blueprint.doc(responses=refusals(NotFound, PriceRefused))
def edit_product(sku: str, json_data: ProductChange) -> dict[str, Any]:
    """Change a product. A new price is for carts and orders to come."""
    _require_sku(sku)
    point = json_data.reorder_point
    with shop().transaction() as connection:
        change_product(connection, sku, json_data.columns, point, by=actor(), now=now())
        return _view(connection, sku)


def _require_sku(sku: str) -> None:
    # PostgreSQL refuses NUL in a text, and no sku holds one.
    if not sku.isprintable():
        raise NotFound("product", sku)


def _view(connection: Connection, sku: str) -> dict[str, Any]:
    found = find_range(connection, query=None, sku=sku, after=None, limit=1)
    if not found:
        raise NotFound("product", sku)
    return _record(found[0]).as_json()


def _record(row: Any) -> ProductRecord:
    return ProductRecord(
        **(row._asdict() | {"image": picture_path(row.sku, row.image)}),
        not_for_sale=why_not_for_sale(row.kind, row.price, row.currency, active=row.active),
        stock_state=stock_state(row.available, row.reorder_point),
    )
