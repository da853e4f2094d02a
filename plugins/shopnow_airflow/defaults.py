"""What all DAGs share: owner, tries, tags, times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

OWNER = "data-platform"

#: For the timetables that want one. DAGs with hours have none: with a date in the past Airflow
#: would begin with the hour before the first start, in a stack that is still empty.
START_DATE = datetime(2026, 1, 1, tzinfo=UTC)

#: Three tries over about a minute: a restart of YARN or HDFS takes less.
DEFAULT_ARGS: dict[str, Any] = {
    "owner": OWNER,
    "retries": 2,
    "retry_delay": timedelta(seconds=15),
    "retry_exponential_backoff": True,
    "max_retry_delay": timedelta(minutes=5),
}

#: Longest time that a batch job may take before its task fails.
JOB_TIMEOUT = timedelta(hours=2)


class Tag(StrEnum):
    """The tags of DAGs; a DAG has no other."""

    INGESTION = "ingestion"
    MARTS = "marts"
    REPORTING = "reporting"
    STREAMING = "streaming"
    MAINTENANCE = "maintenance"
    SPARK = "spark"
    EMAIL = "email"
