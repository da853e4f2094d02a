"""Orders: seen and cancelled by whoever holds the order's token."""

import uuid
from typing import Any

from flask import Blueprint

from webshop.api.current import now, shop
from webshop.api.tokens import require_order_token
from webshop.api.views import order_view
from webshop.services import orders as service

blueprint = Blueprint("orders", __name__)


@blueprint.get("/orders/<uuid:order_id>")
def get_order(order_id: uuid.UUID) -> dict[str, Any]:
    """An order."""
    require_order_token(order_id)
    with shop().transaction() as connection:
        return order_view(service.require_order(connection, order_id))


@blueprint.post("/orders/<uuid:order_id>/cancel")
def cancel(order_id: uuid.UUID) -> dict[str, Any]:
    """Cancel an unpaid order and put its units on sale again; a second call changes nothing."""
    require_order_token(order_id)
    with shop().transaction() as connection:
        return order_view(service.cancel(connection, order_id, now()))
