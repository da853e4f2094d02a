"""The frontend: its built files, server-rendered pages, and `index.html` for every other path of
the browser's router.
"""

import logging
import mimetypes
from collections.abc import Callable
from pathlib import Path

from flask import Blueprint, Response, make_response, request, send_from_directory
from flask.sansio.blueprints import BlueprintSetupState
from flask_limiter import RateLimitExceeded
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import NotFound
from werkzeug.routing import PathConverter

from webshop.api.http.limits import too_many
from webshop.api.http.revalidation import revalidated
from webshop.domain.errors import NotFound as NoSuchProduct
from webshop.storefront.ssr.pages import draw_entry_page, render_catalogue, render_product

log = logging.getLogger(__name__)

blueprint = Blueprint("storefront", __name__)

DIST = Path(__file__).parents[1] / "frontend" / "dist"

ENTRY_PAGE = "index.html"

#: Where Vite puts the files that have a hash in their names.
ASSETS = "assets/"

#: Content codings that the build writes beside its text files, the smallest first.
_CODINGS = {"br": ".br", "gzip": ".gz"}

_YEAR_S = 365 * 24 * 60 * 60


class FrontendPath(PathConverter):
    """Any path except the API's and the pictures', which answer 404 and 405 themselves."""

    regex = r"(?!(?:api|media)(?:/|$))[^/].*?"


@blueprint.record_once
def _register_converter(state: BlueprintSetupState) -> None:
    state.app.url_map.converters["frontend"] = FrontendPath


@blueprint.get("/")
@revalidated
def catalogue() -> Response:
    """The catalogue."""
    return _server_rendered(lambda: render_catalogue(DIST / ENTRY_PAGE, request.args))


@blueprint.get("/products/<sku>")
@revalidated
def product(sku: str) -> Response:
    """A product's page; 404 for one that is not for sale."""
    return _server_rendered(lambda: render_product(DIST / ENTRY_PAGE, sku))


@blueprint.get("/<frontend:path>")
def page(path: str) -> Response:
    """A file of the frontend, or its entry page."""
    if path == ENTRY_PAGE:
        return _entry_page()
    try:
        response = _file(path)
    except NotFound:
        if path.startswith(ASSETS):
            raise
        return _entry_page()
    if path.startswith(ASSETS):
        response.cache_control.max_age = _YEAR_S
        response.cache_control.public = True
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    return response


@blueprint.errorhandler(RateLimitExceeded)
def _too_many(error: RateLimitExceeded) -> Response:
    """The entry page: the frontend's API calls are limited too, and it shows the error in its
    language.
    """
    refusal = too_many(error)
    try:
        response = _entry_page(status=429)
    except NotFound:  # it is not built
        return refusal
    response.headers["Retry-After"] = refusal.headers["Retry-After"]
    return response


def _server_rendered(render: Callable[[], str | None]) -> Response:
    """The result of `render`, or the entry page, in which the frontend shows the error."""
    status, html = 200, None
    try:
        html = render()
    except FileNotFoundError:
        log.debug("the frontend is not built")
    except NoSuchProduct:
        status = 404
    except SQLAlchemyError as error:
        log.warning("no server-side rendering of %s: %s", request.path, error)
    response = make_response(html) if html else _entry_page(status=status)
    response.vary.add("Cookie")  # the language
    return response


@revalidated
def _entry_page(status: int = 200) -> Response:
    try:
        response = make_response(draw_entry_page(DIST / ENTRY_PAGE), status)
    except FileNotFoundError as error:
        message = "The frontend is not built: run `npm run build` in webshop/frontend."
        raise NotFound(message) from error
    response.cache_control.no_cache = True
    return response


def _file(path: str) -> Response:
    """A file of the build, compressed if the browser takes that. Raises NotFound."""
    response = _compressed(path) or send_from_directory(DIST, path)
    response.vary.add("Accept-Encoding")
    return response


def _compressed(path: str) -> Response | None:
    kind, _ = mimetypes.guess_type(path)
    for coding, suffix in _CODINGS.items():
        if request.accept_encodings.quality(coding):
            try:
                response = send_from_directory(DIST, path + suffix, mimetype=kind)
            except NotFound:  # too small to be worth it, or no text
                continue
            response.content_encoding = coding
            return response
    return None
