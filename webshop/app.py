"""The shop's web application: `create_app` for a WSGI server."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from shopnow.settings import get_settings
from webshop import media, storefront
from webshop.api import (
    browsing,
    carts,
    catalogue,
    health,
    orders,
    payments,
    staff,
    webhooks,
)
from webshop.api.current import EXTENSION
from webshop.api.problems import register_problems
from webshop.bootstrap import Shop, bootstrap
from webshop.security import register_security

API = "/api/v1"

#: Longest request body, bytes: a checkout is under 2 kB, a batch of 50 events under 30 kB.
LONGEST_BODY = 64 * 1024


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """The shop as a Flask application.

    `config` is Flask configuration; its key SHOP may hold a `webshop.bootstrap.Shop` to serve
    instead of the one that the settings describe. Raises ValueError if the settings lack a secret.
    """
    app = Flask("webshop", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_BODY
    app.config.update(config or {})
    app.json.sort_keys = False  # type: ignore[attr-defined]
    shop: Shop = app.config.pop("SHOP", None) or bootstrap(get_settings())
    app.extensions[EXTENSION] = shop
    register_problems(app)
    register_security(app)
    for part in (health, catalogue, carts, orders, payments, webhooks, browsing, staff):
        app.register_blueprint(part.blueprint, url_prefix=API)
    app.register_blueprint(media.blueprint)
    app.register_blueprint(storefront.blueprint)
    return app
