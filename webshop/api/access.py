"""Who calls, and what they may do. Placeholder until the shop has accounts: everybody is a guest,
and staff are whoever is on the shop's own machine.
"""

import ipaddress
import uuid
from collections.abc import Callable
from typing import Any

from flask import request
from werkzeug.exceptions import Forbidden

from webshop.api.tokens import require_order_token


def current_account() -> Any | None:
    """The account that is logged in, None for a guest."""
    return None


def require_account() -> Any:
    """The account that is logged in. Raises Forbidden."""
    raise Forbidden("This needs an account.")


def require_role(_role: str) -> Callable[[], None]:
    """A function for `before_request` that lets only this role through. It raises Forbidden."""

    def check() -> None:
        if not ipaddress.ip_address(request.remote_addr or "0.0.0.0").is_loopback:  # noqa: S104
            raise Forbidden("This is answered on the shop's own machine only.")

    return check


def require_order_access(order_id: uuid.UUID) -> None:
    """Check that the caller may see this order. Raises NotFound."""
    require_order_token(order_id)


def actor() -> str:
    """Who calls, for the audit log and the ledger."""
    return "guest"
