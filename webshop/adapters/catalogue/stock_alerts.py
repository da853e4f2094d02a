"""Stock alerts as the alerts consumer has stored them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from webshop.adapters.tables import stock_alerts


def find_alerts(connection: Connection, limit: int) -> Sequence[Row[Any]]:
    """The latest alerts, newest first."""
    return connection.execute(
        select(stock_alerts)
        .order_by(stock_alerts.c.alert_kafka_at.desc(), stock_alerts.c.alert_id)
        .limit(limit)
    ).all()
