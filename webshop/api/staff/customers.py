"""Customers for staff."""

from typing import Any

from flask import Blueprint, request

from webshop.adapters.order_search import find_customers
from webshop.api.current import shop
from webshop.api.cursors import encode_cursor
from webshop.api.records import Moment, Money, Record, page
from webshop.api.staff.gate import managers_only
from webshop.api.staff.paging import SearchQuery, text_of

blueprint = Blueprint("staff_customers", __name__)
blueprint.before_request(managers_only)

_BY_ID = "customers by customer_id"


class CustomerRecord(Record):
    """A customer with what they have paid for; `spent` is less what was paid back."""

    customer_id: str
    email: str | None
    name: str | None
    country: str | None
    created_at: Moment
    orders: int
    spent: Money
    last_paid_at: Moment | None


@blueprint.get("/staff/customers")
def list_customers() -> dict[str, Any]:
    """Customers by customer_id; `q` is in their id, name or e-mail address."""
    query = SearchQuery.model_validate(request.args.to_dict())
    with shop().transaction() as connection:
        found = find_customers(
            connection,
            query=query.q.strip(),
            after=text_of(query.after, _BY_ID),
            limit=query.limit + 1,
        )
    return page(
        found,
        query.limit,
        CustomerRecord.model_validate,
        lambda row: encode_cursor(_BY_ID, (row.customer_id,)),
    )
