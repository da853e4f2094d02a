"""Each KPI is whole: labels, owner, unit, and an expression over the declared columns only."""

import re
from dataclasses import replace

import pytest

from shopnow.kpis import DAY_COLUMNS, KPIS, definitions_digest

SQL_WORDS = {"cast", "as", "decimal", "nullif"}


@pytest.mark.parametrize("kpi", KPIS.values(), ids=lambda kpi: kpi.id)
def test_a_kpi_is_whole(kpi):
    assert kpi.label("fr") and kpi.label("en") and kpi.label("fr") != kpi.id
    assert kpi.description.endswith(".") and kpi.owner
    assert set(re.findall(r"[a-z_]+", kpi.expression)) - SQL_WORDS <= set(DAY_COLUMNS)


def test_labels_are_not_used_twice():
    for language in ("fr", "en"):
        labels = [kpi.label(language) for kpi in KPIS.values()]
        assert len(set(labels)) == len(labels)


def test_an_id_that_names_no_column_is_refused():
    with pytest.raises(ValueError, match="not snake_case"):
        replace(KPIS["orders"], id='x" bigint; DROP TABLE y; --')


def test_the_digest_changes_with_what_is_computed_and_not_with_words(monkeypatch):
    digest, orders = definitions_digest(), KPIS["orders"]
    monkeypatch.setitem(KPIS, "orders", replace(orders, label_en="Sales orders"))
    assert definitions_digest() == digest
    monkeypatch.setitem(KPIS, "orders", replace(orders, expression="order_count + 0"))
    assert definitions_digest() != digest
