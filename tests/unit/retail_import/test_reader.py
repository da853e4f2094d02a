"""Files: what is readable, and how rows come together as invoices."""

import gzip
from pathlib import Path

import pytest

from shopnow.settings import REPO_ROOT
from webshop.retail_import.reader import UnreadableFile, check_file

HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
EXAMPLE = REPO_ROOT / "ops/demo/data/2010-12.csv.gz"


def line(invoice: str, sku: str = "1") -> str:
    return f"{invoice},{sku},THING,1,2010-12-01 08:00:00,1.00,,France\n"


def file(folder: Path, text: str) -> Path:
    path = folder / "rows.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_invoice_scattered_over_the_file_comes_whole(tmp_path):
    rows = line("1", "a") + line("2", "b") + line("1", "c") + line("3", "d") + line("2", "e")
    read = check_file(file(tmp_path, HEADER + rows))
    invoices = [[row.fields[1] for row in rows] for rows in read.invoices()]
    assert read.rows == 5
    assert invoices == [["a", "c"], ["d"], ["b", "e"]]


def test_columns_may_come_in_another_order_and_after_a_byte_order_mark(tmp_path):
    header = (
        "\ufeffStockCode,InvoiceNo,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
    )
    row = "85123A,536365,HEART,6,2010-12-01 08:26:00,2.55,,France\n"
    (rows,) = check_file(file(tmp_path, header + row)).invoices()
    assert rows[0].fields[:2] == ["536365", "85123A"]


def test_compression_is_told_by_content_not_by_name(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_bytes(gzip.compress((HEADER + line("1")).encode()))
    assert check_file(path).rows == 1


def test_blank_lines_are_no_rows_and_rows_without_invoice_come_alone(tmp_path):
    read = check_file(file(tmp_path, HEADER + line("") + "\n" + line("")))
    assert read.rows == 2
    assert [len(rows) for rows in read.invoices()] == [1, 1]


def test_a_truncated_archive_is_known_before_anything_is_imported(tmp_path):
    path = tmp_path / "cut.csv.gz"
    path.write_bytes(EXAMPLE.read_bytes()[:100_000])
    with pytest.raises(UnreadableFile, match=r"cut\.csv\.gz: unreadable after row"):
        check_file(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"a,b,c\n1,2,3\n", "expected InvoiceNo,StockCode"),
        (HEADER.encode() + b"1,2,\xa3 5,1,2010-12-01 08:00:00,1,,\n", "not UTF-8"),
        (b"\x1f\x8bgarbage", "unreadable"),
    ],
)
def test_what_is_no_retail_file_is_refused_by_name_and_cause(tmp_path, content, message):
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=message):
        check_file(path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match="No such file"):
        check_file(tmp_path / "missing.csv")


def test_the_example_month_has_the_rows_that_its_notes_say():
    read = check_file(EXAMPLE)
    assert read.rows == 42_481
    assert sum(len(rows) for rows in read.invoices()) == read.rows


def test_a_quote_that_is_never_closed_does_not_swallow_the_rest_in_silence(tmp_path):
    rows = line("1") + '2,a,"OPEN,1,2010-12-01 08:00:00,1.00,,France\n' + line("3") * 20
    with pytest.raises(UnreadableFile, match="row 3 goes from line 3 to 23"):
        check_file(file(tmp_path, HEADER + rows))
