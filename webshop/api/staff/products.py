"""The range for staff: every product, for sale or not, with its stock."""

from decimal import Decimal
from typing import Annotated, Any

from flask import Blueprint, request
from pydantic import Field, StringConstraints
from sqlalchemy import Connection

from webshop.adapters.products import find_range
from webshop.api.access import actor
from webshop.api.current import now, shop
from webshop.api.cursors import encode_cursor
from webshop.api.once import do_once
from webshop.api.records import Money, Record, page
from webshop.api.schemas import Body, Sku, read_body
from webshop.api.staff.gate import managers_only
from webshop.api.staff.paging import SearchQuery, text_of
from webshop.api.views import picture_path
from webshop.domain.errors import NotFound
from webshop.domain.stock import StockState, stock_state
from webshop.services.products import change_product, create_product

blueprint = Blueprint("staff_products", __name__)
blueprint.before_request(managers_only)

_BY_SKU = "products by sku"

_Name = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$"
    ),
]
# Of the control characters, a description may hold line ends and tabs.
_Description = Annotated[
    str, StringConstraints(max_length=5000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")
]
_Category = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$"
    ),
]
_Price = Annotated[Decimal, Field(gt=0, le=1_000_000, decimal_places=2)]
_ReorderPoint = Annotated[int, Field(ge=0, le=1_000_000, strict=True)]


class NewProduct(Body):
    """A product to add; it has no units until it is restocked."""

    sku: Sku
    name: _Name
    description: _Description = ""
    category: _Category
    price: _Price
    reorder_point: _ReorderPoint = 0
    active: bool = True


class ProductChange(Body):
    """What to change of a product; the rest stays."""

    name: _Name | None = None
    description: _Description | None = None
    category: _Category | None = None
    price: _Price | None = None
    reorder_point: _ReorderPoint | None = None
    active: bool | None = None


class ProductRecord(Record):
    """A product of the range with its stock."""

    sku: str
    name: str
    description: str
    category: str
    price: Money
    currency: str
    kind: str
    image: str
    active: bool
    on_hand: int
    reserved: int
    available: int
    reorder_point: int
    version: int
    stock_state: StockState


@blueprint.get("/staff/products")
def list_products() -> dict[str, Any]:
    """Every product by sku."""
    query = SearchQuery.model_validate(request.args.to_dict())
    with shop().transaction() as connection:
        found = find_range(
            connection,
            query=query.q.strip(),
            after=text_of(query.after, _BY_SKU),
            limit=query.limit + 1,
        )
    return page(found, query.limit, _record, lambda row: encode_cursor(_BY_SKU, (row.sku,)))


@blueprint.post("/staff/products")
def add_product() -> tuple[dict[str, Any], int]:
    """Put a product into the range."""
    body = read_body(NewProduct)
    fields = body.model_dump(exclude={"sku", "reorder_point"})
    fields["currency"] = shop().settings.currency

    def work(connection: Connection) -> dict[str, Any]:
        create_product(connection, body.sku, fields, body.reorder_point, by=actor(), now=now())
        return _view(connection, body.sku)

    return do_once(body, work, status=201)


@blueprint.patch("/staff/products/<sku>")
def edit_product(sku: str) -> dict[str, Any]:
    """Change a product. A new price is for carts and orders to come."""
    body = read_body(ProductChange)
    fields = body.model_dump(exclude={"reorder_point"}, exclude_none=True)
    with shop().transaction() as connection:
        _require_sku(sku)
        change_product(connection, sku, fields, body.reorder_point, by=actor(), now=now())
        return _view(connection, sku)


def _require_sku(sku: str) -> None:
    # PostgreSQL refuses NUL in a text, and no sku holds one.
    if not sku.isprintable():
        raise NotFound("product", sku)


def _view(connection: Connection, sku: str) -> dict[str, Any]:
    [row] = find_range(connection, query=None, sku=sku, after=None, limit=1)
    return _record(row).as_json()


def _record(row: Any) -> ProductRecord:
    return ProductRecord(
        **(row._asdict() | {"image": picture_path(row.sku, row.image)}),
        stock_state=stock_state(row.available, row.reorder_point),
    )
