"""Business days as filters."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from pyspark.sql import Column
from pyspark.sql import functions as F


def on(days: Collection[date] | None) -> Column:
    """Whether business_date is one of the days; None stands for all days."""
    return F.lit(True) if days is None else F.col("business_date").isin(*days)
