"""Whether every event and every cent is where it should be, from the shop to the indicators.

lake_counts  what Kafka's messages became in the lake, counted by a Spark job
shop_totals  what the shop sold, and which of its events wait in the outbox
kafka_log    which orders on Kafka are not in the marts yet
comparison   the verdict: differences, and apart from them what is only pending
run          reads all of them in the order that makes the verdict sound
"""

from reporting.reconciliation.comparison import Reconciliation
from reporting.reconciliation.run import reconcile

__all__ = ["Reconciliation", "reconcile"]
