"""What one row of the Online Retail data set is: the rules, in the order in which they apply.

1. Invoice number begins with A: accounting (bad debt), rejected.
2. Missing or malformed field: rejected, with the reason.
3. Price ≤ 0: a stock adjustment of the signed quantity.
4. Invoice number begins with C: a refund line; its quantity has to be negative.
5. Quantity > 0: an order line. Anything else is rejected.

Amounts are read in the shop's currency, times in the shop's local time zone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

COLUMNS = (
    "InvoiceNo",
    "StockCode",
    "Description",
    "Quantity",
    "InvoiceDate",
    "UnitPrice",
    "CustomerID",
    "Country",
)

# Ten times the largest values of the whole data set (80,995 pieces, 38,970.00): beyond is a typo.
MAX_QUANTITY = 1_000_000
MAX_PRICE = Decimal(1_000_000)
PRICE_DECIMALS = 4
MAX_LENGTHS = {
    "InvoiceNo": 32,
    "StockCode": 64,
    "Description": 200,
    "CustomerID": 64,
    "Country": 64,
}

_INTEGER = re.compile(r"[+-]?\d{1,18}")
_DECIMAL = re.compile(r"[+-]?\d{1,18}(\.\d{1,18})?")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")

# Codes of postage, discounts, fees and vouchers. Everything else is a product with stock, also the
# codes without five digits in front (DCGS0076 "SUNJAR LED NIGHT LIGHT", PADS).
_SERVICE_CODES = frozenset(
    {"ADJUST", "ADJUST2", "AMAZONFEE", "B", "BANK CHARGES", "C2", "C3", "CRUK", "D", "DOT", "GIFT",
     "M", "POST", "S"}
)  # fmt: skip
_SERVICE_PREFIXES = ("GIFT_",)


class LineKind(StrEnum):
    """What a row becomes."""

    ORDER = "order line"
    REFUND = "refund line"
    ADJUSTMENT = "adjustment"


class Reason(StrEnum):
    """Why a row is rejected; the value is what the summary prints."""

    ACCOUNTING = "accounting (invoice A…)"
    COLUMNS = "wrong number of columns"
    UNPRINTABLE = "control character in a field"
    TOO_LONG = "text too long"
    NO_INVOICE = "no invoice number"
    NO_CODE = "no stock code"
    BAD_QUANTITY = "quantity is not a whole number"
    LARGE_QUANTITY = "quantity too large"
    BAD_PRICE = "price is not a number"
    PRICE_SCALE = "price has more than 4 decimals"
    LARGE_PRICE = "price too large"
    BAD_DATE = "date is not a date and time"
    REFUND_QUANTITY = "refund line whose quantity is not negative"
    ORDER_QUANTITY = "order line whose quantity is not positive"
    LARGE_INVOICE = "invoice larger than an order may be"
    LARGE_EVENT = "invoice whose event would be larger than Kafka accepts"
    CHANGED_INVOICE = "invoice imported before with other lines"


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as the file has it: its number (the header is row 1) and its fields, stripped."""

    number: int
    fields: Sequence[str]

    @property
    def invoice(self) -> str:
        """The invoice number, empty when the row has none."""
        return self.fields[0] if self.fields else ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row that can be imported. `quantity` is signed as in the file; `at` is UTC."""

    kind: LineKind
    invoice: str
    sku: str
    name: str
    quantity: int
    price: Decimal
    at: datetime
    customer_id: str | None
    country: str | None


def is_service(sku: str) -> bool:
    """Whether a code is postage, a discount, a fee or a voucher: sold, but without stock."""
    code = sku.upper()
    return code in _SERVICE_CODES or code.startswith(_SERVICE_PREFIXES)


def read_line(row: RawRow, timezone: str) -> Line | Reason:
    """Classify one row; a `Reason` says why it cannot be imported."""
    if row.invoice.upper().startswith("A"):
        return Reason.ACCOUNTING
    if len(row.fields) != len(COLUMNS):
        return Reason.COLUMNS
    values = dict(zip(COLUMNS, row.fields, strict=True))
    problem = _text_problem(values)
    if problem is not None:
        return problem
    quantity = _quantity(values["Quantity"])
    if isinstance(quantity, Reason):
        return quantity
    price = _price(values["UnitPrice"])
    if isinstance(price, Reason):
        return price
    at = local_to_utc(values["InvoiceDate"], timezone)
    if at is None:
        return Reason.BAD_DATE
    kind = _kind(values["InvoiceNo"], quantity, price)
    if isinstance(kind, Reason):
        return kind
    return Line(
        kind=kind,
        invoice=values["InvoiceNo"],
        sku=values["StockCode"],
        name=values["Description"],
        quantity=quantity,
        price=price,
        at=at,
        customer_id=_customer(values["CustomerID"]),
        country=values["Country"] or None,
    )


@lru_cache(maxsize=4096)
def local_to_utc(text: str, timezone: str) -> datetime | None:
    """A local time of the shop in UTC; None when it is no date and time.

    An hour that exists twice is its first occurrence; one that a clock change skips moves forward
    by the change (02:30 in Paris on a March Sunday is 03:30 summer time).
    """
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        return None
    if len(text) < len("2010-12-01 08:26") or not 1970 <= local.year <= 2200:
        return None
    if local.tzinfo is None:
        local = local.replace(tzinfo=ZoneInfo(timezone), fold=0)
    return local.astimezone(UTC)


def _kind(invoice: str, quantity: int, price: Decimal) -> LineKind | Reason:
    if price <= 0:
        return LineKind.ADJUSTMENT
    if invoice.upper().startswith("C"):
        return LineKind.REFUND if quantity < 0 else Reason.REFUND_QUANTITY
    return LineKind.ORDER if quantity > 0 else Reason.ORDER_QUANTITY


def _text_problem(values: dict[str, str]) -> Reason | None:
    if not values["InvoiceNo"]:
        return Reason.NO_INVOICE
    if not values["StockCode"]:
        return Reason.NO_CODE
    if any(_UNPRINTABLE.search(value) for value in values.values()):
        return Reason.UNPRINTABLE
    if any(len(values[column]) > limit for column, limit in MAX_LENGTHS.items()):
        return Reason.TOO_LONG
    return None


def _quantity(text: str) -> int | Reason:
    if not _INTEGER.fullmatch(text):
        return Reason.BAD_QUANTITY
    quantity = int(text)
    return quantity if abs(quantity) <= MAX_QUANTITY else Reason.LARGE_QUANTITY


def _price(text: str) -> Decimal | Reason:
    if not _DECIMAL.fullmatch(text):
        return Reason.BAD_PRICE
    price = Decimal(text)
    if price != round(price, PRICE_DECIMALS):
        return Reason.PRICE_SCALE
    return price if abs(price) <= MAX_PRICE else Reason.LARGE_PRICE


def _customer(text: str) -> str | None:
    """'17850.0' is customer 17850 (the file was once a column of floats); blank is a guest."""
    return text.removesuffix(".0") or None
