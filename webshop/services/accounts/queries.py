"""What pages read of accounts and of the audit log. No rule stands between: the adapters answer."""

from webshop.adapters.accounts.accounts import order_owner
from webshop.adapters.audit import find_audit

__all__ = [
    "find_audit",
    "order_owner",
]
