"""An invoice as table rows and events, with ids that a replay repeats.

Pure: stock levels go in and are moved, rows come out. One invoice is one order that was paid
immediately, or one refund that names no order, dated at its earliest line.
"""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from shopnow.contracts import EVENT_TYPES, make_event, message_key
from webshop.adapters.messaging.kafka_messages import MAX_EVENT_BYTES
from webshop.domain.catalogue.stock import Reason, StockChange, StockLevel
from webshop.domain.money import format_amount
from webshop.retail_import.invoices import Invoice
from webshop.retail_import.ledger import move
from webshop.retail_import.lines import Line, LineKind, is_service

SOURCE = "retail-import"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://doi.org/10.24432/C5BW33")
_STOCK_REASONS: dict[LineKind, Reason] = {
    LineKind.ORDER: "sale",
    LineKind.REFUND: "return",
    LineKind.ADJUSTMENT: "adjustment",
}

Row = dict[str, Any]


class EventTooLarge(Exception):
    """An invoice of which one event could never be published."""

    def __init__(self, invoice: str, lines: int, size: int) -> None:
        super().__init__(
            f"Invoice {invoice} ({lines:,} lines) is rejected: its event would have {size:,} bytes,"
            f" Kafka accepts {MAX_EVENT_BYTES:,}."
        )
        self.invoice = invoice


@dataclass
class Product:
    """What an import knows of a product: its name, and its stock unless it is a service."""

    name: str
    level: StockLevel | None


