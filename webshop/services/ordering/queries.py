"""What pages read of carts and orders. No rule stands between: the adapters answer."""

from webshop.adapters.ordering.carts import find_open_cart
from webshop.adapters.ordering.order_history import OrderSummary, find_orders
from webshop.adapters.ordering.orders import get_history, get_payments, get_promotion_label
from webshop.adapters.ordering.refunds import get_refund_lines, get_refunds
from webshop.adapters.ordering.returns import find_returns, get_returns

__all__ = [
    "OrderSummary",
    "find_open_cart",
    "find_orders",
    "find_returns",
    "get_history",
    "get_payments",
    "get_promotion_label",
    "get_refund_lines",
    "get_refunds",
    "get_returns",
]
