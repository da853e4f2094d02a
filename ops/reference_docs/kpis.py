"""docs/generated/kpis.md: every indicator, from its definition."""

from ops.reference_docs.markdown import generated, table
from shopnow.kpis import DAY_COLUMNS, KPIS

_INTRO = """Each indicator is defined once, in `shopnow/kpis`; the mart job, the API, the dashboard
and the report read that definition. The grain is one business day (in the shop's time zone) and
one currency. An order counts on the day on which it was paid, a return on the day of its refund,
and however often an event is repeated it counts once. A ratio over several days is the ratio of
the sums, never a mean of ratios.

To add one: define it in `shopnow/kpis/__init__.py` and run `python -m ops.reference_docs`. Its
columns in the lake and in PostgreSQL follow from the definition. The next run of `compute_kpis`
sees that the definitions are not those of the days that it has computed, and computes all days
again: so old days have the new indicator too. The same happens when an expression changes. Until
that run, the new indicator of an old day is empty.
"""


def kpis_page() -> str:
    """The page as Markdown."""
    return "\n".join(
        [
            generated("Indicators", "shopnow/kpis", _INTRO),
            "## By day\n",
            table(
                [
                    *("Id", "Français", "English", "Unit", "Definition", "Owner"),
                    *("Better", "Days add up", "Day without sales"),
                ],
                (
                    [
                        f"`{kpi.id}`",
                        kpi.label_fr,
                        kpi.label_en,
                        kpi.unit,
                        kpi.description,
                        kpi.owner,
                        kpi.better,
                        "yes" if kpi.additive else "no",
                        {"zero": "0", "null": "empty"}[kpi.when_empty],
                    ]
                    for kpi in KPIS.values()
                ),
            ),
            "## How each is computed\n",
            "Spark SQL over the columns of a day (below), and the column's type in the mart.\n",
            table(
                ["Id", "Expression", "Type"],
                ([f"`{kpi.id}`", f"`{kpi.expression}`", kpi.column_type] for kpi in KPIS.values()),
            ),
            "## Columns of a day\n",
            table(
                ["Column", "Meaning"],
                ([f"`{name}`", meaning] for name, meaning in DAY_COLUMNS.items()),
            ),
        ]
    )
