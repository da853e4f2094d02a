"""The stock-alert stream: stock changes in, alerts out, within milliseconds.

Runs in Spark's Real-Time Mode, as a service on YARN that the DAG `stock_alerts_service`
supervises. At least once: after a crash the stream replays from its checkpoint, and since every
alert is derived from one event, a replayed alert equals the first one.

    spark-submit stock_alerts.py [--checkpoint URI] [--batch-duration "5 minutes"]
"""

from __future__ import annotations

import argparse
import logging
import signal
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.streaming import StreamingQuery

from shopnow.leader_lease import HEARTBEAT_INTERVAL_S, STOCK_ALERTS_SERVICE, Lease
from shopnow.settings import Settings, get_settings
from shopnow.topics import STOCK, STOCK_ALERTS
from spark_jobs.transforms.stock_alerts import stock_alerts

log = logging.getLogger("stock_alerts")

#: How long a starting driver waits for the lease of one that is being killed.
LEASE_WAIT_S = 60.0


def read_stock(spark: SparkSession, settings: Settings) -> DataFrame:
    """The stock topic from its beginning; a checkpoint, once there is one, goes before that."""
    return (
        spark.readStream.format("kafka")
        .option("kafka.bootstrap.servers", settings.kafka_bootstrap)
        .option("subscribe", STOCK)
        .option("startingOffsets", "earliest")
        .load()
    )


def start(
    alerts: DataFrame, settings: Settings, *, checkpoint: str, batch_duration: str
) -> StreamingQuery:
    """Start the stream. `batch_duration` is how often it writes a checkpoint, not its latency.

    PySpark 4.1 has no argument for the Real-Time trigger; Scala's is reached through the writer.
    """
    writer = (
        alerts.writeStream.format("kafka")
        .queryName(STOCK_ALERTS_SERVICE)
        .outputMode("update")
        .option("kafka.bootstrap.servers", settings.kafka_bootstrap)
        .option("kafka.acks", "all")
        .option("kafka.linger.ms", "0")
        .option("topic", STOCK_ALERTS)
        .option("checkpointLocation", checkpoint)
    )
    jvm: Any = alerts.sparkSession.sparkContext._jvm
    trigger = jvm.org.apache.spark.sql.streaming.Trigger.RealTime(batch_duration)
    writer._jwrite = writer._jwrite.trigger(trigger)
    return writer.start()


def progress_of(query: StreamingQuery) -> tuple[datetime, int] | None:
    """When the last finished batch began, and its consumer lag."""
    progress = query.lastProgress
    if progress is None:
        return None
    consumer_lag = sum(
        int(source["metrics"]["maxOffsetsBehindLatest"]) for source in progress["sources"]
    )
    return datetime.fromisoformat(progress["timestamp"]), consumer_lag


class _StopRequested:
    """Remembers a stop request, so that the stream stops between two heartbeats."""

    def __init__(self) -> None:
        self.received = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: setattr(self, "received", True))


def supervise(query: StreamingQuery, lease: Lease) -> None:
    """Write heartbeats until the stream fails (raises its error), stops, or loses its lease."""
    stop = _StopRequested()
    progress_at, consumer_lag = datetime.now(UTC), None
    try:
        while not stop.received:
            if (progress := progress_of(query)) is not None:
                progress_at, consumer_lag = progress
            lease.renew(
                progress_at=progress_at, consumer_lag=consumer_lag, details=f"query {query.id}"
            )
            if query.awaitTermination(HEARTBEAT_INTERVAL_S):
                return
        log.info("stopping as asked")
    finally:
        query.stop()


def main(argv: Sequence[str] | None = None) -> None:
    """Run the service until it is stopped."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    settings = get_settings()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--checkpoint", default=f"{settings.hdfs_uri}/shopnow/checkpoints/stock_alerts"
    )
    parser.add_argument("--batch-duration", default="5 minutes")
    arguments = parser.parse_args(argv)

    spark = SparkSession.builder.appName(STOCK_ALERTS_SERVICE).getOrCreate()
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    lease = Lease(settings.shop_pg_dsn, STOCK_ALERTS_SERVICE, spark.sparkContext.applicationId)
    lease.acquire(wait_s=LEASE_WAIT_S)
    try:
        query = start(
            stock_alerts(read_stock(spark, settings)),
            settings,
            checkpoint=arguments.checkpoint,
            batch_duration=arguments.batch_duration,
        )
        supervise(query, lease)
    finally:
        lease.release()
        spark.stop()


if __name__ == "__main__":
    main()
