"""The tables of the schemas `kpi` (indicators) and `ops` (services and e-mails at work).

The migrations of this package create them; a test compares the two. Money is numeric(18,4), times
are timestamptz (UTC).
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

from shopnow.kpis import KPIS

KPI = "kpi"
OPS = "ops"

MONEY = Numeric(18, 4)
MOMENT = DateTime(timezone=True)

metadata = MetaData(naming_convention={"pk": "pk_%(table_name)s"})

daily_sales = Table(
    "daily_sales",
    metadata,
    Column("business_date", Date, primary_key=True),
    Column("currency", String(3), primary_key=True),
    *(Column(kpi.id, BigInteger if kpi.unit == "count" else MONEY) for kpi in KPIS.values()),
    schema=KPI,
)

daily_product_sales = Table(
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

daily_stockouts = Table(
    "daily_stockouts",
    metadata,
    Column("business_date", Date, primary_key=True),
    Column("sku", String(64), primary_key=True),
    Column("product_name", String(300), nullable=False),
    Column("stockouts", BigInteger, nullable=False),
    Column("low_stock_crossings", BigInteger, nullable=False),
    schema=KPI,
)

#: How far the indicators are (shopnow.database.kpi_load).
load_progress = Table(
    "load_progress",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("curated_batch", BigInteger),
    Column("kafka_end_offsets", JSONB),
    Column("definitions", String(64)),
    Column("loaded_at", MOMENT, nullable=False, server_default=func.now()),
    schema=KPI,
)

#: How far the lake is (shopnow.database.lake_progress).
lake_progress = Table(
    "lake_progress",
    metadata,
    Column("name", Text, primary_key=True),
    Column("kafka_end_offsets", JSONB, nullable=False),
    Column("updated_at", MOMENT, nullable=False, server_default=func.now()),
    schema=OPS,
)

#: Signs of life of services on the cluster (shopnow.leader_lease).
heartbeats = Table(
    "heartbeats",
    metadata,
    Column("service", Text, primary_key=True),
    Column("application_id", Text, nullable=False),
    Column("beat_at", MOMENT, nullable=False),
    Column("progress_at", MOMENT),
    Column("unread", BigInteger),
    Column("details", Text, nullable=False),
    schema=OPS,
)

#: Reports that were sent (reporting.daily_report.delivery).
sent_mail = Table(
    "sent_mail",
    metadata,
    Column("message_id", Text, primary_key=True),
    Column("run_id", Text, primary_key=True),
    Column("sent_at", MOMENT, nullable=False),
    schema=OPS,
)
