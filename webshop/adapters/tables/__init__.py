"""Every table of the shop's database: schema `shop` (facts and outbox) and `kpi` (indicators).

SQLAlchemy Core tables, the one description that repositories, importer and KPI loader build their
statements from. The Alembic migrations create them; a test compares the two.

Money is numeric(18,4), times are timestamptz (UTC), quantities are whole units.
"""

from webshop.adapters.tables.base import KPI, SHOP, metadata
from webshop.adapters.tables.kpis import (
    kpi_daily_product_sales,
    kpi_daily_sales,
    kpi_daily_stockouts,
    kpi_load_progress,
)
from webshop.adapters.tables.messages import idempotency_keys, outbox
from webshop.adapters.tables.orders import (
    cart_items,
    carts,
    customers,
    order_lines,
    order_numbers,
    orders,
    refund_lines,
    refunds,
    retail_invoices,
)
from webshop.adapters.tables.payments import payment_events, payments
from webshop.adapters.tables.stock import products, stock, stock_alerts, stock_movements

__all__ = [
    "KPI",
    "SHOP",
    "cart_items",
    "carts",
    "customers",
    "idempotency_keys",
    "kpi_daily_product_sales",
    "kpi_daily_sales",
    "kpi_daily_stockouts",
    "kpi_load_progress",
    "metadata",
    "order_lines",
    "order_numbers",
    "orders",
    "outbox",
    "payment_events",
    "payments",
    "products",
    "refund_lines",
    "refunds",
    "retail_invoices",
    "stock",
    "stock_alerts",
    "stock_movements",
]
