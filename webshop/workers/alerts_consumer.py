"""Stock alerts from Kafka into the shop's table: `python -m webshop.workers.alerts_consumer`.

Offsets are committed after rows and dead letters are safe, so a crash reads alerts again and never
skips one; duplicates are recognised by the alert id. A message that cannot be read, breaks the
contract, or that the database refuses goes to the dead-letter topic, and the others are stored.
Exits with status 1 when the database is unavailable: supervisord restarts it.
"""

import logging
import signal
import sys
import threading
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from confluent_kafka import TIMESTAMP_NOT_AVAILABLE, Consumer, KafkaException, Message
from sqlalchemy import Connection, Engine
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    ProgrammingError,
    StatementError,
)
from tenacity import (
    before_sleep_log,
    retry,
    retry_if_exception_type,
    stop_after_delay,
    wait_exponential,
)

from shopnow.contracts.messages import judge
from shopnow.settings import Settings, get_settings
from shopnow.topics import DEAD_LETTER, MAX_MESSAGE_BYTES, STOCK_ALERTS
from webshop.adapters.messaging.dead_letters import DeadLetters, position
from webshop.adapters.tables import stock_alerts
from webshop.bootstrap import database_engine

log = logging.getLogger(__name__)

GROUP = "shopnow.stock-alerts-to-shop"
BATCH = 500
#: A batch ends with the message that reaches this: what was compressed may exceed Kafka's limit.
BATCH_BYTES = 16 * 1024 * 1024
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class NoAlert(ValueError):
    """A message that is no `stock_alert_raised` event that can be stored, and why."""


def alert_row(value: bytes, alert_kafka_at: datetime) -> dict[str, Any]:
    """The row of one alert message; its latency runs from Kafka's receipt of the stock change.

    Raises `NoAlert`.
    """
    if len(value) > MAX_MESSAGE_BYTES:
        raise NoAlert(f"the message has {len(value):,} bytes, no alert is that long")
    verdict = judge(STOCK_ALERTS, value)
    if verdict.reason:
        raise NoAlert(f"{verdict.reason}: {verdict.detail}")
    try:
        return _row(verdict.event, alert_kafka_at)
    except (ValueError, OverflowError) as error:  # a time that the calendar does not have
        raise NoAlert(f"the message cannot be read: {error}") from error


def _row(event: Any, alert_kafka_at: datetime) -> dict[str, Any]:
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


@dataclass
class Stored:
    """What became of rows: how many were new, and by their index why some were refused."""

    new: int = 0
    refused: dict[int, str] = field(default_factory=dict)


@retry(
    retry=retry_if_exception_type(DBAPIError),
    wait=wait_exponential(multiplier=0.5, max=5),
    stop=stop_after_delay(120),
    before_sleep=before_sleep_log(log, logging.WARNING),
    reraise=True,
)
def store_with_retry(engine: Engine, rows: Sequence[dict[str, Any]]) -> Stored:
    """Store alerts in one transaction, retrying for up to two minutes while the database is
    unavailable.

    Rows that the database can never store are refused, and the others are stored.
    """
    try:
        with engine.begin() as connection:
            return Stored(store_alerts(connection, rows))
    except Exception as error:
        if not is_the_rows_fault(error):
            raise
    return _store_one_by_one(engine, rows)


def _store_one_by_one(engine: Engine, rows: Sequence[dict[str, Any]]) -> Stored:
    stored = Stored()
    with engine.begin() as connection:
        for index, row in enumerate(rows):
            try:
                with connection.begin_nested():
                    stored.new += store_alerts(connection, [row])
            except Exception as error:
                if not is_the_rows_fault(error):
                    raise
                cause = error.orig if isinstance(error, StatementError) else error
                stored.refused[index] = f"the database cannot store it: {cause}"
    return stored


def is_the_rows_fault(error: Exception) -> bool:
    """Whether the database, or its driver, can never store this row.

    Other errors are the database's: it is unavailable, slow, full, or has another schema.
    """
    if isinstance(error, ProgrammingError):
        # 42804: a value of another type than the column's. No code: the driver cannot send it.
        return getattr(error.orig, "sqlstate", None) in (None, "42804")
    if isinstance(error, DBAPIError):
        return isinstance(error, (DataError, IntegrityError))
    return isinstance(error, (StatementError, ValueError, TypeError, OverflowError))


def store_alerts(connection: Connection, rows: Sequence[dict[str, Any]]) -> int:
    """Insert the new alerts; return how many were inserted."""
    if not rows:
        return 0
    statement = insert(stock_alerts).on_conflict_do_nothing().returning(stock_alerts.c.alert_id)
    return len(connection.execute(statement, list(rows)).all())


def _kafka_time(message: Message) -> datetime:
    kind, milliseconds = message.timestamp()
    if kind == TIMESTAMP_NOT_AVAILABLE:
        raise NoAlert("the message has no Kafka timestamp")
    try:
        return _EPOCH + timedelta(milliseconds=milliseconds)
    except OverflowError as error:
        raise NoAlert(f"its Kafka timestamp is no time: {milliseconds} ms") from error


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
        self._dead_letters = DeadLetters(
            settings.kafka_bootstrap, "webshop.workers.alerts_consumer"
        )

    def run(self, stopping: threading.Event) -> None:
        """Consume until asked to stop. Raises DBAPIError or KafkaException."""
        self._consumer.subscribe([STOCK_ALERTS])
        try:
            while not stopping.is_set():
                self._consume_batch()
        finally:
            self._consumer.close()
            self._dead_letters.close()

    def _consume_batch(self) -> None:
        messages = self._next_messages()
        if not messages:
            return
        read: list[Message] = []
        rows: list[dict[str, Any]] = []
        refused: list[tuple[Message, str]] = []
        for message in messages:
            try:
                rows.append(alert_row(message.value() or b"", _kafka_time(message)))
                read.append(message)
            except NoAlert as error:
                refused.append((message, str(error)))
        stored = store_with_retry(self._engine, rows)
        refused += [(read[index], cause) for index, cause in stored.refused.items()]
        for message, cause in refused:
            log.error("%s goes to %s: %s", position(message), DEAD_LETTER, cause)
            self._dead_letters.send(message, cause)
        self._consumer.commit(asynchronous=False)
        log.info("%s messages: %s new alerts", len(messages), stored.new)

    def _next_messages(self) -> list[Message]:
        """What is there, after waiting for the first for half a second. Raises KafkaException."""
        messages: list[Message] = []
        size = 0
        message = self._consumer.poll(0.5)
        while message is not None:
            error = message.error()
            if error is None:
                messages.append(message)
                size += len(message)
            elif error.fatal():
                raise KafkaException(error)
            else:
                # The client reconnects automatically.
                log.warning("Kafka: %s", error)
            if len(messages) >= BATCH or size >= BATCH_BYTES:
                break
            message = self._consumer.poll(0)
        return messages


def main() -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    settings = get_settings()
    try:
        AlertsConsumer(settings, database_engine(settings, pool_size=1)).run(stopping)
    except DBAPIError as error:
        log.error("the database refused the alerts: %s", error.orig)
        return 1
    except KafkaException as error:
        log.error("Kafka: %s", error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
