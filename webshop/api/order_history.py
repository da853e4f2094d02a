"""What an account has ordered."""

import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Any

from flask import Blueprint, request
from werkzeug.exceptions import BadRequest

from shopnow.contracts import format_time
from webshop.adapters.order_history import OrderSummary, Position, find_orders
from webshop.api.access import require_account
from webshop.api.account_bodies import OrderHistoryQuery
from webshop.api.current import shop
from webshop.domain.money import format_amount

blueprint = Blueprint("order_history", __name__)


@blueprint.get("/account/orders")
def list_orders() -> dict[str, Any]:
    """One page of the caller's orders, newest first, and `next` to pass as `after`."""
    account = require_account()
    query = OrderHistoryQuery.model_validate(request.args.to_dict())
    after = _position(query.after) if query.after else None
    with shop().transaction() as connection:
        found = find_orders(connection, account.customer_id, after, query.limit + 1)
    page = found[: query.limit]
    return {
        "items": [_summary_view(order) for order in page],
        "next": _cursor(page[-1].position) if len(found) > query.limit else None,
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


def _cursor(position: Position) -> str:
    placed_at, order_id = position
    return urlsafe_b64encode(f"{placed_at.isoformat()} {order_id}".encode()).decode()


def _position(cursor: str) -> Position:
    try:
        placed_at, _, order_id = urlsafe_b64decode(cursor.encode()).decode().partition(" ")
        moment = datetime.fromisoformat(placed_at)
        if moment.tzinfo is None:
            raise ValueError("a cursor's time has a zone")
        return moment, uuid.UUID(order_id)
    except ValueError as error:
        raise BadRequest("`after` is no cursor: pass on `next` of the page before.") from error
