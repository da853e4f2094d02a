"""The shop's web application; `serve` is what its server runs."""

from collections.abc import Mapping
from typing import Any

from apiflask import APIFlask
from werkzeug.middleware.proxy_fix import ProxyFix

from shopnow.settings import get_settings
from webshop import media, storefront
from webshop.api import (
    accounts,
    browsing,
    carts,
    catalogue,
    health,
    order_history,
    orders,
    payments,
    reference_pages,
    second_factor,
    sessions,
    staff,
    webhooks,
)
from webshop.api.access import register_access
from webshop.api.current import EXTENSION
from webshop.api.limits import register_limits
from webshop.api.openapi import register_openapi
from webshop.api.problems import register_problems
from webshop.api.revalidation import register_compression
from webshop.bootstrap import Shop, bootstrap
from webshop.parent import end_with_parent
from webshop.security import register_security

API = "/api/v1"

#: Longest request body, bytes: a checkout is under 2 kB, a batch of 50 events under 30 kB.
LONGEST_BODY = 64 * 1024


def create_app(config: Mapping[str, Any] | None = None) -> APIFlask:
    """The shop as a Flask application.

    `config` is Flask configuration; its key SHOP may hold a `webshop.bootstrap.Shop` to serve
    instead of the one that the settings describe. Raises ValueError if the settings lack a secret.
    """
    app = APIFlask(
        "webshop",
        title="ShopNow+",
        version="1",
        docs_path=None,
        openapi_blueprint_url_prefix=API,
        json_errors=False,  # every error is a problem: see webshop.api.problems
        static_folder=None,  # type: ignore[arg-type]
    )
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_BODY
    app.config.update(config or {})
    app.json.sort_keys = False  # type: ignore[attr-defined]
    shop: Shop = app.config.pop("SHOP", None) or bootstrap(get_settings())
    app.extensions[EXTENSION] = shop
    if hops := shop.settings.trusted_proxies:
        # Not the host: links are made from the settings.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    register_openapi(app)
    register_problems(app)
    register_security(app)
    register_limits(app)
    register_compression(app)
    register_access(app)
    for part in (
        *(catalogue, carts, orders, payments, accounts, sessions, second_factor, order_history),
        *(browsing, health, reference_pages, webhooks, *staff.PARTS),
    ):
        app.register_blueprint(part.blueprint, url_prefix=API)
    app.register_blueprint(media.blueprint)
    app.register_blueprint(storefront.blueprint)
    return app


def serve() -> APIFlask:
    """The shop in a worker process of its server. Raises ValueError like `create_app`."""
    end_with_parent()
    return create_app()
