"""Stock alerts from Kafka into the shop's table: `python -m webshop.alerts_consumer`.

Offsets are committed after the rows are, so a crash reads alerts again and never skips one; the
alert id makes the repetition change nothing. A message that breaks the contract goes to the
dead-letter topic. Ends with status 1 when the database is away: its supervisor starts it again.
"""

import json
import logging
import signal
import sys
import threading
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from confluent_kafka import TIMESTAMP_NOT_AVAILABLE, Consumer, KafkaException, Message, Producer
from sqlalchemy import Connection, Engine
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError
from tenacity import (
    before_sleep_log,
    retry,
    retry_if_exception_type,
    stop_after_delay,
    wait_exponential,
)

from shopnow.contracts import ContractError, validate
from shopnow.settings import Settings, get_settings
from shopnow.topics import DEAD_LETTER, STOCK_ALERTS
from webshop.adapters.kafka_messages import producer_config
from webshop.adapters.tables import stock_alerts
from webshop.bootstrap import database_engine

log = logging.getLogger(__name__)

GROUP = "shopnow.stock-alerts-to-shop"
BATCH = 500
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def alert_row(value: bytes, alert_kafka_at: datetime) -> dict[str, Any]:
    """The row of one alert message; its latency runs from Kafka's receipt of the stock change.

    Raises ContractError if the message is no stock_alert_raised event.
    """
    try:
        event = json.loads(value)
    except (ValueError, RecursionError) as error:
        raise ContractError("", f"the message is not JSON: {error}") from error
    event_type = validate(event)
    if event_type.topic != STOCK_ALERTS:
        raise ContractError("/event_type", f"{event_type.name} does not belong on {STOCK_ALERTS}")
    payload = event["payload"]
    stock_kafka_at = datetime.fromisoformat(payload["stock_kafka_timestamp"])
    return {
        "alert_id": payload["alert_id"],
        "kind": payload["kind"],
        "sku": payload["sku"],
        "product_name": payload["product_name"],
        "stock_event_id": uuid.UUID(payload["stock_event_id"]),
        "stock_version": payload["stock_version"],
        "available": payload["available"],
        "reorder_point": payload["reorder_point"],
        "stock_changed_at": datetime.fromisoformat(payload["stock_changed_at"]),
        "stock_kafka_at": stock_kafka_at,
        "alert_kafka_at": alert_kafka_at,
        "latency_ms": (alert_kafka_at - stock_kafka_at) / timedelta(milliseconds=1),
    }


@retry(
    retry=retry_if_exception_type(DBAPIError),
    wait=wait_exponential(multiplier=0.5, max=5),
    stop=stop_after_delay(120),
    before_sleep=before_sleep_log(log, logging.WARNING),
    reraise=True,
)
def store_patiently(engine: Engine, rows: Sequence[dict[str, Any]]) -> int:
    """Store alerts in one transaction, waiting up to two minutes for a database that is away."""
    with engine.begin() as connection:
        return store_alerts(connection, rows)


def store_alerts(connection: Connection, rows: Sequence[dict[str, Any]]) -> int:
    """Insert the alerts that are not there yet; return how many those were."""
    if not rows:
        return 0
    statement = insert(stock_alerts).on_conflict_do_nothing().returning(stock_alerts.c.alert_id)
    return len(connection.execute(statement, list(rows)).all())


def _kafka_time(message: Message) -> datetime:
    kind, milliseconds = message.timestamp()
    if kind == TIMESTAMP_NOT_AVAILABLE:
        raise ContractError("", "the message has no Kafka timestamp")
    return _EPOCH + timedelta(milliseconds=milliseconds)


class AlertsConsumer:
    """Moves alerts from Kafka to the database, batch by batch."""

    def __init__(self, settings: Settings, engine: Engine) -> None:
        self._engine = engine
        self._consumer = Consumer(
            {
                "bootstrap.servers": settings.kafka_bootstrap,
                "group.id": GROUP,
                "enable.auto.commit": False,
                "auto.offset.reset": "earliest",
            }
        )
        self._dead_letters = Producer(producer_config(settings.kafka_bootstrap))

    def run(self, stopping: threading.Event) -> None:
        """Consume until asked to stop. Raises DBAPIError or KafkaException."""
        self._consumer.subscribe([STOCK_ALERTS])
        try:
            while not stopping.is_set():
                self._consume_batch()
        finally:
            self._consumer.close()

    def _consume_batch(self) -> None:
        messages = []
        for message in self._consumer.consume(BATCH, timeout=0.5):
            error = message.error()
            if error is None:
                messages.append(message)
            elif error.fatal():
                raise KafkaException(error)
            else:
                # The client connects again by itself, for as long as it takes.
                log.warning("Kafka: %s", error)
        if not messages:
            return
        rows = [row for message in messages if (row := self._row(message)) is not None]
        stored = store_patiently(self._engine, rows)
        if self._dead_letters.flush(30):
            raise KafkaException(f"{DEAD_LETTER} does not take messages")
        self._consumer.commit(asynchronous=False)
        log.info("%s messages: %s new alerts", len(messages), stored)

    def _row(self, message: Message) -> dict[str, Any] | None:
        try:
            return alert_row(message.value() or b"", _kafka_time(message))
        except ContractError as error:
            position = f"{message.topic()}[{message.partition()}]@{message.offset()}"
            log.error("%s breaks the contract, to %s: %s", position, DEAD_LETTER, error)
            self._dead_letters.produce(
                DEAD_LETTER,
                key=message.key(),
                value=message.value(),
                headers=[
                    ("origin", position.encode()),
                    ("processor", b"webshop.alerts_consumer"),
                    ("reason", str(error).encode()),
                ],
            )
            return None


def main() -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    settings = get_settings()
    try:
        AlertsConsumer(settings, database_engine(settings, pool_size=1)).run(stopping)
    except DBAPIError as error:
        log.error("the database does not take the alerts: %s", error.orig)
        return 1
    except KafkaException as error:
        log.error("Kafka: %s", error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
