"""An invoice as rows and events."""

import json
from collections import defaultdict
from decimal import Decimal

from shopnow.contracts import validate
from shopnow.settings import REPO_ROOT
from webshop.domain.catalogue.stock import StockLevel
from webshop.retail_import.invoices import read_invoice
from webshop.retail_import.lines import LineKind, RawRow, Reason, is_service
from webshop.retail_import.reader import check_file
from webshop.retail_import.records import Product, Records

PARIS = "Europe/Paris"


class AnyProducts(defaultdict):
    """Products on first sight, as the loader creates them: without units, no stock for a
    service.
    """

    def __missing__(self, sku: str) -> Product:
        self[sku] = Product(sku, None if is_service(sku) else StockLevel(sku, sku, 0, 0, 20, 0))
        return self[sku]


def invoice(*rows: str):
    return read_invoice([RawRow(n, row.split("|")) for n, row in enumerate(rows, 2)], PARIS)


def records(*invoices) -> Records:
    found = Records("EUR", AnyProducts())
    for one in invoices:
        found.add(one)
    return found


def events(found: Records) -> list[dict]:
    return [json.loads(row["payload"]) for row in found.rows["outbox"]]


ORDER = (
    "536365|85123A|HEART|6|2010-12-01 08:27:00|2.55|17850.0|United Kingdom",
    "536365|POST|POSTAGE|1|2010-12-01 08:26:00|18.00|17850.0|United Kingdom",
    "536365|85123A|HEART|6|2010-12-01 08:27:00|2.55|17850.0|United Kingdom",
)


def test_an_invoice_is_one_order_paid_at_its_earliest_line_doubles_included():
    found = records(invoice(*ORDER))
    (order,) = found.rows["orders"]
    assert order["status"] == "paid"
    assert order["total_amount"] == Decimal("48.60")
    assert order["placed_at"] == order["paid_at"]
    assert order["paid_at"].isoformat() == "2010-12-01T07:26:00+00:00"
    assert len(found.rows["order_lines"]) == 3
    kinds = [event["event_type"] for event in events(found)]
    assert kinds == ["order_placed", "order_paid", *["stock_changed"] * 3]
    placed, paid = events(found)[:2]
    assert placed["payload"]["gross_amount"] == paid["payload"]["amount"] == "48.60"
    assert placed["occurred_at"] == paid["occurred_at"] == "2010-12-01T07:26:00.000000Z"


def test_a_service_is_sold_without_stock():
    found = records(invoice(*ORDER))
    assert {row["sku"] for row in found.rows["stock_movements"]} == {"85123A"}
    assert [row["kind"] for row in found.rows["order_lines"]] == ["product", "service", "product"]


def test_a_cancellation_is_a_refund_without_an_order_and_puts_stock_back():
    found = records(invoice("C1|22139|TEAPOT|-4|2010-12-02 09:00:00|3.25||France"))
    (refund,) = found.rows["refunds"]
    assert (refund["order_id"], refund["amount"]) == (None, Decimal("13.00"))
    (line,) = found.rows["refund_lines"]
    assert line["quantity"] == 4
    (movement,) = found.rows["stock_movements"]
    assert (movement["reason"], movement["quantity"]) == ("return", 4)


def test_a_correction_moves_stock_by_its_signed_quantity():
    found = records(invoice("2|22139||-10|2010-12-02 09:00:00|0.0||United Kingdom"))
    assert [(m["reason"], m["quantity"]) for m in found.rows["stock_movements"]] == [
        ("restock", 250),
        ("adjustment", -10),
    ]
    assert found.rows["orders"] == []
    assert found.rows["retail_invoices"][0]["adjustments"] == 1


def test_rows_that_cannot_be_read_do_not_stop_the_rest_of_the_invoice():
    one = invoice(ORDER[0], "536365|85123A|HEART|x|2010-12-01 08:27:00|2.55||France")
    assert len(one.lines) == 1
    assert one.rejected == {Reason.BAD_QUANTITY: 1}


def test_an_invoice_too_large_for_an_order_is_rejected_whole():
    row = "9|1|THING|1000000|2010-12-01 08:00:00|1000000||France"
    one = invoice(*[row] * 100)
    assert one.lines == ()
    assert one.rejected == {Reason.LARGE_INVOICE: 100}


def test_the_content_hash_sees_every_row_but_not_their_order():
    one, other = invoice(*ORDER), invoice(*reversed(ORDER))
    assert one.content_hash == other.content_hash
    assert invoice(*ORDER[:2]).content_hash != one.content_hash


def test_a_replay_gives_the_same_rows_and_event_ids():
    assert records(invoice(*ORDER)).rows == records(invoice(*ORDER)).rows


def test_the_example_month_becomes_valid_events_of_unique_ids():
    invoices = [read_invoice(rows, PARIS) for rows in check_file(EXAMPLE).invoices()]
    lines = [line for one in invoices for line in one.lines]
    assert [sum(line.kind is kind for line in lines) for kind in LineKind] == [41_480, 728, 273]
    found = records(*invoices[:30])
    for event in events(found):
        validate(event)
    ids = [row["id"] for row in found.rows["outbox"]]
    assert len(set(ids)) == len(ids)


EXAMPLE = REPO_ROOT / "ops/demo/data/2010-12.csv.gz"
