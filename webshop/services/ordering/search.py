"""Orders and customers as staff look through them. No rule stands between: the adapters answer."""

from webshop.adapters.ordering.order_search import find_customers, find_orders

__all__ = ["find_customers", "find_orders"]
