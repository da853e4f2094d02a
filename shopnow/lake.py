"""Names in the lake: tables, audit branches, and the progress that snapshots carry.

Layers are raw -> curated -> entities -> marts (others say bronze, silver, gold). The catalog is
Iceberg's JDBC catalog in PostgreSQL, its files are on HDFS.
"""

import hashlib
import re

CATALOG = "lake"

RAW_EVENTS = f"{CATALOG}.raw.events"
CURATED_EVENTS = f"{CATALOG}.curated.events"
QUARANTINE_EVENTS = f"{CATALOG}.quarantine.events"
ORDERS = f"{CATALOG}.entities.orders"
ORDER_LINES = f"{CATALOG}.entities.order_lines"
REFUNDS = f"{CATALOG}.entities.refunds"
REFUND_LINES = f"{CATALOG}.entities.refund_lines"
STOCK_CHANGES = f"{CATALOG}.entities.stock_changes"
STOCK_LEVELS = f"{CATALOG}.entities.stock_levels"
CUSTOMERS = f"{CATALOG}.entities.customers"
CARTS = f"{CATALOG}.entities.carts"
SESSIONS = f"{CATALOG}.entities.sessions"
DAILY_SALES = f"{CATALOG}.marts.daily_sales"
DAILY_PRODUCT_SALES = f"{CATALOG}.marts.daily_product_sales"
DAILY_STOCKOUTS = f"{CATALOG}.marts.daily_stockouts"

#: On a raw or curated snapshot, and a column of its rows: which commit brought them. Numbers grow
#: with every commit; who reads the table remembers the last batch that it has read.
BATCH = "shopnow.batch"

#: On a raw or curated snapshot: JSON {topic: {partition: end offset}}, ends exclusive: the table
#: holds what came before. The next landing starts there, so that rows and offsets are one commit.
KAFKA_END_OFFSETS = "shopnow.kafka-end-offsets"

#: On a raw snapshot: JSON {topic: id}. A topic that was deleted and created again has another id.
KAFKA_TOPIC_IDS = "shopnow.kafka-topic-ids"

#: On a curated or quarantine snapshot: the raw batch up to which rows were consumed.
RAW_BATCH = "shopnow.raw-batch"

#: On a snapshot of a mart: the curated batch up to which its rows are computed.
CURATED_BATCH = "shopnow.curated-batch"

#: Quarantine reason of an event that was there already; `reconcile` shows it apart.
DUPLICATE = "duplicate_event_id"


def audit_branch(run_id: str) -> str:
    """The audit branch of a run: `audit_` and the run id in letters that a branch name may have.

    Two run ids that differ only in other letters must not share a branch, hence the digest.
    """
    readable = re.sub(r"[^A-Za-z0-9]+", "_", run_id).strip("_")[:48]
    return f"audit_{readable}_{hashlib.sha256(run_id.encode()).hexdigest()[:8]}"
