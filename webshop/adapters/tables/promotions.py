"""Promotion codes."""

from sqlalchemy import Boolean, CheckConstraint, Column, Integer, String, Table, text

from webshop.adapters.tables.base import MOMENT, MONEY, SHOP, metadata, one_of, recorded_at

promotions = Table(
    "promotions",
    metadata,
    Column("code", String(32), primary_key=True),
    Column("label", String(100), nullable=False),
    Column("kind", String(16), nullable=False),
    # Per cent, or an amount; 0 for free shipping.
    Column("value", MONEY, nullable=False),
    Column("minimum", MONEY, nullable=False, server_default=text("0")),
    Column("starts_at", MOMENT),
    Column("ends_at", MOMENT),
    Column("max_uses", Integer),
    # Uses that were not given back, counted under the row's lock.
    Column("uses", Integer, nullable=False, server_default=text("0")),
    Column("once_per_customer", Boolean, nullable=False, server_default=text("false")),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    recorded_at(),
    one_of("kind", ("percent", "amount", "free_shipping"), "kind"),
    CheckConstraint("code = upper(code)", name="code_in_capitals"),
    CheckConstraint("uses >= 0", name="uses_not_negative"),
    CheckConstraint("uses <= max_uses", name="uses_within_max"),
    CheckConstraint("starts_at < ends_at", name="starts_before_it_ends"),
    # Something is left to pay, whatever the code: no gateway charges nothing.
    CheckConstraint(
        "CASE kind WHEN 'percent' THEN value > 0 AND value <= 90"
        " WHEN 'amount' THEN value > 0 AND value < minimum ELSE value = 0 END",
        name="value_fits_kind",
    ),
    schema=SHOP,
)
