"""The business indicators, each defined once.

The mart job, the API, the dashboard, the report and the docs read these definitions. Expressions
are Spark SQL over one row per business day and currency (`DAY_COLUMNS`), so that a ratio is always
the ratio of the sums, never a mean of ratios. An order counts on the business day on which it was
paid, a return on the day of its refund. Definitions follow Shopify's and Katana's glossaries.
"""

import hashlib
import json
import re
from dataclasses import KW_ONLY, dataclass
from decimal import Decimal
from typing import Literal

Unit = Literal["money", "count", "ratio"]

#: What the expressions may use: one row per business day and currency.
DAY_COLUMNS: dict[str, str] = {
    "order_gross": "Σ price × quantity of the lines of the day's paid orders, decimal(18,4)",
    "order_discounts": "Σ discounts of the day's paid orders, decimal(18,4)",
    "order_count": "the day's paid orders",
    "order_units": "Σ quantity of their lines",
    "customer_count": "distinct known customers among them",
    "refund_amount": "Σ amount of the day's refunds, without shipping, decimal(18,4)",
    "stockout_count": "times that a product's available stock fell to 0 on the day",
}

MONEY_TYPE = "decimal(18,4)"
RATIO_TYPE = "decimal(18,4)"
COUNT_TYPE = "bigint"


@dataclass(frozen=True)
class Kpi:
    """One indicator of a business day; `expression` is Spark SQL over `DAY_COLUMNS`."""

    id: str
    label_fr: str
    label_en: str
    unit: Unit
    description: str
    owner: str
    expression: str
    _: KW_ONLY
    #: Whether a rise is good news.
    better: Literal["up", "down"]
    #: Whether the values of several days may be added up: not those of a ratio, nor of a number
    #: of distinct things.
    additive: bool
    #: Its value on a day without sales: `null` where the expression then divides by zero.
    when_empty: Literal["zero", "null"] = "zero"

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.id):
            raise ValueError(f"the id of a KPI names its columns: {self.id!r} is not snake_case")

    @property
    def column_type(self) -> str:
        """The type of its column in the mart and in PostgreSQL."""
        return {"money": MONEY_TYPE, "ratio": RATIO_TYPE, "count": COUNT_TYPE}[self.unit]

    @property
    def empty_value(self) -> Decimal | int | None:
        """Its value on a day without sales."""
        if self.when_empty == "null":
            return None
        return 0 if self.unit == "count" else Decimal("0.0000")

    def label(self, language: str) -> str:
        """The label in French (`fr`) or English (anything else)."""
        return self.label_fr if language == "fr" else self.label_en


_DEFINITIONS = (
    Kpi(
        "gross_sales",
        "Chiffre d'affaires brut",
        "Gross sales",
        "money",
        "Sum of price × quantity of paid orders, before tax, discounts and returns.",
        "finance",
        "order_gross",
        better="up",
        additive=True,
    ),
    Kpi(
        "discounts",
        "Remises",
        "Discounts",
        "money",
        "Sum of the discounts granted on paid orders.",
        "finance",
        "order_discounts",
        better="down",
        additive=True,
    ),
    Kpi(
        "returns",
        "Remboursements",
        "Returns",
        "money",
        "Sum of what was paid back for goods, dated when it was; shipping apart.",
        "finance",
        "refund_amount",
        better="down",
        additive=True,
    ),
    Kpi(
        "net_sales",
        "Chiffre d'affaires net",
        "Net sales",
        "money",
        "Gross sales minus discounts minus returns.",
        "finance",
        "order_gross - order_discounts - refund_amount",
        better="up",
        additive=True,
    ),
    Kpi(
        "orders",
        "Commandes",
        "Orders",
        "count",
        "Number of orders paid on the day.",
        "sales",
        "order_count",
        better="up",
        additive=True,
    ),
    Kpi(
        "units",
        "Unités vendues",
        "Units sold",
        "count",
        "Units on the lines of paid orders, returns not taken off.",
        "sales",
        "order_units",
        better="up",
        additive=True,
    ),
    Kpi(
        "average_order_value",
        "Panier moyen",
        "Average order value",
        "money",
        "(Gross sales − discounts) / orders; empty on a day without orders.",
        "sales",
        "(order_gross - order_discounts) / nullif(order_count, 0)",
        better="up",
        additive=False,
        when_empty="null",
    ),
    Kpi(
        "units_per_order",
        "Unités par commande",
        "Units per order",
        "ratio",
        "Units / orders; empty on a day without orders.",
        "sales",
        "cast(order_units as decimal(18,4)) / nullif(order_count, 0)",
        better="up",
        additive=False,
        when_empty="null",
    ),
    Kpi(
        "customers",
        "Clients identifiés",
        "Known customers",
        "count",
        "Distinct customers with an account who paid an order; guests are not counted.",
        "marketing",
        "customer_count",
        better="up",
        additive=False,
    ),
    Kpi(
        "stockouts",
        "Ruptures de stock",
        "Stock-outs",
        "count",
        "Times that the available stock of a product fell to zero.",
        "supply",
        "stockout_count",
        better="down",
        additive=True,
    ),
)

KPIS: dict[str, Kpi] = {kpi.id: kpi for kpi in _DEFINITIONS}


def definitions_digest() -> str:
    """Changes when a KPI is added or computed otherwise: the days in the marts are then stale."""
    computed = {kpi.id: [kpi.expression, kpi.column_type] for kpi in KPIS.values()}
    return hashlib.sha256(json.dumps(computed, sort_keys=True).encode()).hexdigest()
