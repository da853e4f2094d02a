"""Webhooks of the payment provider, authenticated by their signature."""

from apiflask import APIBlueprint
from flask import request
from werkzeug.exceptions import NotFound

from webshop.api.http.current import now, shop
from webshop.api.http.limits import limiter
from webshop.api.http.openapi import refusals
from webshop.domain.errors import WebhookRejected
from webshop.services.ordering.payments import handle_webhook_event

blueprint = APIBlueprint(
    "webhooks",
    __name__,
    tag={"name": "Webhooks", "description": "For the payment provider alone: each is signed."},
)

#: Longest webhook, bytes; a checkout session of Stripe's is about 4 kB.
LONGEST_WEBHOOK = 32 * 1024


@blueprint.post("/webhooks/<provider>")
@limiter.exempt
@blueprint.output({}, status_code=204)
@blueprint.doc(responses=refusals(WebhookRejected))
def receive(provider: str) -> str:
    """Handle a webhook event: 204 once it is stored, also for a duplicate.

    Anything else asks the provider to send it again.
    """
    gateway = shop().gateway
    if provider != gateway.provider:
        raise NotFound(f"{provider} is not the payment provider of this shop.")
    request.max_content_length = LONGEST_WEBHOOK
    headers = {name.lower(): value for name, value in request.headers}
    event = gateway.parse_webhook(headers, request.get_data(), now())
    if event is not None:
        with shop().transaction() as connection:
            handle_webhook_event(connection, provider, event, now())
    return ""
