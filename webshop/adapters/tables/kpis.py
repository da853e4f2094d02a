"""Schema `kpi`: the indicators that the data platform computes and the shop shows."""

from sqlalchemy import BigInteger, Column, Date, String, Table, func

from shopnow.kpis import KPIS
from webshop.adapters.tables.base import KPI, MOMENT, MONEY, metadata

kpi_daily_sales = Table(
    "daily_sales",
    metadata,
    Column("business_date", Date, primary_key=True),
    Column("currency", String(3), primary_key=True),
    *(Column(kpi.id, BigInteger if kpi.unit == "count" else MONEY) for kpi in KPIS.values()),
    schema=KPI,
)

kpi_daily_product_sales = Table(
    "daily_product_sales",
    metadata,
    Column("business_date", Date, primary_key=True),
    Column("currency", String(3), primary_key=True),
    Column("sku", String(64), primary_key=True),
    Column("product_name", String(300), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("units", BigInteger, nullable=False),
    Column("gross_sales", MONEY, nullable=False),
    Column("returned_units", BigInteger, nullable=False),
    Column("returns", MONEY, nullable=False),
    Column("net_sales", MONEY, nullable=False),
    schema=KPI,
)

kpi_daily_stockouts = Table(
    "daily_stockouts",
    metadata,
    Column("business_date", Date, primary_key=True),
    Column("sku", String(64), primary_key=True),
    Column("product_name", String(300), nullable=False),
    Column("stockouts", BigInteger, nullable=False),
    Column("low_stock_crossings", BigInteger, nullable=False),
    schema=KPI,
)

kpi_load_progress = Table(
    "load_progress",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("curated_snapshot_id", BigInteger),
    Column("definitions", String(64)),
    Column("loaded_at", MOMENT, nullable=False, server_default=func.now()),
    schema=KPI,
)
