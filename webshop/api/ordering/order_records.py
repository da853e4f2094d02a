"""How an order looks in answers: what was bought, paid and paid back, and what may come."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ConfigDict, Field
from sqlalchemy import Connection

from webshop.api.http.current import now
from webshop.api.records import Moment, Money, Record
from webshop.api.views import picture_path
from webshop.domain.ordering.orders import Order, OrderStatus
from webshop.domain.ordering.payments import Language, PaymentStatus
from webshop.domain.ordering.pricing import ShippingCode
from webshop.domain.ordering.returns import Return, ReturnStatus
from webshop.services.ordering.queries import (
    get_history,
    get_payments,
    get_promotion_label,
    get_refund_lines,
    get_refunds,
    get_returns,
)
from webshop.services.ordering.returns import returnable_units


class LineRecord(Record):
    """A line; `discount` is its share of the order's, `returnable` what can be sent back."""

    line_number: int
    sku: str
    name: str
    image: str
    quantity: int
    unit_price: Money
    amount: Money
    discount: Money
    vat_rate: Money
    returnable: int


class AddressRecord(Record):
    """Where the order goes."""

    line1: str
    line2: str | None
    postal_code: str
    city: str


class RecipientRecord(Record):
    """Who ordered, and where it goes."""

    name: str
    email: str
    phone: str | None
    address: AddressRecord
    country: str


class PaymentRecord(Record):
    """An attempt to pay."""

    payment_id: uuid.UUID
    status: PaymentStatus
    provider: str
    created_at: Moment


class RefundLineRecord(Record):
    """Units of one of the order's lines that were paid back."""

    line_number: int
    quantity: int
    amount: Money


class RefundRecord(Record):
    """Money that goes back; `shipping` is the part of `amount` that is not for the lines."""

    refund_id: uuid.UUID
    refund_number: str
    amount: Money
    shipping: Money
    reason: str
    created_at: Moment
    lines: list[RefundLineRecord]


class ReturnLineRecord(Record):
    """Units of one of the order's lines."""

    line_number: int
    quantity: int


class ReturnRecord(Record):
    """Units that the customer sends back."""

    return_id: uuid.UUID
    status: ReturnStatus
    reason: str
    requested_at: Moment
    decided_at: Moment | None
    received_at: Moment | None
    lines: list[ReturnLineRecord]


class HistoryRecord(Record):
    """A status that the order came to, and by whom."""

    at: Moment
    status: OrderStatus
    by: str
    note: str | None


class PromotionRecord(Record):
    """A promotion that holds."""

    code: str
    label: str


class Possible(Record):
    """What may be done with the order now."""

    # `return` is a word of Python's; in JSON it has its own name.
    model_config = ConfigDict(
        validate_by_name=True, validate_by_alias=True, serialize_by_alias=True
    )

    cancel: bool
    pay: bool
    return_: bool = Field(alias="return")


class OrderRecord(Record):
    """An order: total = gross − discount + shipping + tax; `vat_included` is contained in it."""

    order_id: uuid.UUID
    order_number: str
    status: OrderStatus
    currency: str
    gross: Money
    discount: Money
    shipping: Money
    tax: Money
    total: Money
    vat_included: Money
    refunded: Money
    shipping_method: ShippingCode
    tracking: str | None
    promotion: PromotionRecord | None
    lines: list[LineRecord]
    recipient: RecipientRecord
    language: Language
    placed_at: Moment
    paid_at: Moment | None
    shipped_at: Moment | None
    cancelled_at: Moment | None
    expires_at: Moment | None
    payments: list[PaymentRecord]
    refunds: list[RefundRecord]
    returns: list[ReturnRecord]
    history: list[HistoryRecord]
    can: Possible

    def as_json(self) -> dict[str, Any]:
        """The JSON values of the answer."""
        return self.model_dump(mode="json", by_alias=True)


class PlacedOrderRecord(OrderRecord):
    """A new order, with the token that opens it without an account."""

    access_token: str


@dataclass(frozen=True)
class _OrderActivity:
    """What happened to an order since it was placed."""

    payments: Sequence[PaymentRecord] = ()
    refunds: Sequence[RefundRecord] = ()
    returns: Sequence[ReturnRecord] = ()
    history: Sequence[HistoryRecord] = ()


