"""How often one address may call the API: counted in this process' memory, answered with 429.

Each of the server's processes counts what reaches it, so that an address gets at most as many times
the limit. What must hold to the call, such as the login throttle, is counted in the database.

A stricter limit for one route is `@limiter.limit("5/minute")` right under the route; a route that
other machines call is `@limiter.exempt`. Our own load (`shopnow simulate`) comes from one
address and shows a token that only this shop's settings can make.
"""

import hashlib
import hmac
import math
import time

from flask import Flask, Response, request
from flask_limiter import ApplicationLimit, Limiter, RateLimitExceeded
from flask_limiter.util import get_remote_address

from webshop.api.http.current import shop
from webshop.api.http.problems import problem_body, problem_response

#: Routes outside the API that ask the database.
_RENDERED_PAGES = frozenset({"storefront.catalogue", "storefront.product"})

LOAD_HEADER = "X-Load-Token"

limiter = Limiter(
    get_remote_address,
    application_limits=[
        ApplicationLimit(
            lambda: shop().settings.rate_limit_reads,
            scope="reads",
            methods=("GET", "HEAD", "OPTIONS"),
        ),
        ApplicationLimit(
            lambda: shop().settings.rate_limit_writes,
            scope="writes",
            methods=("POST", "PUT", "PATCH", "DELETE"),
        ),
    ],
    storage_uri="memory://",
)


def load_token(secret_key: bytes) -> str:
    """The `X-Load-Token` header that exempts our own load from rate limits."""
    return hmac.new(secret_key, b"load", hashlib.sha256).hexdigest()


@limiter.request_filter
def _uncounted() -> bool:
    # Files, pictures and signs of life are served from memory.
    is_call = request.path.startswith("/api/") and "/health/" not in request.path
    if not is_call and request.endpoint not in _RENDERED_PAGES:
        return True
    if not shop().settings.rate_limits:
        return True
    token = request.headers.get(LOAD_HEADER)
    expected = load_token(shop().secret_key)
    return token is not None and hmac.compare_digest(token.encode(), expected.encode())


def too_many(error: RateLimitExceeded) -> Response:
    """The problem that an address over its limit gets, with when to come back."""
    detail = f"This address may call {error.limit.limit}: wait a little."
    answer = problem_response(problem_body(429, "too-many-requests", detail))
    breached = limiter.current_limit
    wait_s = breached.reset_at - time.time() if breached else 60
    answer.headers["Retry-After"] = str(max(1, math.ceil(wait_s)))
    return answer


def register_limits(app: Flask) -> None:
    """Count the calls of this application."""
    app.register_error_handler(RateLimitExceeded, too_many)
    limiter.init_app(app)
