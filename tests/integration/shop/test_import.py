"""The retail import on the real servers: killed, repeated, side by side with itself."""

import csv
import gzip
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from shopnow.settings import REPO_ROOT

pytestmark = pytest.mark.integration

EXAMPLE = REPO_ROOT / "ops/demo/data/2010-12.csv.gz"
SHOPNOW = Path(sys.executable).with_name("shopnow")

COUNTS = """
SELECT (SELECT count(*) FROM shop.orders) AS orders,
       (SELECT count(*) FROM shop.order_lines) AS order_lines,
       (SELECT count(*) FROM shop.refunds) AS refunds,
       (SELECT count(*) FROM shop.stock_movements) AS movements,
       (SELECT count(*) FROM shop.outbox) AS events,
       (SELECT count(*) FROM shop.retail_invoices) AS invoices
"""

BROKEN_LEDGERS = """
SELECT stock.sku FROM shop.stock LEFT JOIN (
    SELECT sku, sum(on_hand_after - on_hand_before) AS on_hand, count(*) AS changes,
           max(version) AS version,
           count(*) FILTER (WHERE on_hand_before IS DISTINCT FROM previous) AS gaps
      FROM (SELECT *, coalesce(lag(on_hand_after) OVER (PARTITION BY sku ORDER BY version), 0)
                   AS previous
              FROM shop.stock_movements) AS chained GROUP BY sku) AS ledger USING (sku)
 WHERE stock.on_hand <> coalesce(ledger.on_hand, 0) OR stock.version <> coalesce(ledger.version, 0)
    OR ledger.version <> ledger.changes OR ledger.gaps > 0
"""


def tagged_file(folder: Path, tag: str, rows: int = 7_000) -> Path:
    """The first rows of the example as another shop might send them: own numbers, codes, year.

    A tag needs a letter beyond F, or it would be found in random ids too.

    Two tags give files that differ in nothing else, so what they become can be compared.
    """
    path = folder / f"{tag}.csv"
    with gzip.open(EXAMPLE, "rt", newline="") as source, path.open("w", newline="") as target:
        reader = csv.DictReader(source)
        writer = csv.DictWriter(target, reader.fieldnames or [])
        writer.writeheader()
        for _, row in zip(range(rows), reader, strict=False):
            number = row["InvoiceNo"]
            row["InvoiceNo"] = f"C{tag}{number[1:]}" if number[0] == "C" else f"{tag}{number}"
            if row["StockCode"][0].isdigit():
                row["StockCode"] = f"{tag}{row['StockCode']}"
            row["InvoiceDate"] = row["InvoiceDate"].replace("2010-", "2013-")
            writer.writerow(row)
    return path


def outcome(database: psycopg.Connection, tag: str) -> dict[str, list]:
    """Everything that the import of a tagged file left behind, without its tag."""
    queries = {
        "stock": "SELECT replace(sku, %(tag)s, ''), on_hand, version FROM shop.stock"
        " WHERE sku LIKE %(like)s ORDER BY 1",
        "movements": "SELECT replace(sku, %(tag)s, ''), version, reason, quantity, on_hand_after,"
        " replace(reference, %(tag)s, ''), occurred_at FROM shop.stock_movements"
        " WHERE sku LIKE %(like)s ORDER BY 1, 2",
        "orders": "SELECT replace(order_number, %(tag)s, ''), customer_id, total_amount, paid_at,"
        " (SELECT count(*) FROM shop.order_lines AS line WHERE line.order_id = orders.order_id),"
        " (SELECT sum(amount) FROM shop.payments WHERE payments.order_id = orders.order_id)"
        " FROM shop.orders WHERE order_number LIKE %(like)s ORDER BY 1",
        "refunds": "SELECT replace(refund_number, %(tag)s, ''), amount, refunded_at"
        " FROM shop.refunds WHERE refund_number LIKE %(refund)s ORDER BY 1",
        "events": "SELECT type, count(*), count(DISTINCT id) FROM shop.outbox"
        " WHERE payload::text LIKE %(anywhere)s GROUP BY 1 ORDER BY 1",
    }
    names = {"tag": tag, "like": f"{tag}%", "refund": f"C{tag}%", "anywhere": f"%{tag}%"}
    with database.cursor(row_factory=psycopg.rows.tuple_row) as cursor:
        return {name: cursor.execute(query, names).fetchall() for name, query in queries.items()}


def wait_until(holds: Callable[[], bool], timeout_s: float = 120) -> None:
    deadline = time.monotonic() + timeout_s
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def test_an_import_killed_twice_ends_as_one_that_ran_through(stack, database, tmp_path):
    stack.shopnow("import-retail", str(tagged_file(tmp_path, "X7101")))
    killed = tagged_file(tmp_path, "X7102")

    def imported() -> int:
        query = "SELECT count(*) AS n FROM shop.retail_invoices WHERE invoice_no LIKE '%%X7102%%'"
        return database.execute(query).fetchone()["n"]

    for _ in range(2):
        before = imported()
        process = subprocess.Popen([str(SHOPNOW), "import-retail", str(killed)])
        try:
            wait_until(lambda before=before: imported() > before)
        finally:
            process.kill()
            process.wait()
    stack.shopnow("import-retail", str(killed))

    assert outcome(database, "X7102") == outcome(database, "X7101")
    assert database.execute(BROKEN_LEDGERS).fetchall() == []


def test_the_example_month_is_accounted_for_row_by_row_and_imports_once(stack, database):
    stack.shopnow("import-retail", str(EXAMPLE))
    before = database.execute(COUNTS).fetchone()

    printed = stack.shopnow("import-retail", str(EXAMPLE)).stdout

    summary = {line[:20].strip(): line.split()[-1] for line in printed.splitlines() if line[20:]}
    assert summary["rows read"] == summary["+ already imported"] == "42,481"
    assert summary["= order lines"] == summary["+ refund lines"] == summary["+ rejected"] == "0"
    assert database.execute(COUNTS).fetchone() == before
    assert database.execute(BROKEN_LEDGERS).fetchall() == []


def test_two_imports_at_once_take_turns(stack, database, tmp_path):
    path = tagged_file(tmp_path, "X7103", rows=3_000)
    command = [str(SHOPNOW), "import-retail", str(path)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    printed = [process.communicate(timeout=300)[0] for process in both]

    assert [process.returncode for process in both] == [0, 0]
    assert sum("already imported 3,000" in " ".join(text.split()) for text in printed) == 1
    assert database.execute(BROKEN_LEDGERS).fetchall() == []


def test_an_invoice_that_comes_again_with_other_lines_is_rejected(stack, database, tmp_path):
    path = tagged_file(tmp_path, "X7104", rows=20)
    stack.shopnow("import-retail", str(path))
    before = outcome(database, "X7104")
    path.write_text(path.read_text().replace(",6,2013-", ",7,2013-"))

    printed = stack.shopnow("import-retail", str(path)).stdout

    assert "invoice imported before with other lines" in printed
    assert outcome(database, "X7104") == before


def test_a_damaged_file_changes_nothing_and_says_where(stack, database, tmp_path):
    path = tmp_path / "cut.csv.gz"
    path.write_bytes(EXAMPLE.read_bytes()[:50_000])
    good = tagged_file(tmp_path, "X7105", rows=20)
    before = database.execute(COUNTS).fetchone()

    done = stack.shopnow("import-retail", str(good), str(path), check=False)

    assert done.returncode == 2
    assert "cut.csv.gz: unreadable after row" in done.stderr
    assert database.execute(COUNTS).fetchone() == before
