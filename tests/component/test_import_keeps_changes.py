"""Manual changes stay after further imports."""

import csv
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from alembic.command import downgrade
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import Engine

from shopnow.settings import Settings
from webshop.adapters.catalogue.products import find_range
from webshop.migrate import alembic_config, migrate
from webshop.retail_import import importing
from webshop.retail_import.importing import import_files
from webshop.retail_import.lines import COLUMNS
from webshop.services.catalogue.inventory import count_product, restock_product
from webshop.services.catalogue.products import change_product, create_product

#: Runs imports as a person would.
pytestmark = pytest.mark.slow

DAY = datetime(2010, 12, 1, 9, 0)
BY = {"by": "account:test", "now": datetime(2026, 11, 26, tzinfo=UTC)}


@pytest.fixture(autouse=True)
def settings_of_the_import(
    settings: Settings, database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "get_settings", lambda: settings)


@pytest.fixture
def invoices(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file of order lines `(sku, name, price)`, one invoice a line from a day on."""

    def write(name: str, *lines: tuple[str, str, str], day: int = 0, quantity: int = 3) -> Path:
        path = tmp_path / f"{name}.csv"
        with path.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for number, (sku, label, price) in enumerate(lines):
                at = DAY + timedelta(days=day, minutes=number)
                row = (f"X{name}{number}", sku, label, quantity, at, price, "17850.0", "France")
                writer.writerow(row)
        return path

    return write


def dump(database: Any) -> dict[str, list[Any]]:
    """Every row of every table as it is stored, with the transaction that wrote it."""
    names = database.execute(
        "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('shop', 'kpi')"
    ).fetchall()
    query = sql.SQL("SELECT ctid::text AS place, xmin::text AS writer, * FROM {} ORDER BY ctid")
    found = {
        row["tablename"]: database.execute(
            query.format(sql.Identifier(row["schemaname"], row["tablename"]))
        ).fetchall()
        for row in names
    }
    sequences = "SELECT sequencename, last_value FROM pg_sequences ORDER BY sequencename"
    return found | {"sequences": database.execute(sequences).fetchall()}


def product(engine: Engine, sku: str) -> dict[str, Any]:
    with engine.begin() as connection:
        (row,) = find_range(connection, query=None, sku=sku, after=None, limit=1)
    return dict(row._mapping)


def shown(engine: Engine, sku: str) -> tuple[str, str, bool]:
    found = product(engine, sku)
    return found["name"], str(found["price"].quantize(Decimal("0.01"))), found["active"]


def change(engine: Engine, sku: str, reorder_point: int | None = None, **fields: Any) -> None:
    with engine.begin() as connection:
        change_product(connection, sku, fields, reorder_point, **BY)


def test_the_same_file_again_writes_nothing_whatever_staff_have_changed(
    engine: Engine, database: Any, invoices: Callable[..., Path]
) -> None:
    codes = ("NAME", "PRICE", "CATEGORY", "POINT", "GONE", "COUNT", "STOCKED", "PLAIN")
    path = invoices("A", *((code, f"{code} BY FILE", "2.55") for code in codes))
    import_files([path])
    change(engine, "NAME", name="Lanterne blanche", name_en="White lantern")
    change(engine, "PRICE", price=Decimal("3.10"))
    change(engine, "CATEGORY", category="Salon", description="Une lanterne.")
    change(engine, "POINT", reorder_point=77)
    change(engine, "GONE", active=False)
    with engine.begin() as connection:
        count_product(connection, "COUNT", 5, "inventaire", **BY)
        restock_product(connection, "STOCKED", 40, "BL 12", **BY)
    # Not by way of the shop at all: it was somebody who did it.
    database.execute("UPDATE shop.products SET price = 9 WHERE sku = 'PLAIN'")

    before = dump(database)
    import_files([path])
    import_files([path])

    after = dump(database)
    assert {name for name in before if before[name] != after[name]} == set()
    assert len(before["outbox"]) > len(codes)


def test_a_newer_file_changes_what_nobody_has_changed_and_nothing_else(
    engine: Engine, invoices: Callable[..., Path]
) -> None:
    codes = ("NAME", "PRICE", "CATEGORY", "POINT", "GONE", "COUNT", "PLAIN")
    import_files([invoices("A", *((code, f"{code} OLD", "2.55") for code in codes))])
    change(engine, "NAME", name="Lanterne blanche")
    change(engine, "PRICE", price=Decimal("3.10"))
    change(engine, "CATEGORY", category="Salon")
    change(engine, "POINT", reorder_point=77)
    change(engine, "GONE", active=False)
    with engine.begin() as connection:
        count_product(connection, "COUNT", 50, "inventaire", **BY)

    for month, price in enumerate(("2.95", "3.10", "4.00"), start=1):
        lines = ((code, f"{code} NEW", price) for code in codes)
        import_files([invoices(f"B{month}", *lines, day=30 * month)])

    assert shown(engine, "NAME") == ("Lanterne blanche", "4.00", True)
    # A file that happens to say what staff chose does not take their choice over.
    assert shown(engine, "PRICE") == ("PRICE NEW", "3.10", True)
    assert shown(engine, "CATEGORY") == ("CATEGORY NEW", "4.00", True)
    assert product(engine, "CATEGORY")["category"] == "Salon"
    assert product(engine, "POINT")["reorder_point"] == 77
    assert shown(engine, "GONE") == ("GONE NEW", "4.00", False)
    assert product(engine, "COUNT")["on_hand"] == 50 - 3 * 3
    assert shown(engine, "PLAIN") == ("PLAIN NEW", "4.00", True)


def test_what_is_set_back_to_the_files_follows_them_again(
    engine: Engine, invoices: Callable[..., Path]
) -> None:
    import_files([invoices("A", ("MUG", "MUG", "2.55"))])
    change(engine, "MUG", price=Decimal("3.10"))
    import_files([invoices("B", ("MUG", "MUG", "2.95"), day=1)])
    change(engine, "MUG", price=Decimal("2.55"))
    import_files([invoices("C", ("MUG", "MUG", "4.00"), day=2)])
    assert shown(engine, "MUG") == ("MUG", "4.00", True)


def test_the_order_in_which_months_are_imported_makes_no_difference(
    engine: Engine, invoices: Callable[..., Path]
) -> None:
    import_files([invoices("B", ("MUG", "MUG NEW", "4.00"), day=31)])
    import_files([invoices("A", ("MUG", "MUG OLD", "2.55"))])
    assert shown(engine, "MUG") == ("MUG NEW", "4.00", True)


def test_a_code_that_the_shop_has_already_stays_the_shops(
    engine: Engine, invoices: Callable[..., Path]
) -> None:
    fields = {
        "name": "Bol",
        "category": "Cuisine",
        "price": Decimal("12.00"),
        "currency": "EUR",
        "active": True,
    }
    with engine.begin() as connection:
        create_product(connection, "BOWL", fields, 4, **BY)
    for month, price in enumerate(("2.55", "4.00")):
        import_files([invoices(f"A{month}", ("BOWL", "BOWL", price), day=month)])
    assert shown(engine, "BOWL") == ("Bol", "12.00", True)
    assert product(engine, "BOWL")["reorder_point"] == 4


def test_a_price_that_rounds_to_nothing_puts_nothing_on_sale(
    engine: Engine, http: Any, invoices: Callable[..., Path]
) -> None:
    import_files([invoices("A", ("PADS", "PADS TO MATCH ALL CUSHIONS", "0.001"))])
    assert shown(engine, "PADS") == ("PADS TO MATCH ALL CUSHIONS", "0.00", False)
    assert http.get("/api/v1/products/PADS").status_code == 404

    import_files([invoices("B", ("PADS", "PADS", "0.004"), ("PADS", "PADS", "0.005"), day=1)])
    assert shown(engine, "PADS") == ("PADS", "0.01", True)

    import_files([invoices("C", ("PADS", "PADS AGAIN", "0.001"), day=2)])
    assert shown(engine, "PADS") == ("PADS", "0.01", True), "no price is no news"


def test_what_was_changed_before_imports_remembered_stays_too(
    engine: Engine, settings: Settings, database: Any, invoices: Callable[..., Path]
) -> None:
    codes = ("NAME", "PRICE", "GONE", "PLAIN")
    import_files([invoices("A", *((code, f"{code} OLD", "2.55") for code in codes))])
    import_files([invoices("B", ("PADS", "PADS", "1.95"), ("PADS", "PADS", "0.001"))])
    change(engine, "NAME", name="Lanterne blanche")
    change(engine, "PRICE", price=Decimal("3.10"))
    change(engine, "GONE", active=False)
    # As an import left a price that rounds to nothing.
    database.execute("UPDATE shop.products SET price = 0 WHERE sku = 'PADS'")
    with engine.connect() as connection:
        scripts = ScriptDirectory.from_config(alembic_config(connection))
        before = scripts.get_revision("0012").down_revision
    try:
        with engine.connect() as connection:
            downgrade(alembic_config(connection), str(before))
            connection.commit()
        query = "SELECT to_regclass('shop.retail_products') AS found"
        assert database.execute(query).fetchone()["found"] is None
    finally:
        migrate(settings.shop_dsn)

    lines = ((code, f"{code} NEW", "4.00") for code in (*codes, "PADS"))
    import_files([invoices("D", *lines, day=30)])

    assert shown(engine, "NAME") == ("Lanterne blanche", "4.00", True)
    assert shown(engine, "PRICE") == ("PRICE NEW", "3.10", True)
    assert shown(engine, "GONE") == ("GONE NEW", "4.00", False)
    assert shown(engine, "PLAIN") == ("PLAIN NEW", "4.00", True)
    assert shown(engine, "PADS") == ("PADS NEW", "4.00", True)


@pytest.fixture
def command(settings: Settings) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts `shopnow import-retail` on the test's database."""
    started: list[subprocess.Popen[str]] = []

    def start(path: Path) -> subprocess.Popen[str]:
        program = Path(sys.executable).with_name("shopnow")
        environment = {
            "SHOPNOW_HOME": str(settings.home),
            "SHOPNOW_PORT_OFFSET": str(settings.port_offset),
            "PATH": "/usr/bin:/bin",
        }
        process = subprocess.Popen(
            [str(program), "import-retail", str(path)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


CATALOGUE = "SELECT sku, name, price, active, category FROM shop.products ORDER BY sku"


def many(month: int) -> list[tuple[str, str, str]]:
    """4,500 lines, over two batches, of 450 codes whose price and name go on changing."""
    return [
        (f"P{n % 450:03}", f"THING {n % 450} IN {month}.{n // 450}", f"{1 + n / 1000:.2f}")
        for n in range(4_500)
    ]


def test_an_import_killed_in_the_middle_and_run_again_keeps_changes(
    engine: Engine, database: Any, invoices: Callable[..., Path], command: Any
) -> None:
    import_files([invoices("A", *many(0))])
    change(engine, "P001", name="Lanterne", price=Decimal("30.00"))
    change(engine, "P002", active=False)
    newer = invoices("B", *many(1), day=40)
    known = "SELECT count(*) AS n FROM shop.retail_invoices"

    killed = command(newer)
    deadline = time.monotonic() + 60
    while not 4_500 < database.execute(known).fetchone()["n"] < 9_000:
        assert time.monotonic() < deadline and killed.poll() is None, "not in the middle of it"
        time.sleep(0.01)
    killed.kill()
    killed.wait()
    change(engine, "P003", name="Entre-temps")
    import_files([newer])

    assert database.execute(known).fetchone()["n"] == 9_000
    assert shown(engine, "P001") == ("Lanterne", "30.00", True)
    assert shown(engine, "P002")[2] is False
    assert shown(engine, "P003") == ("Entre-temps", "5.05", True)
    assert shown(engine, "P449") == ("THING 449 IN 1.9", "5.50", True)


def test_two_imports_and_staff_at_once_end_as_one_after_the_other(
    engine: Engine, database: Any, invoices: Callable[..., Path], command: Any
) -> None:
    import_files([invoices("A", *many(0))])
    newer = invoices("B", *many(1), day=40)

    def edit() -> None:
        for number in range(60):
            change(engine, f"P{number:03}", 40 + number, name=f"De la boutique {number}")

    with ThreadPoolExecutor(1) as pool:
        both = [command(newer), command(newer)]
        edits = pool.submit(edit)
        printed = [" ".join(process.communicate(timeout=120)[0].split()) for process in both]
        edits.result()

    assert [process.returncode for process in both] == [0, 0]
    assert sum("already imported 4,500" in text for text in printed) == 1
    rows = database.execute(CATALOGUE).fetchall()
    assert len(rows) == 450
    for row in rows:
        number = int(row["sku"][1:])
        ours = f"De la boutique {number}" if number < 60 else f"THING {number} IN 1.9"
        assert row["name"] == ours
        assert row["price"] == Decimal(f"{1 + (4050 + number) / 1000:.2f}")
