"""Order tokens and request hashes: what only this shop's secret key can make."""

import hmac
import json
import uuid
from typing import Any

from flask import request

from webshop.api.http.current import shop
from webshop.domain import tokens


def order_token(order_id: uuid.UUID) -> str:
    """The token that lets its holder see, pay and cancel an order: unguessable, kept nowhere."""
    return tokens.order_token(shop().secret_key, order_id)


def order_token_is_right(order_id: uuid.UUID) -> bool:
    """Whether the X-Order-Token header, or the `token` of a link, is the order's."""
    given = request.headers.get("X-Order-Token") or request.args.get("token", "")
    return hmac.compare_digest(given.encode(), order_token(order_id).encode())


def request_hash(body: Any) -> str:
    """Identifies a JSON body. Keyed, because a plain hash of a card number can be searched."""
    content = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return tokens.signed(shop().secret_key, "request", content).hex()
