"""Orders: for whoever holds the order's token, the account that ordered, and staff."""

import uuid
from typing import Any

from apiflask import APIBlueprint

from webshop.api import answers
from webshop.api.access import needs_order_access
from webshop.api.current import now, shop
from webshop.api.openapi import refusals
from webshop.api.views import order_view
from webshop.domain.errors import TransitionRefused
from webshop.services import orders as service

blueprint = APIBlueprint(
    "orders",
    __name__,
    tag={"name": "Orders", "description": "Seen and cancelled with the order's token or account."},
)


@blueprint.get("/orders/<uuid:order_id>")
@needs_order_access
@blueprint.output(answers.Order)
def get_order(order_id: uuid.UUID) -> dict[str, Any]:
    """An order."""
    with shop().transaction() as connection:
        return order_view(service.require_order(connection, order_id))


@blueprint.post("/orders/<uuid:order_id>/cancel")
@needs_order_access
@blueprint.output(answers.Order)
@blueprint.doc(responses=refusals(TransitionRefused))
def cancel(order_id: uuid.UUID) -> dict[str, Any]:
    """Cancel an unpaid order and put its units on sale again; a second call changes nothing."""
    with shop().transaction() as connection:
        return order_view(service.cancel(connection, order_id, now()))
