"""What the shop sold, and which of its events wait in the outbox, from one database snapshot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import psycopg

from reporting.reconciliation.kafka_log import SALES_EVENTS
from reporting.reconciliation.lake_counts import Sales
from shopnow.database.kpi_load import LoadProgress, load_progress
from shopnow.settings import Settings
from shopnow.topics import topic_name


def loaded_progress(settings: Settings) -> LoadProgress | None:
    """What the indicators include; None before the first computation."""
    with psycopg.connect(settings.shop_pg_dsn, connect_timeout=5) as connection:
        return load_progress(connection)


@dataclass(frozen=True)
class RefusedEvent:
    """An event that Kafka refused for good, and why."""

    topic: str
    seq: int
    type: str
    key: str
    cause: str


class ShopSnapshot:
    """The shop's database as of one moment; everything read here belongs together."""

    def __init__(self, connection: psycopg.Connection[Any], timezone: str) -> None:
        self._connection, self._timezone = connection, timezone

    def loaded_progress(self) -> LoadProgress | None:
        """What the indicators include."""
        return load_progress(self._connection)

    def outbox(self) -> dict[str, tuple[int, int]]:
        """Published and waiting events, by topic; those that Kafka refused are neither."""
        rows = self._connection.execute(
            "SELECT aggregatetype, count(*) - count(pending.seq),"
            " count(pending.seq)"
            " FROM shop.outbox LEFT JOIN shop.outbox_pending AS pending USING (seq)"
            " WHERE NOT EXISTS (SELECT FROM shop.outbox_refused WHERE seq = outbox.seq) GROUP BY 1"
        )
        return {
            topic_name(aggregate): (published, waiting) for aggregate, published, waiting in rows
        }

    def refused(self) -> list[RefusedEvent]:
        """The events that Kafka refused for good, oldest first."""
        rows = self._connection.execute(
            "SELECT aggregatetype, seq, type, aggregateid, cause"
            " FROM shop.outbox_refused JOIN shop.outbox USING (seq) ORDER BY seq"
        )
        return [RefusedEvent(topic_name(aggregate), *rest) for aggregate, *rest in rows]

    def waiting_sales(self) -> dict[str, str]:
        """Event id → order or refund id of the sales events that wait or were refused."""
        rows = self._connection.execute(
            "SELECT id::text, aggregateid FROM shop.outbox JOIN"
            " (SELECT seq FROM shop.outbox_pending UNION ALL SELECT seq FROM shop.outbox_refused)"
            " AS unpublished USING (seq) WHERE type = ANY(%s)",
            (sorted(SALES_EVENTS),),
        )
        return dict(rows.fetchall())

    def sales(self, without: set[str]) -> Sales:
        """Orders that were ever paid and their net sales less refunds, by day and currency.

        `without` are ids of orders and refunds to leave out.
        """
        left_out = sorted(without)
        totals: defaultdict[tuple[str, str], tuple[int, Decimal]] = defaultdict(
            lambda: (0, Decimal(0))
        )
        rows = self._connection.execute(
            """
            SELECT (paid_at AT TIME ZONE %(timezone)s)::date::text, currency,
                   count(*), sum(gross_amount - discount_amount)
              FROM shop.orders
             WHERE paid_at IS NOT NULL AND order_id::text <> ALL(%(without)s) GROUP BY 1, 2
            UNION ALL
            SELECT (refunded_at AT TIME ZONE %(timezone)s)::date::text, currency, 0,
                   -- Shipping that is paid back was never part of sales.
                   -sum(amount - shipping_amount)
              FROM shop.refunds
             WHERE refund_id::text <> ALL(%(without)s) GROUP BY 1, 2
            """,
            {"timezone": self._timezone, "without": left_out},
        )
        for day, currency, orders, amount in rows:
            known = totals[day, currency]
            totals[day, currency] = (known[0] + orders, known[1] + amount)
        return dict(totals)

    def indicators(self) -> Sales:
        """Orders and net sales by day and currency, as compute_kpis left them."""
        rows = self._connection.execute(
            "SELECT business_date::text, currency, orders, net_sales FROM kpi.daily_sales"
        )
        return {(day, currency): (orders, net) for day, currency, orders, net in rows}


@contextmanager
def shop_snapshot(settings: Settings) -> Iterator[ShopSnapshot]:
    """Open a snapshot: repeatable reads, until the end of the block."""
    with psycopg.connect(settings.shop_pg_dsn, connect_timeout=5) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        yield ShopSnapshot(connection, settings.timezone)
