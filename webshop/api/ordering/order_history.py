"""What an account has ordered."""

from typing import Any

from apiflask import APIBlueprint

from shopnow.contracts import format_time
from webshop.api import responses
from webshop.api.accounts.account_bodies import OrderHistoryQuery
from webshop.api.http.access import needs_account, require_account
from webshop.api.http.current import shop
from webshop.api.http.cursors import moment_cursor, moment_of
from webshop.api.http.openapi import refusals
from webshop.domain.errors import LoginRequired
from webshop.domain.money import format_amount
from webshop.services.ordering.queries import OrderSummary, find_orders

blueprint = APIBlueprint(
    "order_history", __name__, tag={"name": "Order history", "description": "An account's orders."}
)

_NEWEST = "newest"


@blueprint.get("/account/orders")
@needs_account
@blueprint.input(OrderHistoryQuery, location="query")
@blueprint.output(responses.OrderHistory)
@blueprint.doc(responses=refusals(LoginRequired))
def list_orders(query_data: OrderHistoryQuery) -> dict[str, Any]:
    """One page of the caller's orders, newest first, and `next` to pass as `after`."""
    account = require_account()
    after = moment_of(query_data.after, _NEWEST)
    with shop().transaction() as connection:
        found = find_orders(connection, account.customer_id, after, query_data.limit + 1)
    page = found[: query_data.limit]
    return {
        "items": [_summary_view(order) for order in page],
        "next": moment_cursor(_NEWEST, *page[-1].position)
        if len(found) > query_data.limit
        else None,
    }


def _summary_view(order: OrderSummary) -> dict[str, Any]:
    return {
        "order_id": str(order.order_id),
        "order_number": order.order_number,
        "status": order.status,
        "currency": order.currency,
        "total": format_amount(order.total),
        "items_count": order.items_count,
        "placed_at": format_time(order.placed_at),
    }
