"""Customers for staff."""

import uuid
from typing import Any

from apiflask import APIBlueprint

from webshop.api.http.current import shop
from webshop.api.http.cursors import encode_cursor
from webshop.api.records import Moment, Money, Record, page
from webshop.api.staff.gate import for_staff, managers_only
from webshop.api.staff.paging import NO_CURSOR, Next, SearchQuery, text_of
from webshop.domain.accounts.accounts import Role
from webshop.services.ordering.search import find_customers

blueprint = APIBlueprint(
    "staff_customers",
    __name__,
    tag={"name": "Staff: customers", "description": "Who buys, and for how much."},
)
blueprint.before_request(managers_only)

_BY_ID = "customers by customer_id"


class CustomerRecord(Record):
    """A customer with what they have paid for; `spent` is less what was paid back.

    `account_id` and `role` are null for who has no account; `second_factor` says whether a login
    to it needs a code as well.
    """

    customer_id: str
    email: str | None
    name: str | None
    country: str | None
    account_id: uuid.UUID | None
    role: Role | None
    second_factor: bool
    created_at: Moment
    orders: int
    spent: Money
    currency: str
    last_paid_at: Moment | None


class Customers(Record):
    """A page of the customers."""

    items: list[CustomerRecord]
    next: Next


@blueprint.get("/staff/customers")
@for_staff
@blueprint.input(SearchQuery, location="query")
@blueprint.output(Customers)
@blueprint.doc(responses=NO_CURSOR)
def list_customers(query_data: SearchQuery) -> dict[str, Any]:
    """Customers by customer_id; `q` is in their id, name or e-mail address."""
    with shop().transaction() as connection:
        found = find_customers(
            connection,
            query=query_data.q.strip(),
            after=text_of(query_data.after, _BY_ID),
            limit=query_data.limit + 1,
        )
    return page(
        found,
        query_data.limit,
        lambda row: CustomerRecord(**row._mapping, currency=shop().settings.currency),
        lambda row: encode_cursor(_BY_ID, (row.customer_id,)),
    )
