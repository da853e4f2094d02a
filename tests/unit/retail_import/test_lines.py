"""Each rule of the import, on one row."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from webshop.retail_import.lines import Line, LineKind, RawRow, Reason, is_service, read_line

PARIS = "Europe/Paris"


def row(**changed: str) -> RawRow:
    fields = {
        "InvoiceNo": "536365",
        "StockCode": "85123A",
        "Description": "WHITE HANGING HEART",
        "Quantity": "6",
        "InvoiceDate": "2010-12-01 08:26:00",
        "UnitPrice": "2.55",
        "CustomerID": "17850.0",
        "Country": "United Kingdom",
    }
    return RawRow(2, list((fields | changed).values()))


def read(**changed: str) -> Line | Reason:
    return read_line(row(**changed), PARIS)


def test_a_sale_is_an_order_line_with_its_customer_number_and_utc_time():
    assert read() == Line(
        kind=LineKind.ORDER,
        invoice="536365",
        sku="85123A",
        name="WHITE HANGING HEART",
        quantity=6,
        price=Decimal("2.55"),
        at=datetime(2010, 12, 1, 7, 26, tzinfo=UTC),
        customer_id="17850",
        country="United Kingdom",
    )


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"InvoiceNo": "C536379", "Quantity": "-1"}, LineKind.REFUND),
        ({"UnitPrice": "0.0", "Quantity": "-10"}, LineKind.ADJUSTMENT),
        ({"UnitPrice": "0", "Quantity": "56"}, LineKind.ADJUSTMENT),
        ({"InvoiceNo": "C536379", "UnitPrice": "0", "Quantity": "-1"}, LineKind.ADJUSTMENT),
        ({"UnitPrice": "-11062.06", "StockCode": "B"}, LineKind.ADJUSTMENT),
        ({"UnitPrice": "0.001", "StockCode": "PADS"}, LineKind.ORDER),
        ({"UnitPrice": "2.5500000"}, LineKind.ORDER),
    ],
)
def test_what_a_row_becomes(changed, kind):
    line = read(**changed)
    assert isinstance(line, Line)
    assert line.kind is kind


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"InvoiceNo": "A563185", "UnitPrice": "-11062.06"}, Reason.ACCOUNTING),
        ({"InvoiceNo": "A563185", "UnitPrice": "nonsense"}, Reason.ACCOUNTING),
        ({"InvoiceNo": ""}, Reason.NO_INVOICE),
        ({"StockCode": ""}, Reason.NO_CODE),
        ({"Quantity": "six"}, Reason.BAD_QUANTITY),
        ({"Quantity": "1.5"}, Reason.BAD_QUANTITY),
        ({"Quantity": "1000001"}, Reason.LARGE_QUANTITY),
        ({"UnitPrice": ""}, Reason.BAD_PRICE),
        ({"UnitPrice": "NaN"}, Reason.BAD_PRICE),
        ({"UnitPrice": "1e3"}, Reason.BAD_PRICE),
        ({"UnitPrice": "0.00001"}, Reason.PRICE_SCALE),
        ({"UnitPrice": "1000000.01"}, Reason.LARGE_PRICE),
        ({"InvoiceDate": "2010-13-01 08:26:00"}, Reason.BAD_DATE),
        ({"InvoiceDate": "2010-12-01"}, Reason.BAD_DATE),
        ({"InvoiceDate": "yesterday at noon"}, Reason.BAD_DATE),
        ({"InvoiceNo": "C536379", "Quantity": "1"}, Reason.REFUND_QUANTITY),
        ({"InvoiceNo": "C536379", "Quantity": "0"}, Reason.REFUND_QUANTITY),
        ({"Quantity": "-1"}, Reason.ORDER_QUANTITY),
        ({"Quantity": "0"}, Reason.ORDER_QUANTITY),
        ({"Description": "NUL\x00"}, Reason.UNPRINTABLE),
        ({"StockCode": "X" * 65}, Reason.TOO_LONG),
    ],
)
def test_why_a_row_is_rejected(changed, reason):
    assert read(**changed) is reason


def test_a_row_of_another_width_is_rejected():
    assert read_line(RawRow(2, ["536365", "85123A"]), PARIS) is Reason.COLUMNS


def test_a_blank_customer_is_a_guest():
    line = read(CustomerID="")
    assert isinstance(line, Line)
    assert line.customer_id is None


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2011-03-27 02:30:00", datetime(2011, 3, 27, 1, 30, tzinfo=UTC)),  # skipped: 03:30 CEST
        ("2011-10-30 02:30:00", datetime(2011, 10, 30, 0, 30, tzinfo=UTC)),  # twice: the first
        ("2011-07-01 00:10:00", datetime(2011, 6, 30, 22, 10, tzinfo=UTC)),
    ],
)
def test_local_times_around_clock_changes(local, utc):
    line = read(InvoiceDate=local)
    assert isinstance(line, Line)
    assert line.at == utc


@pytest.mark.parametrize("code", ["POST", "m", "BANK CHARGES", "gift_0001_40", "AMAZONFEE", "CRUK"])
def test_fees_and_vouchers_are_services(code):
    assert is_service(code)


@pytest.mark.parametrize("code", ["85123A", "DCGS0076", "PADS", "22139"])
def test_things_on_a_shelf_are_products(code):
    assert not is_service(code)
