"""The built front: its files, and `index.html` for every path that the browser's router owns."""

import mimetypes
from pathlib import Path

from flask import Blueprint, Response, request, send_from_directory
from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.exceptions import NotFound
from werkzeug.routing import PathConverter

blueprint = Blueprint("storefront", __name__)

DIST = Path(__file__).parent / "frontend" / "dist"

#: Where Vite puts the files that have a hash in their names.
ASSETS = "assets/"

#: Content codings that the build writes beside its text files, the smallest first.
_CODINGS = {"br": ".br", "gzip": ".gz"}

_YEAR_S = 365 * 24 * 60 * 60


class FrontPath(PathConverter):
    """Any path but the API's and the pictures', whose own rules then decide on 404 and 405."""

    regex = r"(?!(?:api|media)(?:/|$))[^/].*?"


@blueprint.record_once
def _register_converter(state: BlueprintSetupState) -> None:
    state.app.url_map.converters["front"] = FrontPath


@blueprint.get("/", defaults={"path": "index.html"})
@blueprint.get("/<front:path>")
def page(path: str) -> Response:
    """A file of the front, or its entry page."""
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


def _entry_page() -> Response:
    try:
        response = _file("index.html")
    except NotFound as error:
        message = "The front is not built: run `npm run build` in webshop/frontend."
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
