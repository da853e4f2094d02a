"""The gateway that the running application serves."""

from dataclasses import dataclass, field
from datetime import timedelta

from flask import current_app
from sqlalchemy import Engine

from webshop.sandbox_gateway.webhooks import WebhookSender

EXTENSION = "sandbox-gateway"


@dataclass(frozen=True)
class Gateway:
    """What the gateway's pages and calls work with."""

    engine: Engine
    sender: WebhookSender
    public_url: str
    shop_url: str
    late: timedelta
    secret: str = field(repr=False)


def gateway() -> Gateway:
    """The gateway of this request's application."""
    found: Gateway = current_app.extensions[EXTENSION]
    return found
