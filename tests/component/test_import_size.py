"""An invoice whose event Kafka would never accept is rejected before it is written."""

import csv
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ops.cli import app
from shopnow.settings import Settings
from webshop.adapters.messaging.kafka_messages import MAX_EVENT_BYTES
from webshop.retail_import.lines import COLUMNS

#: Runs imports as a person would.
pytestmark = pytest.mark.slow

NAME = "é" * 200
AT, CUSTOMER, COUNTRY = "2010-12-01 08:26:00", "17850", "France"


def row(invoice: str, number: int, quantity: int, name: str = NAME) -> list[Any]:
    return [invoice, f"SKU{number:05}", name, quantity, AT, "2.55", CUSTOMER, COUNTRY]


@pytest.fixture
def do_import(
    settings: Settings, database: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Any:
    def run(*rows: list[Any]) -> str:
        path = tmp_path / "rows.csv"
        with path.open("w", newline="") as file:
            csv.writer(file).writerows([COLUMNS, *rows])
        monkeypatch.setattr("webshop.retail_import.importing.get_settings", lambda: settings)
        done = CliRunner().invoke(app, ["import-retail", str(path)])
        assert done.exit_code == 0, done.output
        return done.output

    return run


@pytest.mark.parametrize("sign", [1, -1], ids=["order", "refund"])
def test_an_invoice_that_is_too_large_for_kafka_is_named_and_the_others_are_imported(
    do_import: Any, database: Any, caplog: pytest.LogCaptureFixture, sign: int
) -> None:
    large = ("" if sign > 0 else "C") + "2"
    lines = [row(large, number, sign) for number in range(5_000)]
    output = do_import(row("1", 1, 1), *lines, row("3", 3, 1))
    assert f"Invoice {large} (5,000 lines) is rejected: its event would have" in caplog.text
    assert f"Kafka accepts {MAX_EVENT_BYTES:,}" in caplog.text
    summary = [line.split() for line in output.splitlines()]
    assert ["=", "order", "lines", "2"] in summary
    assert ["+", "rejected", "5,000"] in summary
    orders = database.execute("SELECT order_number FROM shop.orders ORDER BY 1").fetchall()
    assert [order["order_number"] for order in orders] == ["1", "3"]
    skus = database.execute("SELECT sku FROM shop.products ORDER BY 1").fetchall()
    assert [product["sku"] for product in skus] == ["SKU00001", "SKU00003"]


def test_the_size_is_that_of_the_text_which_the_relay_publishes(
    do_import: Any, database: Any
) -> None:
    """The largest invoice that comes in has an event within the limit; one more line is refused."""
    frame = 700  # about: the event without its lines
    per_line = len(
        '{"sku": "SKU00000", "kind": "product", "amount": "2.55", "quantity": 1, "unit_price":'
        ' "2.55", "line_number": 1000, "product_name": ""}, '
    ) + len(NAME.encode())
    fits = (MAX_EVENT_BYTES - frame) // per_line
    do_import(*(row("1", n, 1) for n in range(fits)), *(row("2", n, 1) for n in range(fits + 5)))
    sizes = database.execute(
        "SELECT aggregateid, octet_length(payload::text) AS n FROM shop.outbox"
        " WHERE type = 'order_placed'"
    ).fetchall()
    assert len(sizes) == 1
    assert MAX_EVENT_BYTES - 2_000 < sizes[0]["n"] <= MAX_EVENT_BYTES


def test_a_rejected_invoice_is_rejected_again(do_import: Any, database: Any) -> None:
    lines = [row("2", number, 1) for number in range(5_000)]
    first, second = do_import(*lines), do_import(*lines)
    assert "5,000" in first
    # The first line says how long it took.
    assert second.splitlines()[1:5] == first.splitlines()[1:5]