class Records:
    """Rows by table name, for one batch of invoices; fill with `add`."""

    def __init__(self, currency: str, products: dict[str, Product]) -> None:
        self.rows: defaultdict[str, list[Row]] = defaultdict(list)
        self._currency = currency
        self._products = products

    def add(self, invoice: Invoice) -> None:
        """Add one invoice and move the stock of its products.

        Raises ContractError when an event would break its contract, EventTooLarge when Kafka would
        not accept it, KeyError for an unknown sku.
        """
        before = len(self.rows["outbox"])
        ordered, refunded = invoice.of_kind(LineKind.ORDER), invoice.of_kind(LineKind.REFUND)
        order_id = self._add_order(invoice.number, ordered) if ordered else None
        refund_id = self._add_refund(invoice.number, refunded) if refunded else None
        for position, line in enumerate(invoice.lines, start=1):
            self._add_movements(line, position)
        size = max(
            (len(row["payload"].encode()) for row in self.rows["outbox"][before:]), default=0
        )
        if size > MAX_EVENT_BYTES:
            raise EventTooLarge(invoice.number, len(invoice.lines), size)
        self.rows["retail_invoices"].append(
            {
                "invoice_no": invoice.number,
                "kind": "order" if ordered else "refund" if refunded else "adjustment",
                "invoiced_at": _earliest(invoice.lines),
                "order_id": order_id,
                "refund_id": refund_id,
                "order_lines": len(ordered),
                "refund_lines": len(refunded),
                "adjustments": len(invoice.of_kind(LineKind.ADJUSTMENT)),
                "rejected": invoice.rejected.total(),
                "content_hash": invoice.content_hash,
            }
        )

    def _add_order(self, number: str, lines: list[Line]) -> uuid.UUID:
        order_id, payment_id = _id("order", number), _id("payment", number)
        at = _earliest(lines)
        sold = list(self._sold(lines))
        total: Decimal = sum((row["amount"] for row in sold), Decimal(0))
        order = {
            "order_id": order_id,
            "order_number": number,
            "customer_id": _first(line.customer_id for line in lines),
            "channel": "import",
            "country": _first(line.country for line in lines),
            "currency": self._currency,
            "gross_amount": total,
            "discount_amount": Decimal(0),
            "shipping_amount": Decimal(0),
            "tax_amount": Decimal(0),
            "total_amount": total,
        }
        payment = {
            "payment_id": payment_id,
            "order_id": order_id,
            "amount": total,
            "currency": self._currency,
            "method": "unknown",
            "provider": SOURCE,
        }
        self.rows["orders"].append({**order, "status": "paid", "placed_at": at, "paid_at": at})
        self.rows["order_lines"] += [{"order_id": order_id, **row} for row in sold]
        self.rows["payments"].append({**payment, "status": "succeeded"})
        placed = {**order, "cart_id": None, "session_id": None, "lines": sold}
        self._add_event("order_placed", placed, at, f"order_placed:{number}")
        self._add_event("order_paid", payment, at, f"order_paid:{number}")
        return order_id

    def _add_refund(self, number: str, lines: list[Line]) -> uuid.UUID:
        refund_id = _id("refund", number)
        at = _earliest(lines)
        returned = list(self._sold(lines))
        refund = {
            "refund_id": refund_id,
            "order_id": None,
            "refund_number": number,
            "customer_id": _first(line.customer_id for line in lines),
            "country": _first(line.country for line in lines),
            "currency": self._currency,
            "amount": sum((row["amount"] for row in returned), Decimal(0)),
            "reason": "cancellation invoice",
        }
        self.rows["refunds"].append({**refund, "channel": "import", "refunded_at": at})
        self.rows["refund_lines"] += [{"refund_id": refund_id, **row} for row in returned]
        payload = {**refund, "lines": returned}
        self._add_event("order_refunded", payload, at, f"order_refunded:{number}")
        return refund_id

    def _sold(self, lines: list[Line]) -> Iterator[Row]:
        """Order or refund lines as the tables and the events have them, quantities positive."""
        for line_number, line in enumerate(lines, start=1):
            quantity = abs(line.quantity)
            yield {
                "line_number": line_number,
                "sku": line.sku,
                "product_name": line.name or self._products[line.sku].name,
                "kind": "service" if is_service(line.sku) else "product",
                "quantity": quantity,
                "unit_price": line.price,
                "amount": quantity * line.price,
            }

    def _add_movements(self, line: Line, position: int) -> None:
        product = self._products[line.sku]
        quantity = line.quantity if line.kind is LineKind.ADJUSTMENT else -line.quantity
        if product.level is None or quantity == 0:
            return  # a service has no stock; an adjustment of nothing moves nothing
        for change in move(product.level, quantity, _STOCK_REASONS[line.kind], line.invoice):
            product.level = change.after
            self._add_movement(line, position, change, line.name or product.name)

    def _add_movement(self, line: Line, position: int, change: StockChange, name: str) -> None:
        event_name = f"stock_changed:{line.invoice}:{position}:{change.reason}"
        movement = change.as_movement()
        self.rows["stock_movements"].append(
            {**movement, "occurred_at": line.at, "event_id": _id(event_name)}
        )
        reorder_point = change.after.reorder_point
        payload = {**movement, "product_name": name, "reorder_point": reorder_point}
        self._add_event("stock_changed", payload, line.at, event_name)

    def _add_event(self, event_type: str, payload: Row, at: datetime, name: str) -> None:
        event = make_event(
            event_type, _plain(payload), source=SOURCE, occurred_at=at, event_id=_id(name)
        )
        self.rows["outbox"].append(
            {
                "id": event["event_id"],
                "aggregatetype": EVENT_TYPES[event_type].aggregate,
                "aggregateid": message_key(event),
                "type": event_type,
                "payload": json.dumps(event, ensure_ascii=False),
            }
        )


def _id(*names: str) -> uuid.UUID:
    return uuid.uuid5(_NAMESPACE, ":".join(names))


def _earliest(lines: tuple[Line, ...] | list[Line]) -> datetime:
    return min(line.at for line in lines)


def _first(values: Iterator[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _plain(value: Any) -> Any:
    """A payload as JSON has it: amounts as decimal strings with 2 to 4 decimals, ids as text."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return format_amount(value)
    return str(value) if isinstance(value, uuid.UUID) else value
