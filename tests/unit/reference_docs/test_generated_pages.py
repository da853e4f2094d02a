"""The generated files say what the definitions say, on every machine."""

import pytest

from ops.reference_docs import PAGES
from ops.reference_docs.__main__ import main
from ops.reference_docs.cli import cli_page
from ops.reference_docs.markdown import table
from ops.reference_docs.settings import settings_page
from shopnow.settings import REPO_ROOT, Settings


@pytest.mark.parametrize("name", PAGES)
def test_a_file_is_as_generated(name):
    """On a failure: run `python -m ops.reference_docs` and commit what it writes."""
    assert (REPO_ROOT / name).read_text() == PAGES[name]()


def test_every_setting_says_what_it_is_for():
    undescribed = [name for name, field in Settings.model_fields.items() if not field.description]
    assert undescribed == []


def test_the_settings_page_shows_defaults_and_not_this_machine(monkeypatch):
    before = settings_page()
    monkeypatch.setenv("SHOPNOW_CURRENCY", "USD")
    monkeypatch.setenv("SHOPNOW_PORT_OFFSET", "1234")
    monkeypatch.setenv("SHOPNOW_SECRET_KEY", "not-for-the-docs")
    assert settings_page() == before


def test_the_command_line_page_is_the_same_in_any_terminal(monkeypatch):
    before = cli_page()
    for name, value in {"COLUMNS": "30", "TERM": "dumb", "LC_ALL": "C", "FORCE_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    assert cli_page() == before


@pytest.mark.slow
def test_check_reports_a_difference_and_writes_nothing(tmp_path, capsys):
    main(["--to", str(tmp_path)])
    assert main(["--check", "--to", str(tmp_path)]) == 0
    page = tmp_path / "docs" / "generated" / "kpis.md"
    page.write_text(page.read_text().replace("Gross sales", "Grosser sales"))
    changed = page.read_text()
    assert main(["--check", "--to", str(tmp_path)]) == 1
    assert "+| `gross_sales`" in capsys.readouterr().out
    assert page.read_text() == changed


def test_a_cell_cannot_break_its_table():
    assert table(["A"], [["one | two\nthree"]]) == "| A |\n| --- |\n| one \\| two three |\n"
