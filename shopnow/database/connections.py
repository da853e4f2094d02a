"""The database below SQLAlchemy."""

from typing import Any

import psycopg
from sqlalchemy import Connection


def psycopg_connection(connection: Connection) -> psycopg.Connection[Any]:
    """The psycopg connection of a SQLAlchemy one, in the same transaction."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        raise TypeError(f"the database is reached by psycopg, not by {type(driver)}")
    return driver
