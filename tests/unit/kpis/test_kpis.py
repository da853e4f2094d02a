"""Each KPI is whole: labels, owner, unit, and an expression over the declared columns only."""

import re

import pytest

from shopnow.kpis import DAY_COLUMNS, KPIS

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
