"""Which business day a report is about."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


def report_day(asked_for: str | None, run_after: datetime, timezone: str) -> date:
    """The day that was asked for (`YYYY-MM-DD`), else the last one that was over at `run_after`.

    Days are those of `timezone`. Counted from the run, not from the clock: a run that is tried
    again after midnight is still about its own day. Raises `ValueError` for another spelling.
    """
    if asked_for:
        return date.fromisoformat(asked_for)
    return run_after.astimezone(ZoneInfo(timezone)).date() - timedelta(days=1)
