"""One reconciliation: lake first, then the shop, then Kafka, so that nothing new looks lost.

What the lake has, the shop and Kafka had before; so later readings can only add, and what they add
lies beyond the lake's offsets and is pending.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reporting.reconciliation.comparison import Readings, Reconciliation, compare
from reporting.reconciliation.kafka_log import settled_and_pending
from reporting.reconciliation.lake_counts import LakeCounts, parse_counts, partition_offsets
from reporting.reconciliation.shop_totals import loaded_progress, shop_snapshot
from shopnow.database.kpi_load import LoadProgress
from shopnow.kafka_offsets import read_offsets
from shopnow.settings import Settings
from shopnow.topics import LANDED_TOPICS, ORDERS, PAYMENTS

#: Runs the Spark job `count_lake` and returns its summary.
CountLake = Callable[[], dict[str, Any]]

#: Attempts: the lake is counted again if compute_kpis finished in between.
_ATTEMPTS = 4


class IndicatorsChanging(RuntimeError):
    """The indicators kept changing during every attempt."""


def reconcile(settings: Settings, count_lake: CountLake) -> Reconciliation:
    """Read everything and compare it; `count_lake` returns the summary of that Spark job.

    Raises KafkaException, psycopg.Error when something does not answer, IndicatorsChanging, and
    what `count_lake` raises.
    """
    for _ in range(_ATTEMPTS):
        progress = loaded_progress(settings)
        lake = parse_counts(count_lake())
        readings = _read_shop_and_kafka(settings, lake, progress)
        if readings is not None:
            return compare(readings)
    raise IndicatorsChanging(f"compute_kpis finished during each of {_ATTEMPTS} counts. Try again.")


def _read_shop_and_kafka(
    settings: Settings, lake: LakeCounts, progress: LoadProgress | None
) -> Readings | None:
    """Read shop and Kafka; None if the indicators changed since the lake was counted."""
    computed = partition_offsets(progress.kafka_end_offsets) if progress else {}
    with shop_snapshot(settings) as shop:
        if shop.loaded_progress() != progress:
            return None
        outbox, waiting = shop.outbox(), shop.waiting_sales()
        kafka = read_offsets(settings.kafka_bootstrap, LANDED_TOPICS)
        pending: set[str] = set()
        if waiting or kafka.has_messages_after(computed, (ORDERS, PAYMENTS)):
            settled, pending = settled_and_pending(settings.kafka_bootstrap, kafka, computed)
            pending |= {key for event_id, key in waiting.items() if event_id not in settled}
        return Readings(
            lake=lake,
            computed=computed,
            kafka=kafka,
            outbox=outbox,
            refused=shop.refused(),
            shop=shop.sales(without=set()),
            settled=shop.sales(without=pending),
            indicators=shop.indicators(),
        )
