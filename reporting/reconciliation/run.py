"""One reconciliation: lake first, then the shop, then Kafka, so that nothing new looks lost.

What the lake has, the shop and Kafka had before; so later readings can only add, and what they add
lies beyond the lake's offsets and is pending.
"""

from __future__ import annotations

from reporting.reconciliation.comparison import Readings, Reconciliation, compare
from reporting.reconciliation.kafka_log import has_messages_after, settled_and_pending
from reporting.reconciliation.lake_counts import LakeCounts, RunJob, count_lake
from reporting.reconciliation.shop_totals import computed_snapshot, shop_snapshot
from shopnow.kafka_offsets import read_offsets
from shopnow.settings import Settings
from shopnow.topics import LANDED_TOPICS, ORDERS, PAYMENTS

#: Attempts: the lake is counted again if compute_kpis finished in between.
_ATTEMPTS = 4


class IndicatorsChanging(RuntimeError):
    """The indicators kept changing during every attempt."""


def reconcile(settings: Settings, run_job: RunJob) -> Reconciliation:
    """Read everything and compare it; `run_job` runs the Spark job that counts the lake.

    Raises CountFailed, KafkaException, psycopg.Error when something does not answer,
    IndicatorsChanging.
    """
    for _ in range(_ATTEMPTS):
        snapshot_id = computed_snapshot(settings)
        lake = count_lake(run_job, snapshot_id)
        readings = _read_shop_and_kafka(settings, lake, snapshot_id)
        if readings is not None:
            return compare(readings)
    raise IndicatorsChanging(f"compute_kpis finished during each of {_ATTEMPTS} counts. Try again.")


def _read_shop_and_kafka(
    settings: Settings, lake: LakeCounts, snapshot_id: int | None
) -> Readings | None:
    """Read shop and Kafka; None if the indicators changed since the lake was counted."""
    with shop_snapshot(settings) as shop:
        if shop.computed_snapshot() != snapshot_id:
            return None
        outbox, waiting = shop.outbox(), shop.waiting_sales()
        kafka = read_offsets(settings.kafka_bootstrap, LANDED_TOPICS)
        pending: set[str] = set()
        if waiting or has_messages_after(kafka, lake.computed, (ORDERS, PAYMENTS)):
            settled, pending = settled_and_pending(settings.kafka_bootstrap, kafka, lake.computed)
            pending |= {key for event_id, key in waiting.items() if event_id not in settled}
        return Readings(
            lake=lake,
            kafka=kafka,
            outbox=outbox,
            refused=shop.refused(),
            shop=shop.sales(without=set()),
            settled=shop.sales(without=pending),
            indicators=shop.indicators(),
        )
