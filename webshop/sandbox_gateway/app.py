"""The sandbox gateway's web application; `serve` is what its server runs."""

from datetime import timedelta

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from shopnow.settings import Settings, get_settings
from webshop.orphan_watch import exit_when_orphaned
from webshop.sandbox_gateway import calls, pages
from webshop.sandbox_gateway.running import EXTENSION, Gateway, gateway
from webshop.sandbox_gateway.tables import open_database
from webshop.sandbox_gateway.texts import translate_templates
from webshop.sandbox_gateway.webhooks import WebhookSender

#: Longest request body, bytes: a card form is under 200.
LONGEST_BODY = 8 * 1024


def create_app(running: Gateway) -> Flask:
    """The application of one gateway."""
    app = Flask("webshop.sandbox_gateway")
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_BODY
    app.config["MAX_FORM_PARTS"] = 10
    app.extensions[EXTENSION] = running
    translate_templates(app)
    app.register_blueprint(calls.blueprint)
    app.register_blueprint(pages.blueprint)
    app.add_url_rule("/health", view_func=_health)
    return app


def _health() -> ResponseReturnValue:
    with gateway().engine.connect() as connection:
        connection.execute(select(1))
    return jsonify(status="ok")


def serve() -> Flask:
    """The application with its database opened and its webhooks being sent.

    Raises ValueError if the settings lack a secret.
    """
    exit_when_orphaned()
    running = _gateway(get_settings())
    running.sender.start()
    return create_app(running)


def _gateway(settings: Settings) -> Gateway:
    for name in ("gateway_secret", "webhook_secret"):
        if not getattr(settings, name):
            raise ValueError(
                f"SHOPNOW_{name.upper()} is not set: run `shopnow up`, which generates it."
            )
    engine = open_database(settings.gateway_dsn)
    return Gateway(
        engine=engine,
        sender=WebhookSender(engine, settings.webhook_url, settings.webhook_secret),
        public_url=settings.gateway_url,
        shop_url=settings.shop_url,
        late=timedelta(seconds=settings.gateway_late_s),
        secret=settings.gateway_secret,
    )
