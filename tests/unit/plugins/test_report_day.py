"""A report is about the day that was asked for, or the last one that is over in the shop."""

from datetime import UTC, date, datetime

import pytest
from shopnow_airflow.report_day import report_day

PARIS = "Europe/Paris"


@pytest.mark.parametrize(
    ("run_after", "expected"),
    [
        # 07:00 in Paris, winter and summer
        (datetime(2026, 11, 22, 6, 0, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 7, 2, 5, 0, tzinfo=UTC), date(2026, 7, 1)),
        # around midnight in Paris, when it is still yesterday in UTC
        (datetime(2026, 11, 22, 22, 59, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 11, 22, 23, 0, tzinfo=UTC), date(2026, 11, 22)),
        # the day after the clocks went back, and New Year
        (datetime(2026, 10, 26, 6, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2027, 1, 1, 6, 0, tzinfo=UTC), date(2026, 12, 31)),
    ],
)
def test_the_last_complete_business_day(run_after, expected):
    assert report_day(None, run_after, PARIS) == expected


def test_the_day_that_was_asked_for():
    asked = report_day("2010-12-08", datetime(2026, 11, 22, tzinfo=UTC), PARIS)

    assert asked == date(2010, 12, 8)


def test_a_day_that_is_none_is_refused():
    with pytest.raises(ValueError, match="yesterday"):
        report_day("yesterday", datetime(2026, 11, 22, tzinfo=UTC), PARIS)
