"""The shop's web application; `serve` is what its server runs."""

from collections.abc import Mapping
from typing import Any

from apiflask import APIFlask
from werkzeug.middleware.proxy_fix import ProxyFix

from shopnow.settings import get_settings
from webshop.api import staff
from webshop.api.accounts import accounts, second_factor, sessions
from webshop.api.catalogue import browsing, catalogue
from webshop.api.http import health, reference
from webshop.api.http.access import register_access
from webshop.api.http.current import EXTENSION
from webshop.api.http.limits import register_limits
from webshop.api.http.openapi import register_openapi
from webshop.api.http.problems import register_problems
from webshop.api.http.revalidation import register_compression
from webshop.api.http.security import register_security
from webshop.api.ordering import carts, order_history, orders, payments, webhooks
from webshop.bootstrap import Shop, bootstrap
from webshop.orphan_watch import exit_when_orphaned
from webshop.storefront import media, storefront

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
        json_errors=False,  # every error is a problem: see webshop.api.http.problems
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
        *(browsing, health, reference, webhooks, *staff.PARTS),
    ):
        app.register_blueprint(part.blueprint, url_prefix=API)
    app.register_blueprint(media.blueprint)
    app.register_blueprint(storefront.blueprint)
    return app


def serve() -> APIFlask:
    """The shop in a worker process of its server. Raises ValueError like `create_app`."""
    exit_when_orphaned()
    return create_app()
