"""Answers that a client may keep and ask about: a strong ETag from the content, 304 if it stands.

The client always asks (`no-cache`), for prices and stock may change at any moment; what it saves is
the answer's bytes.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, current_app, request


def revalidated(view: Callable[..., Any]) -> Callable[..., Response]:
    """Give the answers of a GET their ETag. Belongs right under the route."""

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
    return answer
