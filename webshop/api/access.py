"""Who calls, and what they may do. Placeholder until the shop has accounts: everybody is a guest,
and staff are whoever is on the shop's own machine.
"""

import ipaddress
import uuid
from typing import Any

from flask import request
from sqlalchemy import Connection
from werkzeug.exceptions import Forbidden

from webshop.api.tokens import require_order_token


def current_account() -> Any | None:
    """The account that is logged in, None for a guest."""
    return None


def require_account() -> Any:
    """The account that is logged in. Raises Forbidden."""
    raise Forbidden("This needs an account.")


def require_role(role: str) -> Any:
    """The account that is logged in, if it has the role or one above it. Raises Forbidden."""
    if not ipaddress.ip_address(request.remote_addr or "0.0.0.0").is_loopback:  # noqa: S104
        raise Forbidden(f"This is for the role {role} on the shop's own machine only.")


def require_order_access(order_id: uuid.UUID) -> None:
    """Check that the caller may see this order. Raises NotFound."""
    require_order_token(order_id)


def require_cart_access(connection: Connection, cart_id: uuid.UUID) -> None:
    """Check that the caller may see this cart. Raises NotFound."""
    del connection, cart_id


def actor() -> str:
    """Who calls, for the audit log and the ledger."""
    return "guest"
