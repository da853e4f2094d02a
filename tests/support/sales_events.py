"""Events of sales with amounts that a test can add up in its head."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.support.event_messages import event

ORDER = "0197f3c2-7b1e-4c58-9a55-00000000000{}"
DAY_1, DAY_2 = date(2026, 11, 20), date(2026, 11, 21)


def event_id(number: int) -> str:
    return f"0a1b2c3d-0000-4000-8000-{number:012d}"


def at(day: date, hour: int = 12) -> str:
    return f"{day.isoformat()}T{hour:02d}:00:00.000000Z"


def line(number: int, sku: str, quantity: int, price: str, kind: str = "product") -> dict[str, Any]:
    return {
        "line_number": number,
        "sku": sku,
        "product_name": f"Product {sku}",
        "kind": kind,
        "quantity": quantity,
        "unit_price": price,
        "amount": f"{Decimal(price) * quantity:.4f}",
    }


def placed(
    number: int, order: int, when: str, *lines: dict[str, Any], **changes: Any
) -> dict[str, Any]:
    gross = sum(Decimal(line["amount"]) for line in lines)
    payload = {
        "order_id": ORDER.format(order),
        "order_number": f"N{order}",
        "cart_id": None,
        "session_id": None,
        "customer_id": f"C{order}",
        "channel": "web",
        "country": "France",
        "currency": "EUR",
        "lines": list(lines),
        "gross_amount": f"{gross:.4f}",
        "discount_amount": "0.00",
        "shipping_amount": "0.00",
        "tax_amount": "0.00",
        "total_amount": f"{gross:.4f}",
        **changes,
    }
    return event("order_placed", payload, event_id=event_id(number), occurred_at=when)


def paid(number: int, order: int, when: str) -> dict[str, Any]:
    payload = {
        "order_id": ORDER.format(order),
        "payment_id": event_id(number + 500),
        "amount": "1.00",
        "currency": "EUR",
        "method": "card",
        "provider": "sandbox",
    }
    return event("order_paid", payload, event_id=event_id(number), occurred_at=when)


def refunded(number: int, when: str, *lines: dict[str, Any], **more: Any) -> dict[str, Any]:
    payload = {
        "refund_id": event_id(number + 600),
        "order_id": None,
        "refund_number": f"R{number}",
        "customer_id": None,
        "country": None,
        "currency": "EUR",
        "lines": list(lines),
        "amount": f"{sum(Decimal(line['amount']) for line in lines):.4f}",
        "reason": "returned",
        **more,
    }
    return event("order_refunded", payload, event_id=event_id(number), occurred_at=when)


def stock(
    number: int, sku: str, version: int, before: int, after: int, when: str
) -> dict[str, Any]:
    payload = {
        "sku": sku,
        "product_name": f"Product {sku}",
        "version": version,
        "reason": "sale",
        "reference": None,
        "quantity": after - before,
        "available_before": before,
        "available_after": after,
        "on_hand_before": before,
        "on_hand_after": after,
        "reorder_point": 5,
    }
    return event("stock_changed", payload, event_id=event_id(number), occurred_at=when)
