"""Answers that a client may keep and ask about: a strong ETag from the content, 304 if it stands.

The client always asks (`no-cache`), for prices and stock may change at any moment; what it saves is
the answer's bytes. Those that are sent are compressed. They are the same for every caller: an
answer with somebody's token in it must not be, for its length would leak the token to an attacker
who controls text beside it (BREACH).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, Response, current_app, request
from flask_compress import Compress

_COMPRESSION = {
    "COMPRESS_REGISTER": False,  # only what is decorated
    "COMPRESS_MIMETYPES": ["application/json", "text/html"],
    "COMPRESS_ALGORITHM": ["br", "gzip"],
    "COMPRESS_MIN_SIZE": 1000,  # bytes: below it is one packet in any case
}
_compress = Compress()


def revalidated(view: Callable[..., Any]) -> Callable[..., Response]:
    """Give the answers of a GET their ETag, and compress them. Belongs right under the route.

    For answers that are the same for every caller only. A compressed one has its own ETag.
    """

    @wraps(view)
    def answer(**arguments: Any) -> Response:
        response = current_app.make_response(view(**arguments))
        if response.status_code == 200:
            response.add_etag()
            response.cache_control.no_cache = True
            response.make_conditional(request)
        return response

    spec = getattr(view, "_spec", {})
    responses = (spec.get("responses") or {}) | {304: "What you have is what there is"}
    answer._spec = spec | {"responses": responses}  # type: ignore[attr-defined]
    compressed: Callable[..., Response] = _compress.compressed()(answer)
    return compressed


def register_compression(app: Flask) -> None:
    """Tell the application what is compressed, and how."""
    app.config.update(_COMPRESSION)
    _compress.init_app(app)
