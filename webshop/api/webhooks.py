"""What the payment provider tells the shop. The signature is the caller's only right to be here."""

from flask import Blueprint, request
from werkzeug.exceptions import NotFound

from webshop.api.current import now, shop
from webshop.services.payments import take_in

blueprint = Blueprint("webhooks", __name__)

#: Longest webhook, bytes; a checkout session of Stripe's is about 4 kB.
LONGEST_WEBHOOK = 32 * 1024


@blueprint.post("/webhooks/<provider>")
def receive(provider: str) -> tuple[str, int]:
    """Take in a webhook: 204 once it is booked, also when it came before.

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
            take_in(connection, provider, event, now())
    return "", 204
