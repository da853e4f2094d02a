"""What the managers' screens read: the indicators of business days, and stock alerts."""

from datetime import date

from sqlalchemy import Connection

from shopnow.database.connections import psycopg_connection
from shopnow.database.daily_kpis import DailyKpis, daily_kpis
from webshop.adapters.catalogue.stock_alerts import find_alerts

__all__ = ["find_alerts", "find_days"]


def find_days(connection: Connection, currency: str, first: date, last: date) -> list[DailyKpis]:
    """The indicators of the days from `first` to `last`; see `daily_kpis`."""
    return daily_kpis(psycopg_connection(connection), currency, first, last)
