"""Attempts are counted before they are made, so that concurrent attempts are slowed too."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from webshop.adapters.accounts.throttles import count_attempt
from webshop.domain.accounts.throttling import Throttle
from webshop.domain.errors import TooManyAttempts


def throttle(connection: Connection, counted: tuple[Throttle, ...], now: datetime) -> None:
    """Count an attempt. Raises TooManyAttempts."""
    wait = count_attempt(connection, counted, now)
    if wait > timedelta(0):
        raise TooManyAttempts(wait)
