"""The shop that the running application serves."""

from datetime import UTC, datetime

from flask import current_app

from webshop.bootstrap import Shop

EXTENSION = "shopnow"


def shop() -> Shop:
    """The shop of this request's application."""
    found: Shop = current_app.extensions[EXTENSION]
    return found


def now() -> datetime:
    """This moment, UTC: one clock for all that a request writes."""
    return datetime.now(UTC)