def order_view(connection: Connection, order: Order) -> dict[str, Any]:
    """An order with all that happened to it."""
    order_id = order.order_id
    activity = _OrderActivity(
        [PaymentRecord.model_validate(row) for row in get_payments(connection, order_id)],
        _refunds(connection, order_id),
        [return_record(found) for found in get_returns(connection, order_id)],
        [
            HistoryRecord(at=row.at, status=OrderStatus(row.status), by=row.actor, note=row.note)
            for row in get_history(connection, order_id)
        ],
    )
    left = returnable_units(connection, order)
    return _record(connection, order, activity, left).as_json()


def new_order_view(connection: Connection, order: Order, by: str) -> dict[str, Any]:
    """An order that was placed in this transaction: nothing has happened to it yet."""
    placed = HistoryRecord(at=order.placed_at, status=order.status, by=by, note=None)
    left = {line.line_number: line.quantity for line in order.lines}
    return _record(connection, order, _OrderActivity(history=[placed]), left).as_json()


def return_record(found: Return) -> ReturnRecord:
    """A return with its lines."""
    return ReturnRecord(
        return_id=found.return_id,
        status=found.status,
        reason=found.reason,
        requested_at=found.requested_at,
        decided_at=found.decided_at,
        received_at=found.received_at,
        lines=[
            ReturnLineRecord(line_number=number, quantity=quantity)
            for number, quantity in sorted(found.units.items())
        ],
    )


def _refunds(connection: Connection, order_id: uuid.UUID) -> list[RefundRecord]:
    lines = get_refund_lines(connection, order_id)
    return [
        RefundRecord(
            refund_id=row.refund_id,
            refund_number=row.refund_number,
            amount=row.amount,
            shipping=row.shipping_amount,
            reason=row.reason,
            created_at=row.refunded_at,
            lines=[
                RefundLineRecord.model_validate(line)
                for line in lines
                if line.refund_id == row.refund_id
            ],
        )
        for row in get_refunds(connection, order_id)
    ]


def _record(
    connection: Connection, order: Order, activity: _OrderActivity, left: Mapping[int, int]
) -> OrderRecord:
    who = order.recipient
    return OrderRecord(
        order_id=order.order_id,
        order_number=order.order_number,
        status=order.status,
        currency=order.currency,
        gross=order.gross,
        discount=order.discount,
        shipping=order.shipping,
        tax=order.tax,
        total=order.total,
        vat_included=order.vat,
        refunded=order.refunded_amount,
        shipping_method=order.shipping_method,
        tracking=order.tracking,
        promotion=_promotion(connection, order.promotion_code),
        lines=[
            LineRecord(
                line_number=line.line_number,
                sku=line.sku,
                name=line.product_name,
                image=picture_path(line.sku),
                quantity=line.quantity,
                unit_price=line.unit_price,
                amount=line.amount,
                discount=line.discount,
                vat_rate=line.vat_rate,
                returnable=left[line.line_number],
            )
            for line in order.lines
        ],
        recipient=RecipientRecord(
            name=who.name,
            email=who.email,
            phone=who.phone,
            address=AddressRecord.model_validate(who.address),
            country=who.country,
        ),
        language=who.language,
        placed_at=order.placed_at,
        paid_at=order.paid_at,
        shipped_at=order.shipped_at,
        cancelled_at=order.cancelled_at,
        expires_at=order.expires_at,
        payments=list(activity.payments),
        refunds=list(activity.refunds),
        returns=list(activity.returns),
        history=list(activity.history),
        can=_allowed_actions(order, left, now()),
    )


def _allowed_actions(order: Order, left: Mapping[int, int], moment: datetime) -> Possible:
    in_time = order.expires_at is None or order.expires_at > moment
    return Possible(
        cancel=order.is_cancellable,
        pay=order.is_unpaid and in_time,
        return_=order.status is OrderStatus.SHIPPED and any(left.values()),
    )


def _promotion(connection: Connection, code: str | None) -> PromotionRecord | None:
    if code is None:
        return None
    return PromotionRecord(code=code, label=get_promotion_label(connection, code))
