"""The API's reference for a browser: Redoc draws the OpenAPI document."""

import secrets

from flask import Blueprint, Response, make_response, render_template

from webshop.api.http.security import content_security_policy

blueprint = Blueprint("reference", __name__, template_folder="templates")


@blueprint.get("/docs")
def page() -> Response:
    """The reference; its script and all that the script asks for are this shop's own."""
    nonce = secrets.token_urlsafe(16)
    response = make_response(render_template("reference.html", nonce=nonce))
    response.headers["Content-Security-Policy"] = content_security_policy(
        # Redoc styles its parts with <style> elements, and searches in a worker that it makes.
        {"style-src": f"'self' 'nonce-{nonce}'", "worker-src": "blob:"}
    )
    return response
