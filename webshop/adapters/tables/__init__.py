"""Every table of the schema `shop`: facts and outbox. `kpi` and `ops` are in `shopnow.database`.

SQLAlchemy Core tables, the one description that repositories and importer build their statements
from. The Alembic migrations create them; a test compares the two.

Money is numeric(18,4), times are timestamptz (UTC), quantities are whole units.
"""

from webshop.adapters.tables.accounts import (
    account_recovery_codes,
    account_second_factors,
    account_sessions,
    account_tokens,
    accounts,
    registrations,
    throttles,
)
from webshop.adapters.tables.aftersales import audit, promotion_uses, return_lines, returns
from webshop.adapters.tables.base import SHOP, metadata
from webshop.adapters.tables.catalogue import categories
from webshop.adapters.tables.mails import mails
from webshop.adapters.tables.messages import (
    idempotency_keys,
    outbox,
    outbox_pending,
    outbox_refused,
)
from webshop.adapters.tables.orders import (
    cart_items,
    carts,
    customers,
    order_history,
    order_lines,
    order_numbers,
    orders,
    refund_lines,
    refund_numbers,
    refunds,
    retail_invoices,
    retail_products,
)
from webshop.adapters.tables.payments import payment_events, payments
from webshop.adapters.tables.promotions import promotions
from webshop.adapters.tables.stock import products, stock, stock_alerts, stock_movements

__all__ = [
    "SHOP",
    "account_recovery_codes",
    "account_second_factors",
    "account_sessions",
    "account_tokens",
    "accounts",
    "audit",
    "cart_items",
    "carts",
    "categories",
    "customers",
    "idempotency_keys",
    "mails",
    "metadata",
    "order_history",
    "order_lines",
    "order_numbers",
    "orders",
    "outbox",
    "outbox_pending",
    "outbox_refused",
    "payment_events",
    "payments",
    "products",
    "promotion_uses",
    "promotions",
    "refund_lines",
    "refund_numbers",
    "refunds",
    "registrations",
    "retail_invoices",
    "retail_products",
    "return_lines",
    "returns",
    "stock",
    "stock_alerts",
    "stock_movements",
    "throttles",
]
