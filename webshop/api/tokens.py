"""Order tokens and request hashes: what only this shop's secret key can make."""

import hashlib
import hmac
import json
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import request

from webshop.api.current import shop
from webshop.api.openapi import ORDER_LINK, ORDER_TOKEN, secured
from webshop.domain.errors import NotFound


def _signed(purpose: str, content: str) -> bytes:
    message = f"{purpose}\0{content}".encode()
    return hmac.new(shop().secret_key, message, hashlib.sha256).digest()


def order_token(order_id: uuid.UUID) -> str:
    """The token that lets its holder see, pay and cancel an order: unguessable, kept nowhere."""
    return urlsafe_b64encode(_signed("order", str(order_id))).decode().rstrip("=")


def require_order_token(order_id: uuid.UUID) -> None:
    """Check the X-Order-Token header, or the `token` of a link.

    Raises NotFound for a wrong token as for a missing order, so that nobody learns which exist.
    """
    given = request.headers.get("X-Order-Token") or request.args.get("token", "")
    if not hmac.compare_digest(given.encode(), order_token(order_id).encode()):
        raise NotFound("order", order_id)


def needs_order_token(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let nobody pass without the token of `order_id`, before anything else of the call is read."""

    @wraps(view)
    def guarded(order_id: uuid.UUID, **arguments: Any) -> Any:
        require_order_token(order_id)
        return view(order_id=order_id, **arguments)

    return secured(guarded, ORDER_TOKEN, ORDER_LINK)


def request_hash(body: Any) -> str:
    """Identifies a JSON body. Keyed, because a plain hash of a card number can be searched."""
    return _signed("request", json.dumps(body, sort_keys=True, separators=(",", ":"))).hex()
